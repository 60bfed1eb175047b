import {spawnSync} from 'node:child_process';
import {mkdtempSync, realpathSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {cliEnvironment, launcher, runCli} from '../support/run-cli.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kiro-launcher-')));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A Node older than we support, when the machine has one beside ours. */
function oldNode(): string | undefined {
	const found = (process.env.PATH ?? '')
		.split(':')
		.filter(path => !path.includes('node_modules'))
		.map(path => join(path, 'node'));
	return found.find(path => {
		const version = spawnSync(path, ['--version'], {encoding: 'utf8'}).stdout ?? '';
		return /^v(?:18|20|21)\./.test(version);
	});
}

describe('the launcher', () => {
	test('starts through a symbolic link, from any folder', async () => {
		const link = join(folder, 'kiro-tui');
		symlinkSync(launcher, link);
		const run = spawnSync(process.execPath, [link, '--version'], {cwd: folder, env: cliEnvironment({home: folder}), encoding: 'utf8'});
		expect({code: run.status, out: run.stdout}).toEqual({code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/)});
	});

	test('an unknown flag is one line with the nearest, exit 2', async () => {
		const run = await runCli(['status', '--jsn'], {cwd: folder, home: folder});
		expect(run).toEqual({code: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]*--json[^\n]*\n$/)});
	});

	test('without a command and without a terminal it names what works, exit 2', async () => {
		const run = await runCli([], {cwd: folder, home: folder});
		expect(run).toEqual({code: 2, stdout: '', stderr: expect.stringMatching(/-p.*run.*demo/s)});
	});

	const old = oldNode();
	test.skipIf(old === undefined)(`under an old Node it hands over to its own (skips without one: ${old ?? 'none found'})`, () => {
		const run = spawnSync(old ?? '', [launcher, '--version'], {cwd: folder, env: cliEnvironment({home: folder}), encoding: 'utf8'});
		expect({code: run.status, out: run.stdout}).toEqual({code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/)});
	});
});
