import {execFileSync} from 'node:child_process';
import {truncate} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {digestOf} from '../../source/workspace/digest.ts';
import {readTextFile} from '../../source/workspace/read-text-file.ts';
import {tempFolder} from '../support/temp-folder.ts';

const maxBytes = 1_000_000;

test.each([
	['CRLF', 'one\r\ntwo\r\n'],
	['mixed line ends', 'one\r\ntwo\nthree\rfour'],
	['a byte order mark', '\uFEFF---\ninclusion: always\n---\n'],
	['no final newline', 'last line'],
	['nothing', ''],
	['other scripts', '需求 1：\u2028 ü 🙂\n'],
])('a text with %s is read to the byte', async (_, text) => {
	await using folder = await tempFolder();
	const path = await folder.write('a.md', text);

	const read = await readTextFile(path, {maxBytes});

	expect(read).toMatchObject({kind: 'text', text, digest: digestOf(text), hasBom: text.startsWith('\uFEFF')});
});

test.each([
	['UTF-16', Buffer.from('\uFEFFhello', 'utf16le'), 'UTF-16'],
	['Latin-1', Buffer.from('caf\u00E9', 'latin1'), 'not UTF-8'],
	['binary', Buffer.from([1, 2, 0, 3]), 'binary'],
	['half a character at the end', Buffer.from('🙂').subarray(0, 3), 'not UTF-8'],
])('%s is not taken for text', async (_, bytes, why) => {
	await using folder = await tempFolder();
	const path = await folder.write('a.bin', bytes);

	expect(await readTextFile(path, {maxBytes})).toEqual({kind: 'not-text', why: expect.stringContaining(why)});
});

test('absent files, folders and named pipes are answered at once', async () => {
	await using folder = await tempFolder();
	await folder.write('file', '');
	execFileSync('bash', ['-c', 'mkfifo "$1"', 'bash', folder.at('pipe')]);

	expect(await readTextFile(folder.at('nothing'), {maxBytes})).toEqual({kind: 'missing'});
	expect(await readTextFile(folder.at('file/below'), {maxBytes})).toEqual({kind: 'missing'});
	expect(await readTextFile(folder.path, {maxBytes})).toMatchObject({kind: 'not-text', why: 'it is a folder'});
	expect(await readTextFile(folder.at('pipe'), {maxBytes})).toMatchObject({kind: 'not-text', why: 'it is not a regular file'});
});

test('a sparse file of 2 GB and a file that hides its size are read within bounds', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('huge', '');
	await truncate(path, 2_147_483_648);
	const before = process.memoryUsage().rss;

	expect(await readTextFile(path, {maxBytes})).toEqual({kind: 'too-large', size: 2_147_483_648});
	expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	if (process.platform === 'linux') {
		expect(await readTextFile('/proc/self/status', {maxBytes: 10})).toMatchObject({kind: 'too-large'});
		expect(await readTextFile('/proc/self/status', {maxBytes})).toMatchObject({kind: 'text', text: expect.stringContaining('Pid:')});
	}
});
