import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isAnthropicHost, isLoopback, normaliseBaseUrl} from './host-profile.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What lets us in, and where it was found. A secret is behind a function, so that it does not end up in a log, a message or a JSON text by
 * accident.
 */
export type Credential =
	| {readonly kind: 'api-key'; readonly from: 'ANTHROPIC_API_KEY'; readonly secret: () => string}
	| {readonly kind: 'auth-token'; readonly from: 'ANTHROPIC_AUTH_TOKEN'; readonly secret: () => string}
	/** A login that the SDK reads and refreshes by itself; `from` is its file. */
	| {readonly kind: 'profile'; readonly from: string; readonly name: string}
	| {readonly kind: 'federation'; readonly from: 'ANTHROPIC_FEDERATION_RULE_ID'}
	/** A server on this machine, which wants none. */
	| {readonly kind: 'local'; readonly from: 'ANTHROPIC_BASE_URL'};

/** Where the SDK keeps its profiles: the rules of its own `core/credentials`. */
function profileFolder(env: Environment, home: string): string {
	if (env.ANTHROPIC_CONFIG_DIR) {
		return env.ANTHROPIC_CONFIG_DIR;
	}

	if (env.APPDATA) {
		return join(env.APPDATA, 'Anthropic');
	}

	return env.XDG_CONFIG_HOME ? join(env.XDG_CONFIG_HOME, 'anthropic') : join(home, '.config', 'anthropic');
}

async function readIfThere(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch {
		return undefined;
	}
}

async function findProfile(env: Environment, home: string): Promise<Credential | undefined> {
	const folder = profileFolder(env, home);
	const name = env.ANTHROPIC_PROFILE || (await readIfThere(join(folder, 'active_config')))?.trim() || 'default';
	const file = join(folder, 'configs', `${name}.json`);
	const exists = /^[\w.-]+$/.test(name) && (await readIfThere(file)) !== undefined;
	return exists ? {kind: 'profile', from: file, name} : undefined;
}

/**
 * Looks for a credential: a key or token of the environment, else the SDK's federation variables or profile, else a local server that
 * needs none. A stored login is Anthropic's and is never sent to another host. Undefined when there is nothing.
 */
export async function findCredential(env: Environment, home: string): Promise<Credential | undefined> {
	const key = env.ANTHROPIC_API_KEY?.trim();
	if (key) {
		return {kind: 'api-key', from: 'ANTHROPIC_API_KEY', secret: () => key};
	}

	const token = env.ANTHROPIC_AUTH_TOKEN?.trim();
	if (token) {
		return {kind: 'auth-token', from: 'ANTHROPIC_AUTH_TOKEN', secret: () => token};
	}

	const baseUrl = env.ANTHROPIC_BASE_URL ? normaliseBaseUrl(env.ANTHROPIC_BASE_URL) : undefined;
	if (!isAnthropicHost(baseUrl)) {
		return baseUrl !== undefined && isLoopback(baseUrl) ? {kind: 'local', from: 'ANTHROPIC_BASE_URL'} : undefined;
	}

	if (!env.ANTHROPIC_PROFILE && env.ANTHROPIC_FEDERATION_RULE_ID && env.ANTHROPIC_ORGANIZATION_ID) {
		return {kind: 'federation', from: 'ANTHROPIC_FEDERATION_RULE_ID'};
	}

	return findProfile(env, home);
}
