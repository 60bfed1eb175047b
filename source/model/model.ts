import type {CallId} from '../protocol/ids.ts';
import type {AssistantMessage, Message, StopReason, Usage} from '../protocol/message.ts';
import type {ToolDefinition} from '../protocol/tool.ts';
import {UserError} from '../protocol/user-error.ts';

/** What one answer is asked for. `system` and `pinned` are the head of the prompt: they stay the same for a whole conversation. */
export type ModelRequest = {
	readonly model: string;
	readonly maxTokens: number;
	readonly effort: 'low' | 'medium' | 'high' | 'xhigh' | 'max';
	readonly system: readonly string[];
	/** The pinned spec, one text a document; nothing is sent for it when it is empty. */
	readonly pinned: readonly string[];
	/** What the answer is for. Never sent: a recorded model finds its answer by it. */
	readonly purpose: {readonly stage: string; readonly spec?: string; readonly task?: string};
	readonly messages: readonly Message[];
	readonly tools: readonly ToolDefinition[];
	/** Lets the service search the web by itself, where it can. */
	readonly webSearch?: boolean;
};

export type ModelAnswer = {
	/** Tool calls are in it only when `stop` is `tool_use`: all others are cut off or not meant to run. */
	readonly message: AssistantMessage;
	readonly stop: StopReason;
	readonly usage: Usage;
	/** The model that answered, as the service names it. */
	readonly model: string;
	/** Calls whose input was not a JSON object, with the reason; their input in `message` is `{}`. */
	readonly invalidCalls: Readonly<Record<string, string>>;
	/** The calls that were left out of `message`, because they were cut off or not meant to run. */
	readonly droppedCalls: readonly {readonly call: CallId; readonly name: string}[];
};

/** What a model tells while it answers. The last event of a stream is always `answer`; a stream that cannot get there throws. */
export type ModelEvent =
	| {readonly type: 'text'; readonly delta: string}
	| {readonly type: 'thinking'; readonly delta: string}
	/** A tool call grows: `json` is its whole input so far. */
	| {readonly type: 'call'; readonly call: CallId; readonly name: string; readonly json: string}
	/** The service could not answer; the next attempt begins in `seconds`. */
	| {readonly type: 'waiting'; readonly attempt: number; readonly reason: string; readonly seconds: number}
	/** Nothing has arrived for this long; the attempt goes on. */
	| {readonly type: 'stalled'; readonly seconds: number}
	/** What was streamed so far is void: the answer begins anew. */
	| {readonly type: 'restarted'; readonly reason: string}
	| ({readonly type: 'answer'} & ModelAnswer);

export type OfferedModel = {readonly id: string; readonly name: string; readonly contextTokens?: number};

/** The port to a language model. Errors are `ModelError`, and after an abort it is always the kind `stopped`. */
export type Model = {
	readonly stream: (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;
	readonly list: (signal: AbortSignal) => Promise<readonly OfferedModel[]>;
};

export type ModelErrorKind =
	| 'stopped'
	| 'no-key'
	| 'auth'
	| 'billing'
	| 'forbidden'
	| 'not-found'
	| 'bad-request'
	| 'too-long'
	| 'too-large'
	| 'rate-limit'
	| 'overloaded'
	| 'unavailable'
	| 'unreachable'
	| 'broken-off'
	| 'stalled'
	| 'redirected'
	| 'not-a-model-service';

// The exit codes of the README's table: 7 no usable key, 8 the service cannot be reached or does not answer, 1 anything else.
const exitCodes: Readonly<Record<ModelErrorKind, number>> = {
	stopped: 1,
	'no-key': 7,
	auth: 7,
	billing: 8,
	forbidden: 7,
	'not-found': 1,
	'bad-request': 1,
	'too-long': 1,
	'too-large': 1,
	'rate-limit': 8,
	overloaded: 8,
	unavailable: 8,
	unreachable: 8,
	'broken-off': 8,
	stalled: 8,
	redirected: 8,
	'not-a-model-service': 8,
};

type ModelErrorOptions = {
	readonly nextStep: string;
	readonly cause?: unknown;
	/** How long the service asks to wait, in milliseconds. */
	readonly retryAfterMs?: number;
	/** The service said itself whether another attempt makes sense. */
	readonly shouldRetry?: boolean;
};

/** Why a model could not answer: a plain sentence, what to do now, and the exit code of a headless run. Never holds a key. */
export class ModelError extends UserError {
	readonly kind: ModelErrorKind;
	readonly retryAfterMs: number | undefined;
	readonly shouldRetry: boolean | undefined;

	constructor(kind: ModelErrorKind, message: string, options: ModelErrorOptions) {
		super(message, {nextStep: options.nextStep, cause: options.cause, exitCode: exitCodes[kind]});
		this.name = 'ModelError';
		this.kind = kind;
		this.retryAfterMs = options.retryAfterMs;
		this.shouldRetry = options.shouldRetry;
	}
}

/** The error of every wait that a person or the end of the program cut short. */
export function stoppedError(): ModelError {
	return new ModelError('stopped', 'Stopped', {nextStep: 'Send a message to go on'});
}
