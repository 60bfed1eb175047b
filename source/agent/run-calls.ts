import {createQueue} from '../model/queue.ts';
import type {CallId} from '../protocol/ids.ts';
import type {ToolResultBlock, ToolUseBlock} from '../protocol/message.ts';
import type {Tool, ToolContext, ToolOutcome} from '../protocol/tool.ts';
import type {AgentEvent} from './agent-event.ts';
import {type PreparedCall, prepareCall} from './prepare-call.ts';
import type {Judged, Loop, RepeatGuard} from './repeat-guard.ts';
import {runTool} from './run-tool.ts';

type CallDecision = {readonly allowed: true} | {readonly allowed: false; readonly reason: string; readonly stopTurn?: boolean};

/** Decides whether a call may run, by rules or by a person. */
export type Decide = (call: {readonly call: CallId; readonly tool: Tool; readonly input: unknown}) => Promise<CallDecision>;

export type CallsToRun = {
	readonly tools: readonly Tool[];
	readonly context: ToolContext;
	readonly decide: Decide;
	readonly signal: AbortSignal;
	/** Calls whose input was not a JSON object, with the reason. */
	readonly invalidCalls: Readonly<Record<string, string>>;
	readonly guard: RepeatGuard;
};

export type CallsEnd = {
	/** One for each call, in the order of the calls. */
	readonly results: readonly ToolResultBlock[];
	/** Why the turn ends here; undefined lets it go on. */
	readonly end?:
		| {readonly kind: 'interrupted'}
		| {readonly kind: 'declined'}
		| {readonly kind: 'looping'; readonly loop: Loop}
		/** The last call ended it, with these words. */
		| {readonly kind: 'closed'; readonly words: string};
};

/** More than any tool gives by itself. */
const maxResultCharacters = 64_000;

type Runnable = Extract<PreparedCall, {kind: 'runnable'}>;
type Answered = {readonly outcome: ToolOutcome; readonly stopTurn: boolean};

function notRun(why: string): ToolOutcome {
	return {ok: false, forModel: `Not run: ${why}`, display: {kind: 'text', text: `Not run: ${why}`}};
}

function whyNotRun(stopped: Stopped | undefined): string {
	switch (stopped) {
		case undefined: {
			return 'the person interrupted the turn first.';
		}

		case 'declined': {
			return 'the person stopped the turn at an earlier call.';
		}

		case 'held': {
			return 'it rests on an earlier call that did not succeed.';
		}

		default: {
			return stopped satisfies never;
		}
	}
}

function endsTurn(call: PreparedCall): boolean {
	return call.kind === 'runnable' && call.tool.lastWords !== undefined;
}

/** The words of a last call that ended the turn. */
function lastWordsOf(call: PreparedCall | undefined, results: Results): string | undefined {
	return call?.kind === 'runnable' && results.areAllOk() ? call.tool.lastWords?.(call.input) : undefined;
}

function goesOn(why: string): ToolOutcome {
	return {ok: true, forModel: `The turn goes on: ${why}`, display: {kind: 'closing', text: ''}};
}

const notAllSucceeded = 'not every call before this one succeeded.';

/** Why a call that ends the turn does not: it would hide from the model what went wrong. */
function whyNotEnded(call: PreparedCall, calls: readonly PreparedCall[], results: Results): string | undefined {
	if (!endsTurn(call)) {
		return undefined;
	}

	if (call !== calls.at(-1)) {
		return 'there are calls behind this one.';
	}

	return results.areAllOk() ? undefined : notAllSucceeded;
}

/** Asks for one call; undefined means that it may run. */
async function* admit(
	call: PreparedCall,
	options: CallsToRun,
	whyOn: string | undefined,
): AsyncGenerator<AgentEvent, Answered | undefined, void> {
	const {id, name} = call.block;
	yield {type: 'call.requested', call: id as CallId, name, title: call.title};
	if (call.kind === 'refused') {
		return {outcome: {ok: false, forModel: call.why, display: {kind: 'text', text: call.why}}, stopTurn: false};
	}

	if (whyOn !== undefined) {
		return {outcome: goesOn(whyOn), stopTurn: false};
	}

	const decision = await options.decide({call: id as CallId, tool: call.tool, input: call.input});
	return decision.allowed ? undefined : {outcome: notRun(decision.reason), stopTurn: decision.stopTurn === true};
}

function bounded(text: string): string {
	const left = text.length - maxResultCharacters;
	return left > 0 ? `${text.slice(0, maxResultCharacters)}\n[… ${left} characters left out: ask for less at once to see them]` : text;
}

function createResults() {
	const outcomes = new Map<string, ToolOutcome>();
	return {
		/** Keeps the outcome of a call, and gives the event that tells of it. */
		keep(block: ToolUseBlock, outcome: ToolOutcome): AgentEvent {
			outcomes.set(block.id, {...outcome, forModel: outcome.forModel === '' ? '(no output)' : bounded(outcome.forModel)});
			return {type: 'call.finished', call: block.id as CallId, ok: outcome.ok, display: outcome.display};
		},
		has: (id: string) => outcomes.has(id),
		areAllOk: () => [...outcomes.values()].every(({ok}) => ok),
		get: (id: string) => outcomes.get(id),
		inOrder: (calls: readonly ToolUseBlock[], advice: ReadonlyMap<string, string>): readonly ToolResultBlock[] =>
			calls.flatMap(({id}) => {
				const outcome = outcomes.get(id);
				if (outcome === undefined) {
					return [];
				}

				const told = advice.get(id);
				const content = told === undefined ? outcome.forModel : `${outcome.forModel}\n\n${told}`;
				return [{type: 'tool_result' as const, tool_use_id: id, content, ...(!outcome.ok && {is_error: true})}];
			}),
	};
}

type Results = ReturnType<typeof createResults>;

/** Runs calls at the same time, and yields their output as it comes; none after an abort. */
async function* runTogether(calls: readonly Runnable[], options: CallsToRun, results: Results): AsyncGenerator<AgentEvent, void, void> {
	if (options.signal.aborted) {
		return;
	}

	const events = createQueue<AgentEvent>();
	const running = calls.map(async call => {
		const outcome = await runTool(call, options.context, text => events.push({type: 'call.output', call: call.block.id as CallId, text}));
		events.push(results.keep(call.block, outcome));
	});
	Promise.all(running).then(events.end, events.fail);
	yield* events;
}

/** Whether the calls behind this one rest on something that did not come true. */
function holdsRest(call: PreparedCall, results: Results): boolean {
	return call.kind === 'runnable' && call.tool.holdsRest === true && results.get(call.block.id)?.ok === false;
}

function isRead(call: PreparedCall): boolean {
	return call.kind === 'runnable' && call.action.kind === 'read';
}

/** What was refused before it could run is the same call as another one with the same mistake. */
function judgedOf(call: PreparedCall, outcome: ToolOutcome | undefined): Judged {
	const {id, name, input} = call.block;
	const key = `${name} ${call.kind === 'refused' ? call.why : JSON.stringify(input)}`;
	const mayChange = call.kind === 'runnable' && call.action.kind !== 'read' && call.action.kind !== 'package-lookup';
	return {id, key, ok: outcome?.ok === true, text: outcome?.forModel ?? '', mayChange};
}

/** Why calls are left that were not run. */
type Stopped = 'declined' | 'held';

/** Reads that stand next to each other, which run together; every other call by itself, after what came before it. */
function batchesOf(calls: readonly PreparedCall[]): readonly (readonly PreparedCall[])[] {
	const batches: PreparedCall[][] = [];
	for (const [index, call] of calls.entries()) {
		const before = calls[index - 1];
		if (before !== undefined && isRead(before) && isRead(call)) {
			batches.at(-1)?.push(call);
		} else {
			batches.push([call]);
		}
	}

	return batches;
}

type Asking = {readonly all: readonly PreparedCall[]; readonly options: CallsToRun; readonly results: Results};

/** Asks for each call of a batch, until a person stops the turn. */
async function* admitBatch(
	batch: readonly PreparedCall[],
	{all, options, results}: Asking,
): AsyncGenerator<AgentEvent, {readonly admitted: readonly Runnable[]; readonly isDeclined: boolean}, void> {
	const admitted: Runnable[] = [];
	for (const call of batch) {
		if (options.signal.aborted) {
			break;
		}

		const answered = yield* admit(call, options, whyNotEnded(call, all, results));
		if (answered !== undefined) {
			yield results.keep(call.block, answered.outcome);
		} else if (call.kind === 'runnable') {
			admitted.push(call);
		}

		if (answered?.stopTurn === true) {
			return {admitted, isDeclined: true};
		}
	}

	return {admitted, isDeclined: false};
}

async function* runUntilStopped(
	calls: readonly PreparedCall[],
	options: CallsToRun,
	results: Results,
): AsyncGenerator<AgentEvent, Stopped | undefined, void> {
	for (const batch of batchesOf(calls)) {
		const {admitted, isDeclined} = yield* admitBatch(batch, {all: calls, options, results});
		yield* runTogether(admitted, options, results);
		if (isDeclined) {
			return 'declined';
		}

		if (batch.some(call => holdsRest(call, results))) {
			return 'held';
		}
	}

	return undefined;
}

/** Answers the calls that the turn did not come to. `stopped` is absent where a person interrupted it. */
async function* answerRest(
	rest: readonly PreparedCall[],
	results: Results,
	stopped: Stopped | undefined,
): AsyncGenerator<AgentEvent, void, void> {
	for (const call of rest) {
		const {block, title} = call;
		if (stopped === 'held' && endsTurn(call)) {
			yield results.keep(block, goesOn(notAllSucceeded));
			continue;
		}

		if (stopped !== undefined) {
			// Nobody was asked about it, but a person reads what it would have been.
			yield {type: 'call.requested', call: block.id as CallId, name: block.name, title};
		}

		yield results.keep(block, notRun(whyNotRun(stopped)));
	}
}

/**
 * Runs the tool calls of one answer and gives a result for every one of them, whatever happens: an unknown tool, a wrong input, a refusal
 * and an abort are results too, with a sentence that the model can act on. Writes and commands run one after the other, in their order.
 */
export async function* runCalls(calls: readonly ToolUseBlock[], options: CallsToRun): AsyncGenerator<AgentEvent, CallsEnd, void> {
	const results = createResults();
	const prepared = calls.map(block => prepareCall(block, options.tools, options.invalidCalls[block.id]));
	const stopped = yield* runUntilStopped(prepared, options, results);
	const wasAborted = options.signal.aborted;
	yield* answerRest(
		prepared.filter(({block}) => !results.has(block.id)),
		results,
		wasAborted ? undefined : stopped,
	);
	// That the turn goes on says nothing of the work.
	const judged = prepared.filter(call => !endsTurn(call)).map(call => judgedOf(call, results.get(call.block.id)));
	const {advice, loop} = options.guard(judged);
	const all = results.inOrder(calls, advice);
	if (wasAborted || stopped === 'declined') {
		return {results: all, end: {kind: wasAborted ? 'interrupted' : 'declined'}};
	}

	const words = lastWordsOf(prepared.at(-1), results);
	if (words !== undefined) {
		return {results: all, end: {kind: 'closed', words}};
	}

	return {results: all, ...(loop !== undefined && {end: {kind: 'looping', loop}})};
}
