import {utimes} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {holdFile} from '../../source/workspace/file-lock.ts';
import {tempFolder} from '../support/temp-folder.ts';

const foreign = JSON.stringify({pid: 1, started: '1', host: 'another-machine', path: 'x'});

test('a file that another machine holds is not held, until its lock was not refreshed for long', async () => {
	await using folder = await tempFolder();
	const lock = await folder.write('a.jsonl.lock', foreign);
	expect(await holdFile(folder.at('a.jsonl'))).toBeUndefined();
	await utimes(lock, 1, 1);
	const release = await holdFile(folder.at('a.jsonl'));
	expect(await holdFile(folder.at('a.jsonl'))).toBeUndefined();
	await release?.();
	expect(await holdFile(folder.at('a.jsonl'))).toBeDefined();
});
