import type {ModelAnswer} from '../model/model.ts';
import {ModelError} from '../model/model.ts';
import type {Message} from '../protocol/message.ts';
import type {AgentEvent} from './agent-event.ts';
import {joinDeltas} from './join-deltas.ts';
import type {Turn, TurnOutcome} from './turn.ts';
import {createStep} from './turn-step.ts';

export type {AgentEvent} from './agent-event.ts';
export type {Turn, TurnOutcome} from './turn.ts';

const defaultMaxRequests = 100;

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
