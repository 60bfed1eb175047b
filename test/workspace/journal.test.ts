import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {appendFile, copyFile, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {listJournals, openJournal, readJournal} from '../../source/workspace/journal.ts';
import {tempFolder} from '../support/temp-folder.ts';

const header = {workspace: '/work', conversation: 'c1', stage: 'vibe'};
const fail = (message: string) => {
	throw new Error(message);
};

async function written(file: string, records: readonly unknown[], onProblem: (message: string) => void = fail) {
	const journal = await openJournal({file, header, onProblem});
	for (const record of records) {
		await journal.append(record, {sync: true});
	}

	await journal.close();
}

test('what was appended is read again, over several openings, with difficult text', async () => {
	await using folder = await tempFolder();
	const file = folder.at('state/c1.jsonl');
	const records = [{text: 'NUL \0, lone \uD800, line \u2028 end\n'}, {text: 'x'.repeat(100_000)}, {text: 'same'}, {text: 'same'}];

	await written(file, records.slice(0, 2));
	await written(file, records.slice(2));

	expect(await readJournal(file)).toEqual({records, problems: [], isReadOnly: false});
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(folder.at('state'))).mode & 0o777).toBe(0o700);
	expect(await listJournals(folder.at('state'))).toMatchObject([{file, header}]);
});

test('cut at any byte of its last record, a journal loads everything before it and can be continued', async () => {
	await using folder = await tempFolder();
	const file = folder.at('whole.jsonl');
	await written(file, [{a: 1}, {b: '🙂ü'}]);
	const bytes = await readFile(file);
	const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
	for (let length = lastLine; length < bytes.length - 1; length++) {
		const cut = folder.at(`cut-${length}.jsonl`);
		await copyFile(file, cut);
		await truncate(cut, length);
		const isTorn = length > lastLine;

		const read = await readJournal(cut);
		expect(read.records).toEqual([{a: 1}]);
		expect(read.problems).toHaveLength(isTorn ? 1 : 0);

		await written(cut, [{c: 3}]);
		expect((await readJournal(cut)).records).toEqual([{a: 1}, {c: 3}]);
		expect((await readFile(cut)).subarray(0, length)).toEqual(bytes.subarray(0, length));
		expect((await readdir(folder.path)).includes(`cut-${length}.jsonl.corrupt`)).toBe(isTorn);
	}
});

test('padding of NULs at the end, as a crash of the machine leaves it, is passed over', async () => {
	await using folder = await tempFolder();
	const file = folder.at('c1.jsonl');
	await written(file, [{a: 1}]);
	await appendFile(file, Buffer.alloc(1728));

	expect(await readJournal(file)).toMatchObject({records: [{a: 1}], problems: []});
	await written(file, [{b: 2}]);
	expect(await readJournal(file)).toMatchObject({records: [{a: 1}, {b: 2}], problems: []});
});

test('garbage in the middle and doubled lines are left out, and the file stays as it is', async () => {
	await using folder = await tempFolder();
	const file = folder.at('c1.jsonl');
	await written(file, [{a: 1}, {b: 2}, {a: 1}]);
	const [head = '', one = '', two = '', three = ''] = readFileSync(file, 'utf8').split('\n');
	const damaged = [head, one, '<<<<<<< garbage', two, two, one, three, ''].join('\n');
	await writeFile(file, damaged);

	expect(await readJournal(file)).toEqual({
		records: [{a: 1}, {b: 2}, {a: 1}],
		problems: ['1 line of a stored conversation could not be read and is left out'],
		isReadOnly: false,
	});
	expect(readFileSync(file, 'utf8')).toBe(damaged);
});

test('an empty file and an absent one hold nothing; an empty one can be begun', async () => {
	await using folder = await tempFolder();
	const file = await folder.write('c1.jsonl', '');

	expect(await readJournal(file)).toEqual({records: [], problems: [], isReadOnly: false});
	expect(await readJournal(folder.at('absent.jsonl'))).toEqual({records: [], problems: [], isReadOnly: false});
	expect(await listJournals(folder.path)).toEqual([]);
	await written(file, [{a: 1}]);
	expect(await listJournals(folder.path)).toMatchObject([{header: {stage: 'vibe', schema: 1}}]);
});

test('a journal of a newer version is read and not added to', async () => {
	await using folder = await tempFolder();
	const newer = '{"schema":2,"stage":"vibe"}\n{"n":1,"record":{"a":1},"more":true}\n';
	const file = await folder.write('c1.jsonl', newer);
	const problems: string[] = [];

	expect(await readJournal(file)).toMatchObject({records: [{a: 1}], isReadOnly: true});
	await written(file, [{b: 2}], problem => problems.push(problem));

	expect(problems[0]).toContain('a newer kiro-tui wrote it');
	expect(await readFile(file, 'utf8')).toBe(newer);
});

test('while it cannot be written it is told once, nothing is lost, and writing is tried again', async () => {
	await using folder = await tempFolder();
	const file = folder.at('state/c1.jsonl');
	await folder.write('state', 'a file where the folder should be');
	const problems: string[] = [];
	const journal = await openJournal({file, header, onProblem: problem => problems.push(problem)});

	await journal.append({a: 1}, {sync: true});
	await journal.append({b: 2}, {sync: true});
	expect(problems).toHaveLength(1);
	await rm(folder.at('state'));
	await mkdir(folder.at('state'));
	await journal.append({c: 3}, {sync: false});
	await journal.close();

	expect((await readJournal(file)).records).toEqual([{a: 1}, {b: 2}, {c: 3}]);
	expect(problems).toHaveLength(1);
});

test('a record that the disk took only in part is told, and never read as a whole one', async () => {
	await using folder = await tempFolder();
	const file = folder.at('c1.jsonl');
	const writer = fileURLToPath(new URL('append-large.ts', import.meta.url));

	const {stdout} = await promisify(execFile)('bash', ['-c', 'ulimit -f 100; exec "$@"', 'bash', process.execPath, writer, file]);

	expect(JSON.parse(stdout)).toHaveLength(2);
	expect(await readJournal(file)).toMatchObject({records: [{small: 1}], problems: [expect.stringContaining('1 line')]});
});

test('journals are listed with the newest last', async () => {
	await using folder = await tempFolder();
	for (const [name, seconds] of [
		['b', 300],
		['a', 100],
		['c', 200],
	] as const) {
		await written(folder.at(`${name}.jsonl`), [{}]);
		await utimes(folder.at(`${name}.jsonl`), seconds, seconds);
	}

	const listed = await listJournals(folder.path);
	expect(listed.map(({file, modifiedAt}) => [file.at(-7), modifiedAt])).toEqual([
		['a', 100_000],
		['c', 200_000],
		['b', 300_000],
	]);
});
