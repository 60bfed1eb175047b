import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerWith, eventsOf, openToBuild, projectWithSpec, refusalOf, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

const git = (root: string, ...args: readonly string[]) =>
	execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {cwd: root, encoding: 'utf8'});

async function openInGit(): Promise<TestSession> {
	const folder = await tempFolder();
	for (const [path, content] of Object.entries({...projectWithSpec, 'other.txt': 'one\n'})) {
		await folder.write(`project/${path}`, content);
	}

	const root = folder.at('project');
	git(root, 'init', '-q');
	git(root, 'config', 'user.name', 'Ada');
	git(root, 'config', 'user.email', 'ada@example.com');
	git(root, 'add', '-A');
	git(root, 'commit', '-qm', 'start');
	const opened = await openToBuild({folder});
	opened.fake.script(
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: multiplyCode}],
		),
		says('src/multiply.js: new.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	return opened;
}

test('one commit of a task holds its files and its spec, with the evidence in its trailers; what is staged stays staged', async () => {
	await using opened = await openInGit();
	writeFileSync(join(opened.root, 'other.txt'), 'two\n');
	git(opened.root, 'add', 'other.txt');
	const asked = answerWith(opened, () => ({key: 'y'}));
	await send(opened, {type: 'command', text: '/commit 1.1'});
	expect(asked[0]?.lines).toContain('Evidence: passing');
	expect(git(opened.root, 'show', '--format=%B', '--name-only', 'HEAD').trim().split('\n')).toEqual([
		'Write multiply in src/multiply.js',
		'',
		'src/multiply.js: new.',
		'',
		'Spec: products',
		'Task: 1.1',
		'Criteria: 1.1',
		'Evidence: passing',
		'Tests: 2 passed, 0 failed',
		'',
		'',
		'.kiro/specs/products/ledger.jsonl',
		'.kiro/specs/products/tasks.md',
		'src/multiply.js',
		'test/multiply.test.js',
	]);
	expect(git(opened.root, 'diff', '--cached', '--name-only').trim()).toBe('other.txt');
	expect(await refusalOf(opened, {type: 'command', text: '/commit 1.1'})).toBe('Nothing of this task has changed since the last commit');
});

test('a no commits nothing, a hook that refuses is told in its own words, and without git it is said', async () => {
	await using opened = await openInGit();
	let key = 'n';
	answerWith(opened, () => ({key}));
	await send(opened, {type: 'command', text: '/commit 1.1'});
	expect(git(opened.root, 'rev-list', '--count', 'HEAD').trim()).toBe('1');
	key = 'y';
	writeFileSync(join(opened.root, '.git/hooks/pre-commit'), '#!/bin/sh\necho "not on a Friday" >&2\nexit 1\n', {mode: 0o755});
	expect(await refusalOf(opened, {type: 'command', text: '/commit 1.1'})).toContain('not on a Friday');
	expect(eventsOf(opened, 'noticed').map(({text}) => text)).not.toContainEqual(expect.stringContaining('Committed'));
	await using plain = await openToBuild();
	expect(await refusalOf(plain, {type: 'command', text: '/commit 1.1'})).toBe('This folder is no git repository');
});
