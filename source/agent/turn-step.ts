import type {ModelAnswer} from '../model/model.ts';
import type {Message, StopReason, UserBlock} from '../protocol/message.ts';
import type {AgentEvent} from './agent-event.ts';
import {createRepeatGuard, type RepeatGuard} from './repeat-guard.ts';
import {reviewAnswer, type Shortfall} from './review-answer.ts';
import {runCalls} from './run-calls.ts';
import type {Pending, Turn, TurnOutcome} from './turn.ts';

/** A service that pauses its own tools this often in one turn will not get further. */
const maxPauses = 10;

/** Results that exist are told even when what should travel with them cannot be had: a call without its result would end the conversation. */
async function* appendBlocks(turn: Turn, blocks: readonly UserBlock[], isEnding: boolean): AsyncGenerator<AgentEvent, Message, void> {
	let pending: Pending = {texts: [], shown: [], told: {}};
	try {
		pending = isEnding ? pending : await turn.takePending();
	} catch (error) {
		yield {type: 'results.appended', message: {role: 'user', content: blocks}, shown: []};
		throw error;
	}

	const texts = [...pending.texts, ...pending.shown].filter(text => text !== '').map(text => ({type: 'text' as const, text}));
	const message: Message = {role: 'user', content: [...blocks, ...texts]};
	yield {type: 'results.appended', message, shown: pending.shown, toldTexts: pending.told};
	return message;
}

export type Step = {readonly kind: 'end'; readonly outcome: TurnOutcome} | {readonly kind: 'go-on'; readonly message?: Message};

const goOn: Step = {kind: 'go-on'};

async function* answerCalls(turn: Turn, answer: ModelAnswer, guard: RepeatGuard): AsyncGenerator<AgentEvent, Step, void> {
	const calls = answer.message.content.filter(block => block.type === 'tool_use');
	const {results, end} = yield* runCalls(calls, {...turn, invalidCalls: answer.invalidCalls, guard});
	const message = yield* appendBlocks(turn, results, end !== undefined);
	return end === undefined ? {kind: 'go-on', message} : {kind: 'end', outcome: end};
}

type NoticeKind = Shortfall['kind'] | 'cut-off';

/** Tells the model something once in a turn; undefined when it was told before. */
function createTell(turn: Turn) {
	const told = new Set<NoticeKind>();
	return async function* tell(kind: NoticeKind, notice: string): AsyncGenerator<AgentEvent, Step | undefined, void> {
		if (told.has(kind)) {
			return undefined;
		}

		told.add(kind);
		const message = yield* appendBlocks(turn, [{type: 'text', text: notice}], false);
		return {kind: 'go-on', message};
	};
}

/** What comes after an answer, for one turn: its calls are run, what it lacks is told once, or the turn ends. */
export function createStep(turn: Turn): (answer: ModelAnswer) => AsyncGenerator<AgentEvent, Step, void> {
	const guard = createRepeatGuard();
	const tell = createTell(turn);
	let pauses = 0;
	const endWith = (stop: StopReason): Step => ({kind: 'end', outcome: {kind: 'finished', stop}});

	async function* endTurn(answer: ModelAnswer, stop: StopReason): AsyncGenerator<AgentEvent, Step, void> {
		const shortfall = await reviewAnswer(answer, turn);
		if (shortfall === undefined) {
			return endWith(stop);
		}

		const again = yield* tell(shortfall.kind, shortfall.notice);
		return again ?? (shortfall.kind === 'empty' ? {kind: 'end', outcome: {kind: 'empty'}} : endWith(stop));
	}

	return async function* step(answer: ModelAnswer): AsyncGenerator<AgentEvent, Step, void> {
		switch (answer.stop) {
			case 'tool_use': {
				const hasCalls = answer.message.content.some(block => block.type === 'tool_use');
				return hasCalls ? yield* answerCalls(turn, answer, guard) : yield* endTurn(answer, 'unknown');
			}

			case 'pause_turn': {
				pauses += 1;
				return pauses > maxPauses ? {kind: 'end', outcome: {kind: 'limit'}} : goOn;
			}

			case 'max_tokens': {
				const again = answer.droppedCalls.length === 0 ? undefined : yield* tell('cut-off', turn.notices['call-cut-off'] ?? '');
				return again ?? endWith(answer.stop);
			}

			case 'end_turn':
			case 'stop_sequence': {
				return yield* endTurn(answer, answer.stop);
			}

			case 'refusal':
			case 'model_context_window_exceeded':
			case 'unknown': {
				return endWith(answer.stop);
			}

			default: {
				return answer.stop satisfies never;
			}
		}
	};
}
