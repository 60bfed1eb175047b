import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {findCredential} from '../../source/model/credentials.ts';
import {environmentFor} from '../../source/model/open-model.ts';
import {tempFolder} from '../support/temp-folder.ts';

const key = 'sk-canary-credential';

describe('what lets us in', () => {
	test('a key wins over a token, and says where it is from without saying what it is', async () => {
		const found = await findCredential({ANTHROPIC_API_KEY: key, ANTHROPIC_AUTH_TOKEN: 'other'}, '/nowhere');
		expect(found).toMatchObject({kind: 'api-key', from: 'ANTHROPIC_API_KEY'});
		expect(found?.kind === 'api-key' && found.secret()).toBe(key);
		expect(`${JSON.stringify(found)}${inspect(found)}`).not.toContain(key);
	});

	test('an empty variable is none', async () => {
		expect(await findCredential({ANTHROPIC_API_KEY: '', ANTHROPIC_AUTH_TOKEN: ' '}, '/nowhere')).toBeUndefined();
	});

	test('a stored login is found by its file', async () => {
		await using home = await tempFolder();
		const file = await home.write('.config/anthropic/configs/work.json', '{}');
		await home.write('.config/anthropic/active_config', 'work\n');
		expect(await findCredential({}, home.path)).toEqual({kind: 'profile', from: file, name: 'work'});
		expect(await findCredential({ANTHROPIC_PROFILE: '../work'}, home.path)).toBeUndefined();
	});

	test('a server that is connected to later sees no key that was set for another', async () => {
		const env = environmentFor(
			{ANTHROPIC_API_KEY: key, ANTHROPIC_AUTH_TOKEN: key, KIRO_TUI_PROFILE: 'compatible'},
			'http://127.0.0.1:11434',
		);
		expect(env).toEqual({KIRO_TUI_PROFILE: 'compatible', ANTHROPIC_BASE_URL: 'http://127.0.0.1:11434'});
		expect(await findCredential(env, '/nowhere')).toMatchObject({kind: 'local'});
	});

	test('a stored login is never sent to another host; a local server needs none', async () => {
		await using home = await tempFolder();
		await home.write('.config/anthropic/configs/default.json', '{}');
		expect(await findCredential({ANTHROPIC_BASE_URL: 'https://gateway.example'}, home.path)).toBeUndefined();
		expect(await findCredential({ANTHROPIC_BASE_URL: 'http://localhost:11434/v1'}, home.path)).toMatchObject({kind: 'local'});
		expect(await findCredential({ANTHROPIC_BASE_URL: 'http://localhost.evil.example'}, home.path)).toBeUndefined();
		expect(await findCredential({ANTHROPIC_BASE_URL: 'https://api.anthropic.com'}, home.path)).toMatchObject({kind: 'profile'});
	});
});
