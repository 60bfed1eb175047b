import {readFile, symlink} from 'node:fs/promises';
import {expect, test} from 'vitest';
import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {UserError} from '../../source/protocol/user-error.ts';
import {appendLedger, readLedger} from '../../source/workspace/ledger.ts';
import {tempFolder} from '../support/temp-folder.ts';

const approval = (id: string, at: string): LedgerEntry => ({
	v: 1,
	id,
	at,
	by: 'Ada',
	type: 'approval',
	stage: 'requirements',
	sha256: 'ab',
	parts: {'1': 'cd'},
});
const task: LedgerEntry = {
	v: 1,
	id: 't',
	at: '2026-01-02T00:00:00.000Z',
	by: 'Ada',
	type: 'task',
	task: '2.1',
	textHash: 'ef',
	outcome: 'done',
	grade: 'passing',
	criteria: ['1.1'],
	command: 'npm test',
	after: {passed: 3, failed: 0, skipped: 1},
	red: [],
	green: ['a > b'],
	files: [{path: 'src/a.ts', after: '12'}],
	usage: {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5},
	durationMs: 10,
};

test('entries come in the order of time, each id once, whatever a merge did to the lines', async () => {
	await using folder = await tempFolder();
	const late = approval('late', '2026-01-03T00:00:00.000Z');
	const early = approval('early', '2026-01-01T10:00:00.000+02:00');
	const path = await folder.write('ledger.jsonl', [late, task, early, late].map(entry => `${JSON.stringify(entry)}\r\n`).join(''));

	expect(await readLedger(path)).toEqual({entries: [early, task, late], problems: [], isReadOnly: false});
});

test('an entry is appended as one line, also after a line that was cut', async () => {
	await using folder = await tempFolder();
	const path = folder.at('ledger.jsonl');
	await appendLedger(path, task);
	const torn = `${JSON.stringify(task)}\n{"v":1,"id":"torn`;
	await folder.write('ledger.jsonl', torn);

	await appendLedger(path, approval('new', '2026-01-03T00:00:00.000Z'));

	expect(await readFile(path, 'utf8')).toBe(`${torn}\n${JSON.stringify(approval('new', '2026-01-03T00:00:00.000Z'))}\n`);
	expect(await readLedger(path)).toMatchObject({entries: [{id: 't'}, {id: 'new'}], problems: [{line: 2, message: 'this is not JSON'}]});
});

test('lines that are not ours are told with their number, and the rest counts', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('ledger.jsonl', ['<<<<<<< HEAD', JSON.stringify(task), '{"v":1,"type":"approval"}', '[]', ''].join('\n'));

	const {entries, problems, isReadOnly} = await readLedger(path);

	expect(entries).toEqual([task]);
	expect(problems.map(({line}) => line)).toEqual([1, 3, 4]);
	expect(isReadOnly).toBe(false);
});

test('a ledger of a newer version is read and not added to', async () => {
	await using folder = await tempFolder();
	const text = `${JSON.stringify(task)}\n{"v":2,"id":"x","type":"vote"}\n`;
	const path = await folder.write('ledger.jsonl', text);

	expect(await readLedger(path)).toMatchObject({entries: [task], isReadOnly: true});
	await expect(appendLedger(path, approval('new', task.at))).rejects.toThrow(UserError);
	expect(await readFile(path, 'utf8')).toBe(text);
});

test('a ledger that is a link is not written through, and a folder that is gone is told', async () => {
	await using folder = await tempFolder();
	const victim = await folder.write('bashrc', 'theirs\n');
	await symlink(victim, folder.at('ledger.jsonl'));

	await expect(appendLedger(folder.at('ledger.jsonl'), task)).rejects.toThrow(UserError);
	await expect(appendLedger(folder.at('gone/ledger.jsonl'), task)).rejects.toThrow('its folder is gone');
	expect(await readFile(victim, 'utf8')).toBe('theirs\n');
});
