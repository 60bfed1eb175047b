import {dirname} from 'node:path';
import {expect, test} from 'vitest';
import {childEnvironment} from '../../source/process/child-env.ts';
import {quietGitEnvironment} from '../../source/process/git-environment.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('children get the person’s environment without our keys and without what a test runner hands down', () => {
	const env = {
		PATH: dirname(process.execPath),
		HOME: '/home/ada',
		DATABASE_URL: 'postgres://',
		npm_config_registry: 'https://example.org',
		ANTHROPIC_API_KEY: 'canary',
		ANTHROPIC_CUSTOM_HEADERS: 'canary',
		KIRO_TUI_HOME: '/k',
		NODE_TEST_CONTEXT: 'child-v8',
		NODE_OPTIONS: '--require x',
		NODE_ENV: 'test',
		VITEST: 'true',
		VITEST_WORKER_ID: '1',
		JEST_WORKER_ID: '1',
		BASH_ENV: '/x',
		UNSET: undefined,
	};

	expect(childEnvironment({env, packageRoot: '/opt/kiro-tui'})).toEqual({
		...quietGitEnvironment,
		PATH: dirname(process.execPath),
		HOME: '/home/ada',
		DATABASE_URL: 'postgres://',
		npm_config_registry: 'https://example.org',
	});
});

test('what npm added to run us is taken away again, and the person’s own node stays the first', async () => {
	await using folder = await tempFolder();
	await folder.write('users/node', '');
	await folder.write('kiro/node_modules/.bin/node', '');
	const env = {
		PATH: [folder.at('kiro/node_modules/.bin'), '/usr/lib/node_modules/npm/node-gyp-bin', '.', '', folder.at('users'), '/usr/bin'].join(
			':',
		),
		npm_lifecycle_event: 'demo',
		npm_package_json: folder.at('kiro/package.json'),
		npm_config_local_prefix: folder.at('kiro'),
		npm_config_registry: 'https://example.org',
		INIT_CWD: '/x',
	};

	expect(childEnvironment({env, packageRoot: folder.at('kiro')})).toEqual({
		...quietGitEnvironment,
		PATH: `${folder.at('users')}:/usr/bin`,
		npm_config_registry: 'https://example.org',
	});
});

test('where only our own node is on PATH, it stays reachable, last', () => {
	const {PATH} = childEnvironment({env: {PATH: '/opt/kiro/node_modules/.bin:/no-node-here'}, packageRoot: '/opt/kiro'});

	expect(PATH).toBe(`/no-node-here:${dirname(process.execPath)}`);
});

test('a program of the workspace never stands in for one that runs unasked', () => {
	const {PATH} = childEnvironment({
		env: {PATH: '/work/app/bin:/work/app:/work/application/bin:/usr/bin'},
		packageRoot: '/opt/kiro',
		root: '/work/app',
	});

	expect(PATH?.split(':').slice(0, 2)).toEqual(['/work/application/bin', '/usr/bin']);
});
