import {existsSync} from 'node:fs';
import {mkdir, symlink} from 'node:fs/promises';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {UserError} from '../../source/protocol/user-error.ts';
import {createSpecFolder, listSpecs, specNameFrom} from '../../source/workspace/spec-folder.ts';
import {specNameProblem} from '../../source/workspace/spec-name.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('specs are found nested, capitalised, half-finished and just begun; areas and other folders are not specs', async () => {
	await using folder = await tempFolder();
	const root = folder.path;
	await folder.write('.kiro/specs/login/Requirements.md', '');
	await folder.write('.kiro/specs/login/Tasks.md', '');
	await folder.write('.kiro/specs/login/assets/picture.png', '');
	await folder.write('.kiro/specs/accounts/reset/bugfix.md', '');
	await folder.write('.kiro/specs/README.md', '');
	await folder.write('.kiro/specs/.hidden/tasks.md', '');
	await mkdir(folder.at('.kiro/specs/begun'));

	expect(await listSpecs(root)).toEqual([
		{
			name: 'accounts/reset',
			path: '.kiro/specs/accounts/reset',
			bugfix: folder.at('.kiro/specs/accounts/reset/bugfix.md'),
			ledger: folder.at('.kiro/specs/accounts/reset/ledger.jsonl'),
		},
		{name: 'begun', path: '.kiro/specs/begun', ledger: folder.at('.kiro/specs/begun/ledger.jsonl')},
		{
			name: 'login',
			path: '.kiro/specs/login',
			requirements: folder.at('.kiro/specs/login/Requirements.md'),
			tasks: folder.at('.kiro/specs/login/Tasks.md'),
			ledger: folder.at('.kiro/specs/login/ledger.jsonl'),
		},
	]);
	expect(await listSpecs(folder.at('no-such-folder'))).toEqual([]);
});

test('documents and folders that are links out of the workspace are not read', async () => {
	await using folder = await tempFolder();
	await using outside = await tempFolder();
	const secret = await outside.write('secret/requirements.md', 'secret');
	await folder.write('.kiro/specs/a/design.md', '');
	await symlink(secret, folder.at('.kiro/specs/a/requirements.md'));
	await symlink(outside.at('secret'), folder.at('.kiro/specs/b'));
	await symlink('a', folder.at('.kiro/specs/c'));

	expect(await listSpecs(folder.path)).toEqual([
		{name: 'a', path: '.kiro/specs/a', design: folder.at('.kiro/specs/a/design.md'), ledger: folder.at('.kiro/specs/a/ledger.jsonl')},
	]);
	expect(await listSpecs(outside.path)).toEqual([]);
});

test('a spec’s folder is made once, below .kiro/specs and nowhere else', async () => {
	await using folder = await tempFolder();
	await using outside = await tempFolder();
	await createSpecFolder(folder.path, 'area/login');

	expect((await listSpecs(folder.path)).map(spec => spec.name)).toEqual(['area/login']);
	await expect(createSpecFolder(folder.path, 'area/login')).rejects.toThrow(UserError);
	for (const name of ['../up', '/etc', 'a//b', '', '.', 'a/../b', '-rf', 'con', 'a\0b', 'a b', 'x'.repeat(300), 'a\u202Eb']) {
		await expect(createSpecFolder(folder.path, name)).rejects.toThrow(UserError);
	}

	await symlink(outside.path, folder.at('other'));
	await mkdir(folder.at('linked/.kiro'), {recursive: true});
	await symlink(outside.path, folder.at('linked/.kiro/specs'));
	await expect(createSpecFolder(folder.at('linked'), 'x')).rejects.toThrow(UserError);
	expect(existsSync(outside.at('x'))).toBe(false);
});

test.each([
	['Notify me when a task completes, on every platform', 'notify-task-completes-every-platform'],
	['  Füge einen Login über GitHub hinzu! ', 'fuge-einen-login-uber-github-hinzu'],
	['完成任务时通知我', '完成任务时通知我'],
	['タスクが完了したら通知', 'タスクが完了したら通知'],
	['../../etc/passwd', 'etc-passwd'],
	['🙂🙂', 'spec'],
	['CON', 'spec-con'],
	['the of and', 'the-of-and'],
])('"%s" becomes %s', (idea, name) => {
	expect(specNameFrom(idea)).toBe(name);
});

test('any idea gives a usable name', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 200}), idea => {
			expect(specNameProblem(specNameFrom(idea))).toBeUndefined();
		}),
		{numRuns: 2000},
	);
});
