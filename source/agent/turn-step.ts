import type {ModelAnswer} from '../model/model.ts';
import type {Message, StopReason, UserBlock} from '../protocol/message.ts';
import type {AgentEvent} from './agent-event.ts';
import {createRepeatGuard, type RepeatGuard} from './repeat-guard.ts';
import {reviewAnswer, reviewWords, type Shortfall} from './review-answer.ts';
import {runCalls} from './run-calls.ts';
import type {Pending, Turn, TurnOutcome} from './turn.ts';

/** A service that pauses its own tools this often in one turn will not get further. */
const maxPauses = 10;

/** Results that exist are told even when what should travel with them cannot be had: a call without its result would end the conversation. */
async function* appendBlocks(blocks: readonly UserBlock[], take: () => Promise<Pending>): AsyncGenerator<AgentEvent, Message, void> {
	let pending: Pending;
	try {
		pending = await take();
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

type NoticeKind = Shortfall['kind'] | 'cut-off';

/** So often in one turn the same is told. */
const maxTold = 3;

/** Tells the model what its answers lack; the same again only after it has sent a call, and a few times in a turn. */
function createNotices() {
	const times = new Map<NoticeKind, number>();
	const sinceCall = new Set<NoticeKind>();
	return {
		/** The model works again, so what it was told before has helped. */
		takeCall: () => sinceCall.clear(),
		/** Whether it may be told now, which counts as telling it. */
		take(kind: NoticeKind): boolean {
			const count = times.get(kind) ?? 0;
			if (sinceCall.has(kind) || count >= maxTold) {
				return false;
			}

			sinceCall.add(kind);
			times.set(kind, count + 1);
			return true;
		},
	};
}

type Notices = ReturnType<typeof createNotices>;

async function* answerCalls(turn: Turn, answer: ModelAnswer, guard: RepeatGuard, notices: Notices): AsyncGenerator<AgentEvent, Step, void> {
	const calls = answer.message.content.filter(block => block.type === 'tool_use');
	const {results, end} = yield* runCalls(calls, {...turn, invalidCalls: answer.invalidCalls, guard});
	const takeLast = async (): Promise<Pending> => ({texts: [], shown: [], told: await turn.ownTexts()});
	if (end?.kind !== 'closed') {
		const message = yield* appendBlocks(results, end === undefined ? turn.takePending : takeLast);
		return end === undefined ? {kind: 'go-on', message} : {kind: 'end', outcome: end};
	}

	const shortfall = await reviewWords(end.words, turn);
	if (shortfall !== undefined && notices.take(shortfall.kind)) {
		return {kind: 'go-on', message: yield* appendBlocks([...results, {type: 'text', text: shortfall.notice}], turn.takePending)};
	}

	yield* appendBlocks(results, takeLast);
	return {kind: 'end', outcome: shortfall?.end ?? {kind: 'finished', stop: 'end_turn'}};
}

/** What comes after an answer, for one turn: its calls are run, the model is told what it lacks, or the turn ends. */
export function createStep(turn: Turn): (answer: ModelAnswer) => AsyncGenerator<AgentEvent, Step, void> {
	const guard = createRepeatGuard();
	const notices = createNotices();
	let pauses = 0;
	const endWith = (stop: StopReason): Step => ({kind: 'end', outcome: {kind: 'finished', stop}});

	/** The next step where the model may be told this; undefined when it was told before. */
	async function* tell(kind: NoticeKind, notice: string): AsyncGenerator<AgentEvent, Step | undefined, void> {
		return notices.take(kind) ? {kind: 'go-on', message: yield* appendBlocks([{type: 'text', text: notice}], turn.takePending)} : undefined;
	}

	async function* endTurn(answer: ModelAnswer, stop: StopReason): AsyncGenerator<AgentEvent, Step, void> {
		const shortfall = await reviewAnswer(answer, turn);
		if (shortfall === undefined) {
			return endWith(stop);
		}

		const again = yield* tell(shortfall.kind, shortfall.notice);
		return again ?? (shortfall.end === undefined ? endWith(stop) : {kind: 'end', outcome: shortfall.end});
	}

	return async function* step(answer: ModelAnswer): AsyncGenerator<AgentEvent, Step, void> {
		switch (answer.stop) {
			case 'tool_use': {
				const hasCalls = answer.message.content.some(block => block.type === 'tool_use');
				if (!hasCalls) {
					return yield* endTurn(answer, 'unknown');
				}

				notices.takeCall();
				return yield* answerCalls(turn, answer, guard, notices);
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
