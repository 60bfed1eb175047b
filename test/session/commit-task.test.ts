import {execFileSync} from 'node:child_process';
import {chmodSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Ask} from '../../source/protocol/ask.ts';
import {answerWith, eventsOf, openToBuild, projectWithSpec, refusalOf, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);
const report = 'Wrote the function.\n\nSigned-off-by: nobody\u001B[2J';
const commit = {type: 'command', text: '/commit 1.1'} as const;

type Repository = {readonly hasName?: boolean; readonly settings?: string; readonly isGit?: boolean; readonly tasks?: string};

/** The project in a real repository with one commit, its one task just done. */
async function built({hasName = true, settings = '{}', isGit = true, tasks}: Repository = {}) {
	const folder = await tempFolder();
	for (const [path, content] of Object.entries(projectWithSpec)) {
		await folder.write(`project/${path}`, content);
	}

	if (tasks !== undefined) {
		await folder.write(`project/${specFolder}/tasks.md`, tasks);
	}

	await folder.write('kiro/config/settings.json', settings);
	const env = {PATH: process.env.PATH ?? '', HOME: folder.at('home'), GIT_CONFIG_NOSYSTEM: '1'};
	const git = (...args: readonly string[]) => execFileSync('git', args, {cwd: folder.at('project'), env, encoding: 'utf8'});
	if (isGit) {
		const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
		git('init', '--quiet', '--initial-branch=main');
		git('add', '--all');
		git(...who, 'commit', '--quiet', '--message=Begin');
		if (hasName) {
			git('config', 'user.name', 'Ada');
			git('config', 'user.email', 'ada@example.org');
		}
	}

	const opened = await openToBuild({folder, script: [builds, says(report)]});
	const asked: readonly Ask[] = answerWith(opened, () => ({key: answers.key}));
	const answers = {key: 'y'};
	const build = () => send(opened, {type: 'run-tasks', tasks: 'all'});
	return {opened, git, asked, answers, build};
}

const notices = (opened: TestSession) => eventsOf(opened, 'noticed').map(({text}) => text);

test('one commit holds exactly the task’s files with its tasks.md and ledger; what a person staged stays staged', async () => {
	const {opened, git, asked, build} = await built();
	await using _ = opened;
	await build();
	await opened.write('mine.txt', 'mine\n');
	await opened.write('src/sum.js', 'export const sum = (a, b) => a + b;\n');
	git('add', 'mine.txt');
	await send(opened, commit);
	expect(git('show', '--name-only', '--format=', 'HEAD').trim().split('\n')).toEqual([
		`${specFolder}/ledger.jsonl`,
		`${specFolder}/tasks.md`,
		'src/multiply.js',
		'test/multiply.test.js',
	]);
	expect(git('status', '--porcelain').trimEnd().split('\n')).toEqual(['A  mine.txt', ' M src/sum.js']);
	const message = git('show', '--no-patch', '--format=%B', 'HEAD').trimEnd();
	expect(message).toBe(
		[
			'Write `multiply` in `src/multiply.js`',
			'',
			'Wrote the function.',
			'',
			String.raw`Signed-off-by: nobody\x1b[2J`,
			'',
			'Spec: products',
			'Task: 1.1',
			'Criteria: 1.1',
			'Evidence: passing',
			'Tests: 2 passed, 0 failed',
		].join('\n'),
	);
	expect(git('show', '--no-patch', '--format=%(trailers:key=Signed-off-by)', 'HEAD').trim()).toBe('');
	expect(asked).toMatchObject([{kind: 'commit', title: 'Commit task 1.1 with this message?'}]);
	expect(asked[0]?.lines.slice(0, 11)).toEqual(message.split('\n'));
});

test('nothing is committed unasked, nor after a no', async () => {
	const {opened, git, asked, answers, build} = await built();
	await using _ = opened;
	await build();
	expect(asked).toEqual([]);
	answers.key = 'n';
	await send(opened, commit);
	expect(git('log', '--format=%s').trim()).toBe('Begin');
	expect(git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n')).toContain('?? src/multiply.js');
});

test('with the setting a commit is offered after each ticked task', async () => {
	const {opened, git, asked, build} = await built({settings: '{"commits": "ask"}'});
	await using _ = opened;
	await build();
	expect(asked.map(({kind}) => kind)).toEqual(['commit']);
	expect(git('log', '--format=%s').trim().split('\n')).toEqual(['Write `multiply` in `src/multiply.js`', 'Begin']);
});

test('a failing hook is told in its own words, printable, and new files are new to git again', async () => {
	const {opened, git, build} = await built();
	await using _ = opened;
	await build();
	const hook = join(opened.root, '.git/hooks/pre-commit');
	writeFileSync(hook, '#!/bin/sh\nprintf "lint: \\033[2Jno semicolons\\n" >&2\nexit 1\n');
	chmodSync(hook, 0o755);
	const refusal = await refusalOf(opened, commit);
	expect(refusal).toContain(String.raw`lint: \x1b[2Jno semicolons`);
	expect(git('log', '--format=%s').trim()).toBe('Begin');
	expect(git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n')).toContain('?? src/multiply.js');
});

test('in a repository without any commit a failing hook leaves nothing staged, and the first commit can be that of a task', async () => {
	const {opened, git, build} = await built();
	await using _ = opened;
	git('update-ref', '-d', 'HEAD');
	git('rm', '-r', '--cached', '--quiet', '.');
	await opened.write('.gitignore', 'ledger.jsonl\n');
	await build();
	const hook = join(opened.root, '.git/hooks/commit-msg');
	writeFileSync(hook, '#!/bin/sh\nexit 1\n');
	chmodSync(hook, 0o755);
	expect(await refusalOf(opened, commit)).toContain('it said nothing');
	expect(git('ls-files')).toBe('');
	rmSync(hook);
	await send(opened, commit);
	expect(git('ls-files').trim().split('\n')).toEqual([`${specFolder}/tasks.md`, 'src/multiply.js', 'test/multiply.test.js']);
});

test('what stands in the way of a commit is said', async () => {
	const {opened, git, build} = await built({hasName: false});
	await using _ = opened;
	expect(await refusalOf(opened, commit)).toBe('The ledger knows no attempt at task 1.1, so there is nothing to commit');
	await build();
	expect(await refusalOf(opened, commit)).toBe('Git does not know who commits: user.name is not set');
	git('config', 'user.name', 'Ada');
	expect(await refusalOf(opened, commit)).toBe('Git does not know who commits: user.email is not set');
	git('config', 'user.email', 'ada@example.org');
	writeFileSync(join(opened.root, '.git/MERGE_HEAD'), git('rev-parse', 'HEAD'));
	expect(await refusalOf(opened, commit)).toBe('A merge is in progress, and a commit now would become part of it');
	git('update-ref', '-d', 'MERGE_HEAD');
	await send(opened, commit);
	expect(await refusalOf(opened, commit)).toBe('Nothing of task 1.1 differs from the newest commit');
	expect(notices(opened)).toContainEqual(expect.stringMatching(/^Committed [\da-f]+: 4 files$/));
});

test('without git the commit says so', async () => {
	const {opened, build} = await built({isGit: false});
	await using _ = opened;
	await build();
	expect(await refusalOf(opened, commit)).toBe('This folder is not in a git repository, so there is nothing to commit to');
});

test('a person is told that a later task changed the same file, and what the task did is its message, not a later answer', async () => {
	const {opened, asked, git} = await built({tasks: '# Plan\n\n## Tasks\n\n- [ ] 1. Multiply\n- [ ] 2. Name it\n'});
	await using _ = opened;
	opened.fake.script(
		calls(['read', {path: 'src/multiply.js'}], ['write', {path: 'src/multiply.js', content: `// Products.\n${multiplyCode}`}]),
		says('Named.'),
	);
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'command', text: '/commit 1'});
	expect(asked[0]?.lines.join('\n')).toContain('Task 2 changed these files later');
	expect(git('show', '--no-patch', '--format=%B', 'HEAD')).toContain('Wrote the function.');
});
