import type {CallId} from '../../protocol/ids.ts';
import type {AssistantBlock} from '../../protocol/message.ts';
import {type Fields, fieldsOf, isFields, textOf} from './json-fields.ts';

/** A content block while it streams in; it grows in place. */
export type OpenBlock = {
	readonly kind: 'text' | 'thinking' | 'tool_use' | 'other';
	/** The block as it began. */
	readonly raw: Fields;
	readonly id: CallId;
	readonly name: string;
	text: string;
	signature: string;
	json: string;
	readonly citations: unknown[];
	isClosed: boolean;
};

const kinds: Readonly<Record<string, OpenBlock['kind']>> = {text: 'text', thinking: 'thinking', tool_use: 'tool_use'};

export function openBlock(raw: Fields, toId: (id: string) => CallId): OpenBlock {
	const kind = kinds[textOf(raw.type)] ?? 'other';
	return {
		kind,
		raw,
		id: kind === 'tool_use' ? toId(textOf(raw.id)) : ('' as CallId),
		name: textOf(raw.name),
		text: textOf(raw.text) + textOf(raw.thinking),
		signature: textOf(raw.signature),
		json: '',
		citations: [],
		isClosed: false,
	};
}

type Settled = {readonly block: AssistantBlock /** Why the input of this call cannot be used. */; readonly invalid?: string};

/** The input of a call, parsed strictly: a shortened or repaired input could do something else than was meant. */
function settleCall({id, name, json, raw}: OpenBlock): Settled {
	const call = (input: unknown) => ({type: 'tool_use' as const, id, name, input});
	if (json === '') {
		// Some servers send the whole input at once, with the start of the block.
		return {block: call(fieldsOf(raw.input))};
	}

	try {
		const input: unknown = JSON.parse(json);
		return isFields(input) ? {block: call(input)} : {block: call({}), invalid: 'The input was JSON, but not an object.'};
	} catch {
		return {block: call({}), invalid: 'The input was not valid JSON.'};
	}
}

/** A block of a kind that this program does not know, or a text with citations: kept as it came, to be sent back unchanged. */
function settleOther({raw, text, json, citations}: OpenBlock): Settled {
	const input = json === '' ? {} : {input: parsedOr(json, raw.input)};
	const cited = citations.length === 0 ? {} : {text, citations};
	return {block: {type: 'opaque', block: {...raw, ...input, ...cited}}};
}

function parsedOr(json: string, fallback: unknown): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return fallback;
	}
}

/** The block as the conversation keeps it; undefined for an empty text, and for thinking that was cut before its signature. */
export function settleBlock(block: OpenBlock): Settled | undefined {
	switch (block.kind) {
		case 'text': {
			if (block.citations.length > 0) {
				return settleOther(block);
			}

			return block.text === '' ? undefined : {block: {type: 'text', text: block.text}};
		}

		case 'thinking': {
			return block.isClosed ? {block: {type: 'thinking', thinking: block.text, signature: block.signature}} : undefined;
		}

		case 'tool_use': {
			return settleCall(block);
		}

		case 'other': {
			return block.raw.type === 'redacted_thinking'
				? {block: {type: 'redacted_thinking', data: textOf(block.raw.data)}}
				: settleOther(block);
		}

		default: {
			return block.kind satisfies never;
		}
	}
}
