import type {Anthropic} from '@anthropic-ai/sdk';
import {type ModelAnswer, ModelError, type ModelEvent, stoppedError} from '../model.ts';
import {createQueue} from '../queue.ts';
import type {RequestBody} from '../request.ts';
import {createWatchdog, type Watchdog, type WatchdogLimits} from '../watchdog.ts';
import {explainFailure} from './connection-error.ts';
import {createAnswerReader} from './read-answer.ts';

/** One request for one answer. */
export type Attempt = {
	readonly client: () => Promise<Anthropic>;
	/** Who is asked, for the messages. */
	readonly host: string;
	readonly model: string;
	readonly body: RequestBody;
	/** The ids of all calls that the conversation holds. */
	readonly callIds: ReadonlySet<string>;
	readonly limits: WatchdogLimits & {readonly headerTimeoutMs: number};
	readonly now: () => number;
	/** The key, so that no message repeats it. */
	readonly secret: string | undefined;
	readonly log: (line: string) => void;
	readonly signal: AbortSignal;
};

/** How long the connection of a finished answer may take to close, in milliseconds; closed by itself it serves the next request too. */
const lingerMs = 1000;

function requireEventStream(response: Response, host: string) {
	const type = response.headers.get('content-type') ?? '';
	if (response.status !== 200 || !type.startsWith('text/event-stream')) {
		throw new ModelError('not-a-model-service', `The answer of ${host} is not that of a model service`, {
			nextStep: 'Check ANTHROPIC_BASE_URL, and whether a login page of the network stands in between',
		});
	}
}

/** The response, with each chunk of its body told: comments keep a stream alive too, and the SDK does not show them. */
function tapped(response: Response, onChunk: () => void): Response {
	const tap = new TransformStream<Uint8Array, Uint8Array>({
		transform(chunk, controller) {
			onChunk();
			controller.enqueue(chunk);
		},
	});
	return new Response(response.body?.pipeThrough(tap) ?? null, {headers: response.headers});
}

function silenceError(why: 'idle' | 'no-progress', {host, limits}: Attempt): ModelError {
	const seconds = Math.round((why === 'idle' ? limits.idleMs : limits.noProgressMs) / 1000);
	const message =
		why === 'idle'
			? `Silence from ${host} for ${seconds} s in the middle of an answer`
			: `Only signs of life from ${host} for ${seconds} s, and no word of an answer`;
	return new ModelError('stalled', message, {nextStep: 'Send the message again'});
}

async function open({client, host, model, body, limits, now, log}: Attempt, signal: AbortSignal): Promise<Response> {
	const startedAt = now();
	const {headerTimeoutMs: timeout} = limits;
	const response = await (await client()).post('/v1/messages', {body, stream: true, timeout, signal}).asResponse();
	log(`POST /v1/messages ${model}: ${response.status} in ${now() - startedAt} ms, ${response.headers.get('request-id') ?? 'no id'}`);
	requireEventStream(response, host);
	return response;
}

type Sink = {readonly push: (event: ModelEvent) => void; readonly watchdog: Watchdog; readonly control: AbortController};

/** Reads the answer to its end, and on to the end of the connection. */
async function pump(attempt: Attempt, {push, watchdog, control}: Sink): Promise<void> {
	const response = await open(attempt, AbortSignal.any([attempt.signal, control.signal]));
	watchdog.begin();
	const reader = createAnswerReader(attempt.model, attempt.callIds);
	const {Stream} = await import('@anthropic-ai/sdk/core/streaming');
	let answer: ModelAnswer | undefined;
	for await (const {data} of Stream.rawEvents(tapped(response, watchdog.touch), control)) {
		const events = data === '' ? [] : reader.take(data);
		if (events.length > 0) {
			watchdog.progress();
		}

		events.forEach(push);
		if (answer === undefined && reader.isDone()) {
			answer = reader.answer();
			push({type: 'answer', ...answer});
		}
	}

	// Throws when the connection was closed before the end of the answer.
	reader.answer();
}

/**
 * Asks once. Ends with the `answer` event, or throws `ModelError`: when the service refuses, when the stream breaks off, and when one of
 * the limits is passed. An abort ends it at once, whatever the connection does.
 */
export async function* streamOnce(attempt: Attempt): AsyncGenerator<ModelEvent, void, void> {
	const {limits, host, signal} = attempt;
	const queue = createQueue<ModelEvent>();
	const control = new AbortController();
	const watchdog = createWatchdog(limits, {
		silence: seconds => queue.push({type: 'stalled', seconds}),
		expire(why) {
			queue.fail(silenceError(why, attempt));
			control.abort();
		},
	});
	const stop = () => queue.fail(stoppedError());
	signal.addEventListener('abort', stop, {once: true});
	pump(attempt, {push: queue.push, watchdog, control}).then(queue.end, error => {
		queue.fail(
			signal.aborted
				? stoppedError()
				: explainFailure(error, {now: attempt.now(), host, headerTimeoutMs: limits.headerTimeoutMs, secret: attempt.secret}),
		);
	});
	let isAnswered = false;
	try {
		for await (const event of queue) {
			isAnswered = event.type === 'answer';
			yield event;
			if (isAnswered) {
				return;
			}
		}
	} finally {
		watchdog.stop();
		signal.removeEventListener('abort', stop);
		setTimeout(() => control.abort(), isAnswered ? lingerMs : 0).unref();
	}
}
