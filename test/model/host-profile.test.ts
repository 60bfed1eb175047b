import {expect, test} from 'vitest';
import {hostProfileOf, normaliseBaseUrl} from '../../source/model/host-profile.ts';

test.each([
	['http://localhost:1234/v1', 'http://localhost:1234'],
	['http://localhost:1234/v1/', 'http://localhost:1234'],
	[' https://openrouter.ai/api/v1/messages ', 'https://openrouter.ai/api'],
	['https://api.deepseek.com/anthropic', 'https://api.deepseek.com/anthropic'],
	['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('the base URL %s is taken as %s', (given, expected) => {
	expect(normaliseBaseUrl(given)).toBe(expected);
});

test.each(['localhost:11434', 'file:///etc/passwd', '', 'https://user:secret@host'])('"%s" is refused in words of its own', given => {
	expect(() => normaliseBaseUrl(given)).toThrow('ANTHROPIC_BASE_URL is not the address of a model service');
});

test('the profile follows the host, unless it is said', () => {
	expect(
		[undefined, 'https://api.anthropic.com', 'https://anthropic.com.evil.example', 'http://localhost:1'].map(url =>
			hostProfileOf(url, undefined),
		),
	).toEqual(['anthropic', 'anthropic', 'compatible', 'compatible']);
	expect(hostProfileOf('http://localhost:1', 'anthropic')).toBe('anthropic');
	expect(() => hostProfileOf(undefined, 'claude')).toThrow('KIRO_TUI_PROFILE cannot be "claude"');
});
