import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, cp, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {findProgram} from '../../source/process/find-program.ts';
import {openGit} from '../../source/process/git.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';

const env = {PATH: process.env.PATH, HOME: '/nonexistent', GIT_DIR: '/elsewhere', GIT_EXTERNAL_DIFF: 'evil'};

function git(folder: TempFolder, ...args: readonly string[]) {
	const own = {PATH: process.env.PATH, HOME: folder.path, GIT_CONFIG_NOSYSTEM: '1'};
	return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
		cwd: folder.path,
		env: own,
		encoding: 'utf8',
	}).trim();
}

test('head, branch, name and status of a repository', async () => {
	await using folder = await tempFolder();
	git(folder, 'init', '-q', '-b', 'trunk');
	git(folder, 'config', 'user.name', 'Ada');
	const opened = await openGit({root: folder.path, env});

	expect(await opened?.head()).toBeUndefined();
	await folder.write('a b.txt', 'one\n'.repeat(20));
	git(folder, 'add', '.');
	git(folder, 'commit', '-qm', 'first');
	git(folder, 'mv', 'a b.txt', 'c\nd.txt');
	await folder.write('new ü.txt', '');

	expect(await opened?.head()).toBe(git(folder, 'rev-parse', 'HEAD'));
	expect(await opened?.branch()).toBe('trunk');
	expect(await opened?.userName()).toBe('Ada');
	expect(await opened?.statusSummary()).toEqual({changed: 1, untracked: 1});
});

test('without a repository, or without git, there is none', async () => {
	await using folder = await tempFolder();

	expect(await openGit({root: folder.path, env})).toBeUndefined();
	git(folder, 'init', '-q');
	expect(await openGit({root: folder.path, env: {PATH: '/nonexistent'}})).toBeUndefined();
	expect(await openGit({root: folder.path, env})).toBeDefined();
});

test('a hostile repository runs nothing through our git', async () => {
	await using folder = await tempFolder();
	const canary = folder.at('canary');
	const evil = await folder.write('evil.sh', `#!/bin/sh\ntouch "${canary}"\ncat\n`);
	await chmod(evil, 0o755);
	git(folder, 'init', '-q');
	await folder.write('a.txt', 'a\n');
	git(folder, 'add', '.');
	git(folder, 'commit', '-qm', 'first');
	await folder.write('.gitattributes', '*.txt filter=evil diff=evil\n');
	for (const [key, value] of [
		['core.fsmonitor', evil],
		['filter.evil.clean', evil],
		['filter.evil.smudge', evil],
		['filter.evil.required', 'true'],
		['diff.evil.textconv', evil],
		['diff.external', evil],
		['core.pager', evil],
		['alias.status', `!${evil}`],
	] as const) {
		execFileSync('git', ['config', key, value], {cwd: folder.path});
	}

	await folder.write('.git/hooks/post-index-change', await readFile(evil));
	await chmod(folder.at('.git/hooks/post-index-change'), 0o755);
	await writeFile(folder.at('a.txt'), 'b\n');
	const before = await readFile(folder.at('.git/index'));

	const opened = await openGit({root: folder.path, env});
	expect(await opened?.statusSummary()).toMatchObject({changed: 1});
	await Promise.all([opened?.head(), opened?.branch(), opened?.userName()]);

	expect(existsSync(canary)).toBe(false);
	expect(await readFile(folder.at('.git/index'))).toEqual(before);
});

test('a bare repository that is committed inside another folder runs nothing', async () => {
	await using folder = await tempFolder();
	const canary = folder.at('canary');
	const evil = await folder.write('evil.sh', `#!/bin/sh\ntouch "${canary}"\n`);
	await chmod(evil, 0o755);
	await mkdir(folder.at('bare'));
	execFileSync('git', ['init', '-q', '--bare', folder.at('bare')]);
	execFileSync('git', ['config', 'core.bare', 'false'], {cwd: folder.at('bare')});
	execFileSync('git', ['config', 'core.worktree', folder.path], {cwd: folder.at('bare')});
	execFileSync('git', ['config', 'core.fsmonitor', evil], {cwd: folder.at('bare')});

	await (await openGit({root: folder.at('bare'), env}))?.statusSummary();

	expect(existsSync(canary)).toBe(false);
});

test('a program inside the workspace is never found, nor one by a relative PATH', async () => {
	await using folder = await tempFolder();
	await using tools = await tempFolder();
	for (const path of [await folder.write('bin/git', '#!/bin/sh\n'), await tools.write('git', '#!/bin/sh\n')]) {
		await chmod(path, 0o755);
	}

	await tools.write('not-executable', '');
	const PATH = ['.', 'bin', '', folder.at('bin'), tools.path].join(':');

	expect(await findProgram('git', {env: {PATH}, root: folder.path})).toBe(tools.at('git'));
	expect(await findProgram('not-executable', {env: {PATH}, root: folder.path})).toBeUndefined();
	expect(await findProgram('git', {env: {PATH: folder.at('bin')}, root: folder.path})).toBeUndefined();
	expect(await findProgram('./git', {env: {PATH}, root: folder.path})).toBeUndefined();
	await cp(tools.at('git'), folder.at('git'));
	expect(await readdir(tools.path)).toContain('git');
});
