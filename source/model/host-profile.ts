import {UserError} from '../protocol/user-error.ts';

/** What a host understands: everything of the Messages API, or its common core. */
export type HostProfile = 'anthropic' | 'compatible';

const anthropicHost = /(?:^|\.)anthropic\.com$/;

/**
 * The base URL as the SDK wants it, which adds `/v1/messages` by itself: without a trailing slash, `/v1` or `/v1/messages`, and without
 * spaces around it. Throws `UserError` (exit code 2) on what is not an http(s) address or carries a password.
 */
export function normaliseBaseUrl(text: string): string {
	const url = URL.parse(text.trim());
	if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '') {
		throw new UserError('ANTHROPIC_BASE_URL is not the address of a model service', {
			nextStep: 'Give it as http://localhost:11434 or https://host/path, without a user name or password',
			exitCode: 2,
		});
	}

	const path = url.pathname.replace(/\/+$/, '').replace(/\/v1(?:\/messages)?$/, '');
	return url.origin + path;
}

/** Whether the address is this machine. */
export function isLoopback(baseUrl: string): boolean {
	const host = URL.parse(baseUrl)?.hostname ?? '';
	return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

/** Whether the address is Anthropic's own service; no address means that it is. */
export function isAnthropicHost(baseUrl: string | undefined): boolean {
	return baseUrl === undefined || anthropicHost.test(URL.parse(baseUrl)?.hostname ?? '');
}

/** The profile of a host. `forced` (KIRO_TUI_PROFILE) wins over the address; a word it does not know is a `UserError` (exit code 2). */
export function hostProfileOf(baseUrl: string | undefined, forced: string | undefined): HostProfile {
	if (forced === undefined || forced === '') {
		return isAnthropicHost(baseUrl) ? 'anthropic' : 'compatible';
	}

	if (forced !== 'anthropic' && forced !== 'compatible') {
		throw new UserError(`KIRO_TUI_PROFILE cannot be "${forced}"`, {
			nextStep: 'Set it to anthropic or compatible, or leave it away',
			exitCode: 2,
		});
	}

	return forced;
}
