import {chmod, readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {copyText} from '../../source/process/clipboard.ts';
import {notify} from '../../source/process/notify.ts';
import {openEditor} from '../../source/process/open-editor.ts';
import {lookUpPackage} from '../../source/process/package-lookup.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';

/** A stand-in for a program of the system that writes its arguments and input to a file. */
async function program(folder: TempFolder, name: string, {answer = '', readsInput = false} = {}) {
	const keep = `for word in "$@"; do echo "[$word]"; done > "${folder.at(`${name}.args`)}"`;
	const read = readsInput ? `cat > "${folder.at(`${name}.in`)}"` : '';
	const path = await folder.write(name, `#!/bin/sh\n${keep}\n${read}\nprintf '%s' '${answer}'\n`);
	await chmod(path, 0o755);
}

const argumentsOf = async (folder: TempFolder, name: string) => (await readFile(folder.at(`${name}.args`), 'utf8')).trim().split('\n');

test('a notification hands its texts over as arguments, to a notifier outside the workspace only', async () => {
	await using folder = await tempFolder();
	await using root = await tempFolder();
	await program(folder, 'notify-send');
	await program(root, 'notify-send');
	const env = {PATH: `${root.path}:${folder.path}:/usr/bin:/bin`};

	expect(await notify({title: '--icon=x', text: '$(touch x)', env, root: root.path})).toBe(true);
	expect(await argumentsOf(folder, 'notify-send')).toEqual(['[--app-name=kiro-tui]', '[--]', '[--icon=x]', '[$(touch x)]']);
	expect(await notify({title: 'a', text: 'b', env: {PATH: root.path}, root: root.path})).toBe(false);
});

test('text goes to the clipboard’s tool as its input', async () => {
	await using folder = await tempFolder();
	await program(folder, 'xclip', {readsInput: true});
	const PATH = `${folder.path}:/usr/bin:/bin`;

	expect(await copyText('ü\n"x"', {env: {PATH: folder.path}, root: '/nowhere'})).toBe(false);
	expect(await copyText('ü\n"x"', {env: {PATH, DISPLAY: ':0'}, root: '/nowhere'})).toBe(true);
	expect(await readFile(folder.at('xclip.in'), 'utf8')).toBe('ü\n"x"');
});

test.each([
	['nvim', 7, ['[+7]', '[FILE]']],
	['code --wait', 7, ['[--wait]', '[--goto]', '[FILE:7]']],
	['hx', undefined, ['[FILE:1]']],
	['my-editor "two words"', 7, ['[two words]', '[FILE]']],
] as const)('the editor "%s" is told the file and the line its own way', async (editor, line, words) => {
	await using folder = await tempFolder();
	await program(folder, editor.split(' ')[0] ?? '');
	const file = folder.at('a b.md');

	const outcome = await openEditor({editor, file, env: {PATH: `${folder.path}:/usr/bin:/bin`}, ...(line !== undefined && {line})});

	expect(outcome).toEqual({kind: 'closed'});
	expect(await argumentsOf(folder, editor.split(' ')[0] ?? '')).toEqual(words.map(word => word.replace('FILE', file)));
});

test('an editor that is not there is an outcome', async () => {
	expect(await openEditor({editor: 'no-such-editor', file: '/a', env: {PATH: '/usr/bin'}})).toMatchObject({kind: 'failed'});
	expect(await openEditor({editor: '', file: '/a', env: {PATH: '/usr/bin'}})).toMatchObject({kind: 'failed'});
});

test('a package is looked up through the project’s own package manager', async () => {
	await using folder = await tempFolder();
	await using root = await tempFolder();
	await program(folder, 'npm', {
		answer: '{"name":"left-pad","version":"1.3.0","license":"WTFPL","time.modified":"2020-01-01T00:00:00.000Z"}',
	});
	await program(folder, 'pip', {answer: 'requests (2.32.0)'});
	await program(folder, 'cargo', {answer: 'serde #serialization\nversion: 1.0.1 (latest 1.0.9)\nlicense: MIT OR Apache-2.0\n'});
	await program(folder, 'go', {answer: '{"Path":"golang.org/x/text","Version":"v0.20.0","Time":"2025-01-01T00:00:00Z"}'});
	const {signal} = new AbortController();
	const look = (name: string, ecosystem?: 'npm' | 'python' | 'rust' | 'go') =>
		lookUpPackage({
			name,
			root: root.path,
			env: {PATH: `${folder.path}:/usr/bin:/bin`},
			signal,
			...(ecosystem !== undefined && {ecosystem}),
		});

	expect(await look('left-pad')).toEqual({
		kind: 'found',
		ecosystem: 'npm',
		facts: {name: 'left-pad', version: '1.3.0', license: 'WTFPL', releasedAt: '2020-01-01T00:00:00.000Z'},
	});
	expect(await look('golang.org/x/text')).toMatchObject({ecosystem: 'go', facts: {version: 'v0.20.0'}});
	expect(await look('serde', 'rust')).toMatchObject({facts: {version: '1.0.9', license: 'MIT OR Apache-2.0'}});
	await root.write('pyproject.toml', '');
	expect(await look('requests')).toMatchObject({ecosystem: 'python', facts: {version: '2.32.0'}});
	for (const name of ['--registry=http://evil', '../x', 'a b', 'x;y', '']) {
		expect(await look(name, 'npm')).toMatchObject({kind: 'bad-name'});
	}
});
