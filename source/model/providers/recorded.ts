import type {CallId} from '../../protocol/ids.ts';
import type {AssistantBlock, AssistantMessage, Message, Usage} from '../../protocol/message.ts';
import {noUsage} from '../../protocol/message.ts';
import {type Model, type ModelEvent, type ModelRequest, stoppedError} from '../model.ts';
import {sleep} from '../sleep.ts';

export type RecordedBlock =
	| {readonly type: 'thinking'; readonly thinking: string}
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'tool_use'; readonly name: string; readonly input: Readonly<Record<string, unknown>>};

/** One answer of the script. Answers of the same `for` are given one after the other, in their order. */
export type RecordedAnswer = {
	/** The stage, or the short route, and the task where there is one: `requirements`, `quick`, `implement 1.1`. */
	readonly for: string;
	/** What the newest message of the user must hold, in a text or a tool result; else this answer is not given. */
	readonly expects?: string;
	readonly blocks: readonly RecordedBlock[];
};

export type RecordedOptions = {
	readonly answers: readonly RecordedAnswer[];
	/** Said when the script has no answer. It must say of itself that it is a fixed reply. */
	readonly fallback: string;
	/** Pause after each piece of an answer, in milliseconds; 0 waits for nothing. */
	readonly delayMs: number;
};

const modelId = 'recorded';
/** Characters that stream in as one piece, about a word. */
const pieceLength = 8;

function isFallback(message: Message, fallback: string): boolean {
	const [only, ...others] = message.content;
	return others.length === 0 && only?.type === 'text' && only.text === fallback;
}

function holds(message: Message | undefined, expected: string): boolean {
	return (message?.content ?? []).some(
		block => (block.type === 'text' && block.text.includes(expected)) || (block.type === 'tool_result' && block.content.includes(expected)),
	);
}

/** Finds the answer by the conversation alone, so that a resumed one goes on where it was. */
function choose({purpose, messages}: ModelRequest, {answers, fallback}: RecordedOptions) {
	const key = purpose.task === undefined ? purpose.stage : `${purpose.stage} ${purpose.task}`;
	const position = messages.filter(message => message.role === 'assistant' && !isFallback(message, fallback)).length;
	const answer = answers.filter(candidate => candidate.for === key)[position];
	const fits =
		answer !== undefined &&
		(answer.expects === undefined ||
			holds(
				messages.findLast(({role}) => role === 'user'),
				answer.expects,
			));
	const blocks: readonly RecordedBlock[] = fits ? answer.blocks : [{type: 'text', text: fallback}];
	return {blocks, idStart: `toolu_${key}_${position}`.replaceAll(/[^\w-]/g, '_')};
}

function toBlock(block: RecordedBlock, id: string): AssistantBlock {
	switch (block.type) {
		case 'text': {
			return block;
		}

		case 'thinking': {
			return {...block, signature: 'recorded'};
		}

		case 'tool_use': {
			return {type: 'tool_use', id, name: block.name, input: block.input};
		}

		default: {
			return block satisfies never;
		}
	}
}

/** About four characters a token, the measure that is near enough for a tour. */
function tokensOf(value: unknown): number {
	return Math.ceil(JSON.stringify(value).length / 4);
}

/** What a service with a cache would have counted: the head is written once, then everything but the newest message is read. */
function usageOf(request: ModelRequest, message: AssistantMessage): Usage {
	const {system, tools, pinned, messages} = request;
	const head = tokensOf([system, tools, pinned]);
	const output = tokensOf(message.content);
	const newest = tokensOf(messages.at(-1) ?? '');
	return messages.length <= 1
		? {...noUsage, output, input: newest, cacheWrite1h: head}
		: {...noUsage, output, input: 1, cacheRead: head + tokensOf(messages.slice(0, -1)), cacheWrite5m: newest};
}

function piecesOf(text: string): readonly string[] {
	const pieces: string[] = [];
	const characters = [...text];
	for (let at = 0; at < characters.length; at += pieceLength) {
		pieces.push(characters.slice(at, at + pieceLength).join(''));
	}

	return pieces;
}

function* eventsOf(block: AssistantBlock): Generator<ModelEvent, void, void> {
	if (block.type === 'text') {
		yield* piecesOf(block.text).map(delta => ({type: 'text' as const, delta}));
	}

	if (block.type === 'thinking') {
		yield* piecesOf(block.thinking).map(delta => ({type: 'thinking' as const, delta}));
	}

	if (block.type === 'tool_use') {
		let json = '';
		for (const piece of ['', ...piecesOf(JSON.stringify(block.input))]) {
			json += piece;
			yield {type: 'call', call: block.id as CallId, name: block.name, json};
		}
	}
}

/**
 * A model without a model: it answers from a script and says so. It keeps no state, waits for nothing but its own pace, and gives the same
 * events as a real one.
 */
export function createRecordedModel(options: RecordedOptions): Model {
	return {
		async *stream(request, signal) {
			const {blocks, idStart} = choose(request, options);
			const message: AssistantMessage = {role: 'assistant', content: blocks.map((block, index) => toBlock(block, `${idStart}_${index}`))};
			for (const event of message.content.flatMap(block => [...eventsOf(block)])) {
				if (signal.aborted) {
					throw stoppedError();
				}

				yield event;
				if (options.delayMs > 0) {
					await sleep(options.delayMs, signal);
				}
			}

			const stop = blocks.some(block => block.type === 'tool_use') ? 'tool_use' : 'end_turn';
			yield {type: 'answer', message, stop, usage: usageOf(request, message), model: modelId, invalidCalls: {}, droppedCalls: []};
		},
		async list() {
			return [{id: modelId, name: 'Recorded answers (no model)'}];
		},
	};
}
