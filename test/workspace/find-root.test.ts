import {mkdir, symlink} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {UserError} from '../../source/protocol/user-error.ts';
import {findRoot} from '../../source/workspace/find-root.ts';
import {directoriesFor, workspaceKey} from '../../source/workspace/state-directory.ts';
import {readVisit, rememberVisit} from '../../source/workspace/visit.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('the root is the nearest folder with .kiro or .git, and never the home folder', async () => {
	await using folder = await tempFolder();
	const home = folder.at('home');
	await mkdir(folder.at('home/.kiro/steering'), {recursive: true});
	await mkdir(folder.at('home/work/.git'), {recursive: true});
	await mkdir(folder.at('home/work/packages/a/src'), {recursive: true});
	await mkdir(folder.at('home/work/packages/a/.kiro'));
	await mkdir(folder.at('home/plain/deep'), {recursive: true});
	await symlink('work', folder.at('home/link'));

	expect(await findRoot(folder.at('home/work/packages/a/src'), home)).toEqual({root: folder.at('home/work/packages/a'), isTrustable: true});
	expect(await findRoot(folder.at('home/link/packages'), home)).toEqual({root: folder.at('home/work'), isTrustable: true});
	expect(await findRoot(folder.at('home/plain/deep'), home)).toEqual({root: folder.at('home/plain/deep'), isTrustable: true});
	expect(await findRoot(home, home)).toEqual({root: home, isTrustable: false});
	expect(await findRoot('/', home)).toEqual({root: '/', isTrustable: false});
	await expect(findRoot(folder.at('gone'), home)).rejects.toThrow(UserError);
});

test('configuration and state are in KIRO_TUI_HOME, else where XDG says', () => {
	expect(directoriesFor({env: {KIRO_TUI_HOME: '/k'}, home: '/h'})).toEqual({config: '/k/config', state: '/k/state'});
	expect(directoriesFor({env: {XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: 'relative'}, home: '/h'})).toEqual({
		config: '/c/kiro-tui',
		state: '/h/.local/state/kiro-tui',
	});
	expect(directoriesFor({env: {KIRO_TUI_HOME: ''}, home: '/h'})).toEqual({
		config: '/h/.config/kiro-tui',
		state: '/h/.local/state/kiro-tui',
	});
});

test('every root has a key of its own that is a plain file name', () => {
	const keys = ['/a/app', '/b/app', '/', '/x/..weird name/', '/日本'].map(workspaceKey);

	expect(new Set(keys).size).toBe(keys.length);
	for (const key of keys) {
		expect(key).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
	}
});

test('a visit is remembered for its workspace', async () => {
	await using folder = await tempFolder();
	const visit = {at: 1, documents: {'.kiro/specs/a/tasks.md': 'ab'}, files: {'src/a.ts': '10 20'}, failing: ['a > b'], commit: 'cd'};

	expect(await readVisit(folder.path, '/work')).toBeUndefined();
	await rememberVisit(folder.path, '/work', visit);
	expect(await readVisit(folder.path, '/work')).toEqual(visit);
	expect(await readVisit(folder.path, '/other')).toBeUndefined();
});
