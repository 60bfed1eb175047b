import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, smallSpec, type TestSession} from '../support/test-session.ts';
import {allow, answerWith, eventsOf, openToBuild, send, specFolder} from './stage.ts';

const builds = calls(
	['read', {path: 'src/sum.js'}],
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
	['edit', {path: 'src/sum.js', old_text: 'return a + b;', new_text: 'return b + a;'}],
);

const textOf = (opened: TestSession, path: string) => readFileSync(join(opened.root, path), 'utf8');
const isThere = (opened: TestSession, path: string) => existsSync(join(opened.root, path));

/** A session whose one task was just done by the agent, with evidence. */
async function builtOnce(files: Readonly<Record<string, string>> = {}): Promise<TestSession> {
	const opened = await openToBuild({files, script: [builds, says('Done.')]});
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'passing'}]);
	return opened;
}

test('D01 a file that a person makes after the task stays when the task is undone; the agent’s files go back', async () => {
	await using opened = await builtOnce();
	await opened.write('src/mine.js', 'mine();\n');
	await opened.write('notes.txt', 'a thought\n');
	await send(opened, {type: 'command', text: '/undo 1.1'});
	expect(['src/mine.js', 'notes.txt', 'src/multiply.js', 'test/multiply.test.js'].map(path => isThere(opened, path))).toEqual([
		true,
		true,
		false,
		false,
	]);
	expect(textOf(opened, 'src/sum.js')).toBe(nodeProject['src/sum.js']);
	expect(textOf(opened, 'src/mine.js')).toBe('mine();\n');
});

test('D02 ignored files, node_modules and .env are the same after undo', async () => {
	const files = {
		'.gitignore': 'node_modules\n.env\nbuild\n',
		'.env': 'PASSWORD=x\n',
		'node_modules/left/index.js': 'left();\n',
		'build/out.js': 'out();\n',
	};
	await using opened = await builtOnce(files);
	await opened.write('build/later.js', 'later();\n');
	await send(opened, {type: 'command', text: '/undo 1.1'});
	expect(Object.fromEntries(Object.keys(files).map(path => [path, textOf(opened, path)]))).toEqual(files);
	expect(textOf(opened, 'build/later.js')).toBe('later();\n');
	expect(isThere(opened, 'src/multiply.js')).toBe(false);
});

test('D05 a person’s edit after the agent’s is asked about by name; "n" keeps it and undoes the rest, "y" takes it back too', async () => {
	await using opened = await builtOnce();
	writeFileSync(join(opened.root, 'src/multiply.js'), `${multiplyCode}// by hand\n`);
	let key = 'n';
	const asked = answerWith(opened, () => ({key}));
	await send(opened, {type: 'command', text: '/undo 1.1'});
	expect(asked).toMatchObject([{kind: 'undo', lines: ['src/multiply.js']}]);
	expect(textOf(opened, 'src/multiply.js')).toBe(`${multiplyCode}// by hand\n`);
	expect(isThere(opened, 'test/multiply.test.js')).toBe(false);
	expect(eventsOf(opened, 'checkpoint.restored').at(-1)?.skipped).toEqual([expect.stringContaining('src/multiply.js')]);
	key = 'y';
	await send(opened, {type: 'command', text: '/undo 1.1'});
	expect(isThere(opened, 'src/multiply.js')).toBe(false);
});

test('D05 nobody there to ask keeps the edit', async () => {
	await using opened = await openToBuild({
		script: [builds, says('Done.')],
		options: {answerFor: ask => (ask.kind === 'undo' ? {key: 'n'} : undefined)},
	});
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	writeFileSync(join(opened.root, 'src/sum.js'), 'by hand\n');
	await send(opened, {type: 'undo'});
	expect(textOf(opened, 'src/sum.js')).toBe('by hand\n');
});

test('D05 an undone task is open again, and its parent with it', async () => {
	await using opened = await builtOnce();
	await send(opened, {type: 'command', text: '/undo 1.1'});
	expect(textOf(opened, `${specFolder}/tasks.md`)).toBe(smallSpec.tasks);
});

test('D05 evidence of code that was taken back counts no more: ticked by hand, the task is ticked without evidence', async () => {
	await using opened = await builtOnce();
	await send(opened, {type: 'command', text: '/undo 1.1'});
	writeFileSync(join(opened.root, specFolder, 'tasks.md'), smallSpec.tasks.replace('[ ] 1.1', '[x] 1.1'));
	await send(opened, {type: 'go-home'});
	expect(opened.session.store.state().specs).toMatchObject([{name: 'products', withoutEvidence: ['1.1']}]);
});

test('D05 what a command of the agent did outside its tools is not claimed to be undone', async () => {
	await using opened = await openToBuild({
		options: {rules: [allow('touch made-by-command')]},
		script: [builds, calls(['run', {command: 'touch made-by-command'}]), says('Done.')],
	});
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'undo'});
	expect(isThere(opened, 'made-by-command')).toBe(true);
	expect(eventsOf(opened, 'checkpoint.restored').at(-1)?.restored).not.toContain('made-by-command');
});
