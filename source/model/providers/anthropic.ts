import {type HostProfile, isAnthropicHost} from '../host-profile.ts';
import {type Model, type ModelRequest, stoppedError} from '../model.ts';
import {requestBody} from '../request.ts';
import {type RetryClock, type RetryLimits, withRetries} from '../retry.ts';
import type {WatchdogLimits} from '../watchdog.ts';
import {type ClientOptions, createClient} from './anthropic-client.ts';
import {explainFailure} from './connection-error.ts';
import {readModels} from './read-models.ts';
import {streamOnce} from './stream-once.ts';

export type ModelLimits = RetryLimits &
	WatchdogLimits & {
		/** Time to the first byte of an answer. Above 300 s Node's own limit comes first. */
		readonly headerTimeoutMs: number;
	};

export const defaultLimits: ModelLimits = {
	headerTimeoutMs: 120_000,
	warnMs: 20_000,
	idleMs: 90_000,
	noProgressMs: 300_000,
	maxRequests: 10,
	maxWaitMs: 300_000,
};

/** `baseUrl` as `normaliseBaseUrl` gives it; when absent it is Anthropic's own service, or the one of the stored login. */
export type AnthropicOptions = ClientOptions & {
	readonly profile: HostProfile;
	readonly limits?: Partial<ModelLimits>;
	readonly clock: RetryClock;
	/** Told a line for each request and failure, without keys and without texts of the conversation. */
	readonly log?: (line: string) => void;
};

function callIdsOf(request: ModelRequest): ReadonlySet<string> {
	return new Set(request.messages.flatMap(({content}) => content.flatMap(block => (block.type === 'tool_use' ? [block.id] : []))));
}

/** A model behind the Messages API: Anthropic's own service, or any host that speaks it. Nothing is loaded or sent before the first use. */
export function createAnthropicModel(options: AnthropicOptions): Model {
	const {baseUrl, clock, credential, profile, log = () => {}} = options;
	const given = {...defaultLimits, ...options.limits};
	// The SDK takes whole milliseconds only.
	const limits = {...given, headerTimeoutMs: Math.max(1, Math.round(given.headerTimeoutMs))};
	const host = baseUrl === undefined || isAnthropicHost(baseUrl) ? 'the model service' : new URL(baseUrl).host;
	const client = createClient(options);
	const secret = 'secret' in credential ? credential.secret() : undefined;
	return {
		async *stream(request, signal) {
			if (signal.aborted) {
				throw stoppedError();
			}

			const {model} = request;
			const attempt = {
				client,
				host,
				model,
				body: requestBody(request, profile),
				callIds: callIdsOf(request),
				limits,
				now: clock.now,
				secret,
				log,
				signal,
			};
			yield* withRetries(() => streamOnce(attempt), {limits, clock, signal, log});
		},
		async list(signal) {
			const {headerTimeoutMs} = limits;
			try {
				return readModels(await (await client()).get('/v1/models', {query: {limit: 1000}, signal, timeout: headerTimeoutMs}));
			} catch (error) {
				throw signal.aborted ? stoppedError() : explainFailure(error, {now: clock.now(), host, headerTimeoutMs, secret});
			}
		},
	};
}
