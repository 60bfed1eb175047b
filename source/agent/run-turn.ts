import type {Model, ModelAnswer, ModelRequest} from '../model/model.ts';
import {ModelError} from '../model/model.ts';
import type {Message, StopReason, ToolResultBlock} from '../protocol/message.ts';
import type {Artifact, Tool, ToolContext} from '../protocol/tool.ts';
import type {AgentEvent} from './agent-event.ts';
import {joinDeltas} from './join-deltas.ts';
import {createRepeatGuard} from './repeat-guard.ts';
import {type Decide, runCalls} from './run-calls.ts';

export type {AgentEvent} from './agent-event.ts';

export type TurnOutcome =
	/** The model ended its turn, for the reason given. */
	| {readonly kind: 'finished'; readonly stop: StopReason}
	/** The signal was aborted. */
	| {readonly kind: 'interrupted'}
	/** The turn made as many requests as one turn may. */
	| {readonly kind: 'limit'}
	/** A person declined a call and stopped the turn with it. */
	| {readonly kind: 'declined'};

/** What came up while the tools ran and goes to the model with their results. */
type Pending = {
	/** For the model only. */
	readonly texts: readonly string[];
	/** Messages of the person, shown in the chat too. */
	readonly shown: readonly string[];
	/** The documents that the model knows of after these texts. */
	readonly told: Readonly<Partial<Record<Artifact, string>>>;
};

export type Turn = {
	readonly model: Model;
	readonly request: Omit<ModelRequest, 'messages' | 'tools'>;
	/** The conversation so far; its last message is the person's. */
	readonly messages: readonly Message[];
	readonly tools: readonly Tool[];
	readonly context: ToolContext;
	readonly decide: Decide;
	readonly takePending: () => Promise<Pending>;
	readonly signal: AbortSignal;
	/** Requests that one turn may make; 100 unless said otherwise. */
	readonly maxRequests?: number;
};

const defaultMaxRequests = 100;
/** A service that pauses its own tools this often in one turn will not get further. */
const maxPauses = 10;

/** Told once a turn, when an answer was cut off inside a tool call. */
export const cutOffNotice =
	'Your answer reached its length limit in the middle of a tool call, so that call was not run. Do the same in smaller steps: several calls, each with less text.';

async function* ask(turn: Turn, messages: readonly Message[]): AsyncGenerator<AgentEvent, ModelAnswer | undefined, void> {
	const {model, request, tools, signal} = turn;
	try {
		for await (const event of joinDeltas(model.stream({...request, messages, tools}, signal))) {
			switch (event.type) {
				case 'text': {
					yield {type: 'text.streamed', delta: event.delta};
					break;
				}

				case 'thinking': {
					yield {type: 'thinking.streamed', delta: event.delta};
					break;
				}

				case 'call': {
					yield {...event, type: 'call.streamed'};
					break;
				}

				case 'waiting': {
					yield {...event, type: 'service.waiting'};
					break;
				}

				case 'stalled': {
					yield {...event, type: 'service.stalled'};
					break;
				}

				case 'restarted': {
					yield {...event, type: 'answer.restarted'};
					break;
				}

				case 'answer': {
					return event;
				}

				default: {
					event satisfies never;
				}
			}
		}
	} catch (error) {
		if (error instanceof ModelError && error.kind === 'stopped') {
			return undefined;
		}

		throw error;
	}

	throw new Error('the stream of the model ended without an answer');
}

async function* finishAnswer({message, stop, usage, model, droppedCalls}: ModelAnswer): AsyncGenerator<AgentEvent, void, void> {
	yield {type: 'answer.finished', message, stop, usage, model};
	for (const {call} of droppedCalls) {
		yield {type: 'call.finished', call, ok: false, display: {kind: 'text', text: 'Not run: the answer was cut off'}};
	}
}

/** Results that exist are told even when what should travel with them cannot be had: a call without its result would end the conversation. */
async function* appendResults(
	turn: Turn,
	results: readonly ToolResultBlock[],
	isEnding: boolean,
): AsyncGenerator<AgentEvent, Message, void> {
	let pending: Pending = {texts: [], shown: [], told: {}};
	try {
		pending = isEnding ? pending : await turn.takePending();
	} catch (error) {
		yield {type: 'results.appended', message: {role: 'user', content: results}, shown: []};
		throw error;
	}

	const texts = [...pending.texts, ...pending.shown].filter(text => text !== '').map(text => ({type: 'text' as const, text}));
	const message: Message = {role: 'user', content: [...results, ...texts]};
	yield {type: 'results.appended', message, shown: pending.shown, toldTexts: pending.told};
	return message;
}

type Step = {readonly kind: 'end'; readonly outcome: TurnOutcome} | {readonly kind: 'go-on'; readonly message?: Message};

const goOn: Step = {kind: 'go-on'};

async function* answerCalls(
	turn: Turn,
	answer: ModelAnswer,
	guard: ReturnType<typeof createRepeatGuard>,
): AsyncGenerator<AgentEvent, Step, void> {
	const calls = answer.message.content.filter(block => block.type === 'tool_use');
	if (calls.length === 0) {
		return {kind: 'end', outcome: {kind: 'finished', stop: 'unknown'}};
	}

	const {results, end} = yield* runCalls(calls, {...turn, invalidCalls: answer.invalidCalls, guard});
	const message = yield* appendResults(turn, results, end !== undefined);
	return end === undefined ? {kind: 'go-on', message} : {kind: 'end', outcome: {kind: end}};
}

function createStep(turn: Turn) {
	const guard = createRepeatGuard();
	let pauses = 0;
	let wasTold = false;
	return async function* step(answer: ModelAnswer): AsyncGenerator<AgentEvent, Step, void> {
		switch (answer.stop) {
			case 'tool_use': {
				return yield* answerCalls(turn, answer, guard);
			}

			case 'pause_turn': {
				pauses += 1;
				return pauses > maxPauses ? {kind: 'end', outcome: {kind: 'limit'}} : goOn;
			}

			case 'max_tokens': {
				if (answer.droppedCalls.length === 0 || wasTold) {
					return {kind: 'end', outcome: {kind: 'finished', stop: answer.stop}};
				}

				wasTold = true;
				const message: Message = {role: 'user', content: [{type: 'text', text: cutOffNotice}]};
				yield {type: 'results.appended', message, shown: []};
				return {kind: 'go-on', message};
			}

			case 'end_turn':
			case 'stop_sequence':
			case 'refusal':
			case 'model_context_window_exceeded':
			case 'unknown': {
				return {kind: 'end', outcome: {kind: 'finished', stop: answer.stop}};
			}

			default: {
				return answer.stop satisfies never;
			}
		}
	};
}

/**
 * Runs one turn: asks, runs the calls of the answer, asks again, until the model is done, the signal is aborted, or a limit is reached.
 * Yields what happens; the events between an `answer.finished` with calls and its `results.appended` are never left incomplete, so that
 * the conversation is legal at every end. Throws `ModelError` when the model cannot be reached.
 */
export async function* runTurn(turn: Turn): AsyncGenerator<AgentEvent, TurnOutcome, void> {
	const messages = [...turn.messages];
	const step = createStep(turn);
	const maxRequests = turn.maxRequests ?? defaultMaxRequests;
	for (let requests = 0; requests < maxRequests; requests++) {
		const answer = yield* ask(turn, messages);
		if (answer === undefined) {
			return {kind: 'interrupted'};
		}

		yield* finishAnswer(answer);
		if (answer.message.content.length > 0) {
			messages.push(answer.message);
		}

		const next = yield* step(answer);
		if (next.kind === 'end') {
			return next.outcome;
		}

		if (next.message !== undefined) {
			messages.push(next.message);
		}
	}

	return {kind: 'limit'};
}
