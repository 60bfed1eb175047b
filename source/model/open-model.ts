import {type Credential, findCredential} from './credentials.ts';
import {hostProfileOf, normaliseBaseUrl} from './host-profile.ts';
import type {Model} from './model.ts';
import type {ModelLimits} from './providers/anthropic.ts';
import type {RetryClock} from './retry.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type OpenModel = {
	readonly env: Environment;
	readonly home: string;
	readonly clock: RetryClock;
	/** One line a request, without key and without text. */
	readonly log?: (line: string) => void;
};

function milliseconds(env: Environment, name: string): number | undefined {
	const value = Number(env[name]);
	return env[name] !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The limits that the environment sets, in milliseconds; what it does not set keeps its default. */
function limitsIn(env: Environment): Partial<ModelLimits> {
	const [headerTimeoutMs, idleMs, noProgressMs, maxWaitMs] = [
		'KIRO_TUI_HEADER_TIMEOUT_MS',
		'KIRO_TUI_STREAM_IDLE_MS',
		'KIRO_TUI_NO_PROGRESS_MS',
		'KIRO_TUI_MAX_WAIT_MS',
	].map(name => milliseconds(env, name));
	return {
		...(headerTimeoutMs !== undefined && {headerTimeoutMs}),
		...(idleMs !== undefined && {idleMs}),
		...(noProgressMs !== undefined && {noProgressMs}),
		...(maxWaitMs !== undefined && {maxWaitMs}),
	};
}

/**
 * The model that the environment leads to, and how it lets us in; undefined when there is no credential. The service's library is loaded
 * with the first request, not before the first frame. Throws UserError on an address or profile that cannot be.
 */
export async function openModel({
	env,
	home,
	clock,
	log,
}: OpenModel): Promise<{readonly model: Model; readonly credential: Credential} | undefined> {
	const credential = await findCredential(env, home);
	if (credential === undefined) {
		return undefined;
	}

	const given = env.ANTHROPIC_BASE_URL;
	const baseUrl = given === undefined || given === '' ? undefined : normaliseBaseUrl(given);
	const profile = hostProfileOf(baseUrl, env.KIRO_TUI_PROFILE);
	let opened: Promise<Model> | undefined;
	const open = () => {
		opened ??= import('./providers/anthropic.ts').then(({createAnthropicModel}) =>
			createAnthropicModel({
				credential,
				...(baseUrl !== undefined && {baseUrl}),
				profile,
				limits: limitsIn(env),
				clock,
				...(log !== undefined && {log}),
			}),
		);
		return opened;
	};

	const model: Model = {
		async *stream(request, signal) {
			yield* (await open()).stream(request, signal);
		},
		list: async signal => (await open()).list(signal),
	};
	return {model, credential};
}

/** The environment for another server than the one the keys were set for: a key for one service is not shown to another. */
export function environmentFor(env: Environment, baseUrl: string): Environment {
	const {ANTHROPIC_API_KEY: _, ANTHROPIC_AUTH_TOKEN: __, ...keyless} = env;
	return {...keyless, ANTHROPIC_BASE_URL: baseUrl};
}
