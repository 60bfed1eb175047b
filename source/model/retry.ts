import {ModelError, type ModelErrorKind, type ModelEvent} from './model.ts';

export type RetryLimits = {
	/** Requests for one answer, the first included. */
	readonly maxRequests: number;
	/** All waiting for one answer together, in milliseconds. */
	readonly maxWaitMs: number;
};

export type RetryClock = {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** From 0 to 1. */
	readonly random: () => number;
	/** Resolves after this many milliseconds; throws `ModelError` of kind `stopped` when the signal is aborted. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type RetryDecision = {readonly kind: 'wait'; readonly ms: number} | {readonly kind: 'give-up'; readonly error: ModelError};

/** A wait that a person should see through; longer ones end the turn and say when the service takes requests again. */
const longestWaitMs = 60_000;

/** How many requests an error is worth. An answer that breaks off again and again costs its tokens each time. */
const requestsFor: Readonly<Partial<Record<ModelErrorKind, number>>> = {
	'rate-limit': Number.POSITIVE_INFINITY,
	overloaded: Number.POSITIVE_INFINITY,
	unavailable: Number.POSITIVE_INFINITY,
	unreachable: 3,
	'broken-off': 4,
	stalled: 4,
};

/** 1 s, doubled each time, at most 60 s, a quarter more or less so that many programs do not come back at once. */
function backoffMs(failures: number, random: number): number {
	return Math.min(longestWaitMs, 1000 * 2 ** (failures - 1)) * (0.75 + random / 2);
}

function timeOf(at: number): string {
	const date = new Date(at);
	return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

function spanOf(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}

function giveUp(error: ModelError, message: string, nextStep = error.nextStep): RetryDecision {
	return {kind: 'give-up', error: new ModelError(error.kind, message, {nextStep, cause: error})};
}

/**
 * Decides what follows a failed request. `failures` counts the failed requests of this answer, `waitedMs` what was waited for it so far.
 * A `retry-after` up to 60 s is obeyed; a longer one ends the attempts and says when the service takes requests again.
 */
export function decideRetry(
	error: ModelError,
	{failures, waitedMs}: {readonly failures: number; readonly waitedMs: number},
	limits: RetryLimits,
	clock: Pick<RetryClock, 'now' | 'random'>,
): RetryDecision {
	const worth = error.shouldRetry === false ? 1 : (requestsFor[error.kind] ?? 1);
	if (worth === 1) {
		return {kind: 'give-up', error};
	}

	const {retryAfterMs} = error;
	if (retryAfterMs !== undefined && retryAfterMs > longestWaitMs) {
		const message = `${error.message}. It takes requests again in ${spanOf(retryAfterMs)}, at ${timeOf(clock.now() + retryAfterMs)}`;
		return giveUp(error, message, `Ask again after ${timeOf(clock.now() + retryAfterMs)}, or choose another model with /model`);
	}

	if (failures >= Math.min(worth, limits.maxRequests)) {
		return giveUp(error, `${error.message} (${failures} attempts)`);
	}

	const backoff = backoffMs(failures, clock.random());
	const ms = Math.round(retryAfterMs === undefined ? backoff : retryAfterMs + backoff / 10);
	if (waitedMs + ms > limits.maxWaitMs) {
		return failures === 1 ? {kind: 'give-up', error} : giveUp(error, `${error.message} (${failures} attempts in ${spanOf(waitedMs)})`);
	}

	return {kind: 'wait', ms};
}

/** Asks until there is an answer, waits visibly in between, and tells when what was streamed before is void. */
export async function* withRetries(
	attempt: () => AsyncIterable<ModelEvent>,
	{
		limits,
		clock,
		signal,
		log,
	}: {readonly limits: RetryLimits; readonly clock: RetryClock; readonly signal: AbortSignal; readonly log: (line: string) => void},
): AsyncGenerator<ModelEvent, void, void> {
	let waitedMs = 0;
	for (let failures = 1; ; failures++) {
		let hasBegun = false;
		try {
			for await (const event of attempt()) {
				hasBegun ||= event.type !== 'stalled';
				yield event;
			}

			return;
		} catch (error) {
			if (!(error instanceof ModelError)) {
				throw error;
			}

			log(`attempt ${failures} failed (${error.kind}): ${error.message}`);
			const decision = decideRetry(error, {failures, waitedMs}, limits, clock);
			if (decision.kind === 'give-up') {
				throw decision.error;
			}

			if (hasBegun) {
				yield {type: 'restarted', reason: error.message};
			}

			yield {type: 'waiting', attempt: failures + 1, reason: error.message, seconds: Math.ceil(decision.ms / 1000)};
			await clock.sleep(decision.ms, signal);
			waitedMs += decision.ms;
		}
	}
}
