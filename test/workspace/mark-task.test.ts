import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {setMarker} from '../../source/spec/set-marker.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {digestOf} from '../../source/workspace/digest.ts';
import {markTask} from '../../source/workspace/mark-task.ts';
import {tempFolder} from '../support/temp-folder.ts';

const run = promisify(execFile);
const ticker = fileURLToPath(new URL('tick-many.ts', import.meta.url));
const tick = (id: string) => (text: string) => {
	const plan = setMarker(text, id as TaskId, 'x');
	return plan.kind === 'ready' ? plan.text : undefined;
};

test('two processes that tick one file a hundred times each lose nothing', {timeout: 60_000}, async () => {
	await using folder = await tempFolder();
	const lines = Array.from({length: 200}, (_, index) => `- [ ] ${index + 1}. Task\r\n`);
	const path = await folder.write('tasks.md', `\uFEFF# Plan\r\n${lines.join('')}no newline at the end`);

	await Promise.all([1, 101].map(first => run(process.execPath, [ticker, path, `${first}`, '100'])));

	expect(await readFile(path, 'utf8')).toBe(`\uFEFF# Plan\r\n${lines.join('').replaceAll('[ ]', '[x]')}no newline at the end`);
	expect(await readdir(folder.path)).toEqual(['tasks.md']);
});

test('a person who saves another line while we tick keeps that line', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('tasks.md', '- [ ] 1. One\n- [ ] 2. Two\n');
	let calls = 0;

	const outcome = await markTask({
		path,
		change(text) {
			calls++;
			if (calls === 1) {
				writeFileSync(path, '- [ ] 1. One\n- [ ] 2. Two, in other words\n');
			}

			return tick('1')(text);
		},
	});

	const after = '- [x] 1. One\n- [ ] 2. Two, in other words\n';
	expect(await readFile(path, 'utf8')).toBe(after);
	expect(outcome).toEqual({kind: 'written', digest: digestOf(after)});
});

test('what cannot be changed is told, and nothing is written', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('tasks.md', '- [x] 1. One\n');
	const binary = await folder.write('binary.md', Buffer.from([0xff, 0xfe, 0x41]));

	expect(await markTask({path, change: tick('1')})).toEqual({kind: 'unchanged'});
	expect(await markTask({path, change: tick('7')})).toEqual({kind: 'unchanged'});
	expect(await markTask({path: folder.at('gone.md'), change: tick('1')})).toEqual({kind: 'failed', why: 'it is gone'});
	expect(await markTask({path: binary, change: tick('1')})).toMatchObject({kind: 'failed', why: expect.stringContaining('UTF-16')});
});

test('the lock of a dead process, and of a process number given to another program, is taken over at once', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('tasks.md', '- [ ] 1. One\n- [ ] 2. Two\n');
	const {hostname} = await import('node:os');
	for (const [id, owner] of [
		['1', {pid: 999_999, started: '1', host: hostname()}],
		['2', {pid: process.pid, started: '1', host: hostname()}],
	] as const) {
		await writeFile(folder.at('.tasks.md.kiro-lock'), JSON.stringify(owner));
		expect(await markTask({path, change: tick(id)})).toMatchObject({kind: 'written'});
	}

	expect(await readFile(path, 'utf8')).toBe('- [x] 1. One\n- [x] 2. Two\n');
	expect(await readdir(folder.path)).toEqual(['tasks.md']);
});
