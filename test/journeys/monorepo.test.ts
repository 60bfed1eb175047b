import {writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {openCli} from '../faults/stage.ts';
import {says} from '../support/fake-anthropic.ts';
import {builds, code, monorepo} from '../support/monorepo.ts';

test('a task in one package of a monorepo is run, and checked again, by that package’s tests', async () => {
	await using stage = await openCli({files: monorepo, script: [builds, says('Done.')]});
	const {stdout} = await stage.cli('approve', 'products', 'tasks', '--trust');
	expect(await stage.cli('approve', 'products', 'tasks', '--rev', stdout.trim(), '--trust')).toMatchObject({code: 0});
	const run = await stage.cli('run', '--spec', 'products', '--all', '--trust', '-o', 'json');
	expect(run.code).toBe(0);
	expect(JSON.parse(run.stdout)).toMatchObject({tests: {passed: 2, failed: 1, new_failures: []}});
	expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0});
	await writeFile(stage.at(code.path), 'export const multiply = () => 0;\n');
	expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('1.1')});
});
