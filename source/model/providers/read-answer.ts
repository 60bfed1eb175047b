import type {CallId} from '../../protocol/ids.ts';
import type {AssistantBlock, StopReason, ToolUseBlock, Usage} from '../../protocol/message.ts';
import {noUsage} from '../../protocol/message.ts';
import {type ModelAnswer, ModelError, type ModelEvent} from '../model.ts';
import {type Fields, fieldsOf, numberOf, textOf} from './json-fields.ts';
import {type OpenBlock, openBlock, settleBlock} from './open-block.ts';
import {errorFromEvent} from './service-error.ts';

/** Reads one streamed answer, event by event, as `{type, …}` objects of the Messages API. */
export type AnswerReader = {
	/** Takes the data of one server-sent event. Throws `ModelError` on an error event and on data that is not JSON. */
	readonly take: (data: string) => readonly ModelEvent[];
	/** True from `message_stop` on. */
	readonly isDone: () => boolean;
	/** The whole answer. Throws `ModelError` of kind `broken-off` before `message_stop`: a part of an answer is never given out. */
	readonly answer: () => ModelAnswer;
};

const stopReasons: ReadonlySet<string> = new Set<StopReason>([
	'end_turn',
	'tool_use',
	'max_tokens',
	'stop_sequence',
	'pause_turn',
	'refusal',
	'model_context_window_exceeded',
]);

function stopReasonOf(text: string): StopReason {
	return stopReasons.has(text) ? (text as StopReason) : 'unknown';
}

/** `input_tokens` is only what the cache neither gave nor took. A later event repeats the counts that have grown. */
function usageFrom(raw: Fields, before: Usage): Usage {
	const written = fieldsOf(raw.cache_creation);
	const total = numberOf(raw.cache_creation_input_tokens);
	const oneHour = numberOf(written.ephemeral_1h_input_tokens);
	const fiveMinutes = numberOf(written.ephemeral_5m_input_tokens) ?? (total === undefined ? undefined : total - (oneHour ?? 0));
	return {
		input: numberOf(raw.input_tokens) ?? before.input,
		output: numberOf(raw.output_tokens) ?? before.output,
		cacheRead: numberOf(raw.cache_read_input_tokens) ?? before.cacheRead,
		cacheWrite5m: fiveMinutes ?? before.cacheWrite5m,
		cacheWrite1h: oneHour ?? before.cacheWrite1h,
	};
}

function parseEvent(data: string): Fields {
	try {
		return fieldsOf(JSON.parse(data));
	} catch (error) {
		throw new ModelError('broken-off', 'The model service sent something that is not JSON in the middle of its answer', {
			nextStep: 'Send the message again',
			cause: error,
		});
	}
}

/** Ids must be unique in a conversation; some local servers count from one in every answer. */
function uniqueId(id: string, taken: Set<string>): CallId {
	const base = id === '' ? 'toolu_local' : id;
	let unique = base;
	for (let count = 2; taken.has(unique); count++) {
		unique = `${base}_${count}`;
	}

	taken.add(unique);
	return unique as CallId;
}

function startsCall(block: OpenBlock): readonly ModelEvent[] {
	return block.kind === 'tool_use' ? [{type: 'call', call: block.id, name: block.name, json: ''}] : [];
}

/** Grows a block by a delta; deltas of kinds that this program does not know are ignored. */
function grow(block: OpenBlock, delta: Fields): readonly ModelEvent[] {
	const piece = textOf(delta.text) + textOf(delta.thinking) + textOf(delta.partial_json) + textOf(delta.signature);
	switch (delta.type) {
		case 'text_delta': {
			block.text += piece;
			return block.kind === 'text' && piece !== '' ? [{type: 'text', delta: piece}] : [];
		}

		case 'thinking_delta': {
			block.text += piece;
			return block.kind === 'thinking' && piece !== '' ? [{type: 'thinking', delta: piece}] : [];
		}

		case 'signature_delta': {
			block.signature += piece;
			return [];
		}

		case 'input_json_delta': {
			block.json += piece;
			return block.kind === 'tool_use' && piece !== '' ? [{type: 'call', call: block.id, name: block.name, json: block.json}] : [];
		}

		case 'citations_delta': {
			block.citations.push(delta.citation);
			return [];
		}

		default: {
			return [];
		}
	}
}

function assemble(blocks: readonly OpenBlock[], stop: StopReason): Pick<ModelAnswer, 'message' | 'invalidCalls' | 'droppedCalls'> {
	const content: AssistantBlock[] = [];
	const invalidCalls: Record<string, string> = {};
	const droppedCalls: {call: CallId; name: string}[] = [];
	for (const block of blocks) {
		if (block.kind === 'tool_use' && (stop !== 'tool_use' || !block.isClosed)) {
			droppedCalls.push({call: block.id, name: block.name});
			continue;
		}

		const settled = settleBlock(block);
		if (settled !== undefined) {
			content.push(settled.block);
		}

		if (settled?.invalid !== undefined) {
			invalidCalls[(settled.block as ToolUseBlock).id] = settled.invalid;
		}
	}

	return {message: {role: 'assistant', content}, invalidCalls, droppedCalls};
}

/** `takenIds` are the ids of all calls that the conversation holds already. */
export function createAnswerReader(requestedModel: string, takenIds: ReadonlySet<string>): AnswerReader {
	const taken = new Set(takenIds);
	const blocks = new Map<number, OpenBlock>();
	let model = requestedModel;
	let usage = noUsage;
	let stop: StopReason = 'unknown';
	let isDone = false;

	const start = (index: number, raw: Fields): readonly ModelEvent[] => {
		const block = openBlock(raw, id => uniqueId(id, taken));
		blocks.set(index, block);
		const text: readonly ModelEvent[] = block.kind === 'text' && block.text !== '' ? [{type: 'text', delta: block.text}] : [];
		return [...text, ...startsCall(block)];
	};

	const takeEvent = (event: Fields): readonly ModelEvent[] => {
		const block = blocks.get(numberOf(event.index) ?? -1);
		switch (event.type) {
			case 'message_start': {
				const message = fieldsOf(event.message);
				model = textOf(message.model) || requestedModel;
				usage = usageFrom(fieldsOf(message.usage), usage);
				return [];
			}

			case 'content_block_start': {
				return start(numberOf(event.index) ?? blocks.size, fieldsOf(event.content_block));
			}

			case 'content_block_delta': {
				return block === undefined ? [] : grow(block, fieldsOf(event.delta));
			}

			case 'content_block_stop': {
				if (block !== undefined) {
					block.isClosed = true;
				}

				return [];
			}

			case 'message_delta': {
				stop = stopReasonOf(textOf(fieldsOf(event.delta).stop_reason));
				usage = usageFrom(fieldsOf(event.usage), usage);
				return [];
			}

			case 'message_stop': {
				isDone = true;
				return [];
			}

			case 'error': {
				throw errorFromEvent(fieldsOf(event.error));
			}

			default: {
				return [];
			}
		}
	};

	return {
		take: data => (isDone ? [] : takeEvent(parseEvent(data))),
		isDone: () => isDone,
		answer() {
			if (!isDone) {
				throw new ModelError('broken-off', 'The answer broke off: the connection was closed before its end', {
					nextStep: 'Send the message again',
				});
			}

			const inOrder = [...blocks].toSorted(([one], [other]) => one - other).map(([, block]) => block);
			// Some local servers end an answer with whole calls as if there were none.
			const hasCalls = inOrder.some(block => block.kind === 'tool_use' && block.isClosed);
			const meant = stop === 'end_turn' && hasCalls ? 'tool_use' : stop;
			return {...assemble(inOrder, meant), stop: meant, usage, model};
		},
	};
}
