import {readdir, readFile, stat} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {parseRule} from '../../source/permission/rules.ts';
import {readSettings, storeTestCommand, storeUserRule} from '../../source/workspace/settings.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('without any file the defaults hold', async () => {
	await using folder = await tempFolder();

	expect(await readSettings({config: folder.at('config'), root: folder.path, parseRule})).toEqual({
		settings: {
			rules: [],
			repairRounds: 2,
			tests: {scope: 'all', timeoutMs: 600_000, fullUnderMs: 60_000},
			vibe: {tests: 'auto'},
			models: {},
			prices: {},
			checksOff: [],
			notifications: true,
			commits: 'off',
			hasLedgerCosts: false,
		},
		problems: [],
	});
});

test('a repository may only tighten: everything else in its settings is ignored and told', async () => {
	await using folder = await tempFolder();
	await folder.write(
		'.kiro/tui/settings.json',
		JSON.stringify({
			rules: {deny: ['Bash(rm)'], ask: ['Edit(package.json)']},
			testCommand: 'make test',
			checks: {off: ['ears']},
			budgetUsd: 1000,
			models: {implement: 'evil'},
			vibe: {tests: 'off'},
			__proto__: {},
			constructor: 1,
		}),
	);
	await folder.write('hostile/.kiro/tui/settings.json', JSON.stringify({rules: {allow: ['Bash(evil)'], deny: ['Bash(rm)']}}));

	const {settings, problems} = await readSettings({config: folder.at('config'), root: folder.path, parseRule});
	expect(settings).toMatchObject({testCommand: 'make test', checksOff: ['ears'], models: {}, vibe: {tests: 'auto'}});
	expect(settings.budgetUsd).toBeUndefined();
	expect(settings.rules).toEqual([
		{effect: 'deny', capability: 'command', match: 'rm', from: 'project'},
		{effect: 'ask', capability: 'write', match: 'package.json', from: 'project'},
	]);
	expect(problems).toHaveLength(4);
	const hostile = await readSettings({config: folder.at('config'), root: folder.at('hostile'), parseRule});
	expect(hostile.settings.rules).toEqual([{effect: 'deny', capability: 'command', match: 'rm', from: 'project'}]);
	expect(hostile.problems).toEqual(['.kiro/tui/settings.json: "rules.allow" cannot be set here and is ignored']);
});

test('one wrong key of the person does not switch the others off', async () => {
	await using folder = await tempFolder();
	await folder.write(
		'config/settings.json',
		`\uFEFF${JSON.stringify({repairRounds: -1, tests: {scope: 'affected'}, rules: {allow: ['Bash(npm run lint)', 'Fly(x)', 'Read()']}, budgetUsd: 5, tset: 1})}`,
	);

	const {settings, problems} = await readSettings({config: folder.at('config'), root: folder.path, parseRule});

	expect(settings).toMatchObject({repairRounds: 2, tests: {scope: 'affected', timeoutMs: 600_000}, budgetUsd: 5});
	expect(settings.rules).toEqual([{effect: 'allow', capability: 'command', match: 'npm run lint', from: 'user'}]);
	expect(problems).toHaveLength(4);
});

test('a rule that must not be a rule is told and not used', async () => {
	await using folder = await tempFolder();
	await folder.write('config/settings.json', JSON.stringify({rules: {allow: ['Bash(sudo *)', 'Bash(make)']}}));

	const {settings, problems} = await readSettings({config: folder.at('config'), root: folder.path, parseRule});

	expect(settings.rules).toMatchObject([{match: 'make'}]);
	expect(problems).toEqual([expect.stringContaining('Bash(sudo *)')]);
});

test('settings that are not JSON are not used, and that is told', async () => {
	await using folder = await tempFolder();
	await folder.write('config/settings.json', '{"rules": ');

	const {settings, problems} = await readSettings({config: folder.at('config'), root: folder.path, parseRule});

	expect(settings.rules).toEqual([]);
	expect(problems).toEqual([`${folder.at('config/settings.json')} is not used: it is not JSON`]);
});

test('what a person decides for a workspace is kept in their configuration, for that workspace only', async () => {
	await using folder = await tempFolder();
	const config = folder.at('config');
	const root = folder.at('work');
	await Promise.all(['Bash(npm run lint)', 'Edit(src/**)', 'Bash(npm run lint)'].map(rule => storeUserRule(config, root, rule)));
	await storeTestCommand(config, root, 'npm test');

	const {settings} = await readSettings({config, root, parseRule});
	expect(settings.testCommand).toBe('npm test');
	expect(settings.rules.map(rule => rule.match).sort()).toEqual(['npm run lint', 'src/**']);
	expect((await readSettings({config, root: folder.at('other'), parseRule})).settings).toMatchObject({rules: []});
	expect(await readdir(folder.path)).toEqual(['config']);
	const [file = ''] = await readdir(folder.at('config/workspaces'));
	expect((await stat(folder.at('config/workspaces', file))).mode & 0o777).toBe(0o600);
	expect(JSON.parse(await readFile(folder.at('config/workspaces', file), 'utf8'))).toMatchObject({root});
});
