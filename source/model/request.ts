import type {AssistantBlock, Message, UserBlock} from '../protocol/message.ts';
import type {ToolDefinition} from '../protocol/tool.ts';
import type {HostProfile} from './host-profile.ts';
import type {ModelRequest} from './model.ts';
import {cleanText, cleanValue} from './well-formed.ts';

type Block = Readonly<Record<string, unknown>>;
type SentMessage = {readonly role: 'user' | 'assistant'; readonly content: readonly Block[]};

/** The body of `POST /v1/messages`. */
export type RequestBody = Readonly<Record<string, unknown>> & {readonly messages: readonly SentMessage[]};

const oneHour = {type: 'ephemeral', ttl: '1h'} as const;
/** Without a ttl the service keeps it for five minutes. */
const fiveMinutes = {type: 'ephemeral'} as const;

/** The newest version of the tool that the service runs by itself (model.md, server tools). */
const webSearch = {type: 'web_search_20260318', name: 'web_search', max_uses: 5} as const;

/** Models before adaptive thinking refuse both it and an effort. */
const withoutAdaptiveThinking = /^claude-(?:opus|sonnet|haiku)-4-[0-5](?:$|-)/;

function sentTools(tools: readonly ToolDefinition[], searches: boolean): readonly Block[] {
	const own = tools.map(({name, description, inputSchema}) => ({name, description, input_schema: inputSchema}));
	const all: readonly {readonly name: string}[] = searches ? [...own.filter(tool => tool.name !== webSearch.name), webSearch] : own;
	return all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function textBlocks(texts: readonly string[]): readonly Block[] {
	return texts.filter(text => text !== '').map(text => ({type: 'text', text: cleanText(text)}));
}

function sentUserBlock(block: UserBlock): readonly Block[] {
	switch (block.type) {
		case 'text': {
			return textBlocks([block.text]);
		}

		case 'tool_result': {
			return [{...block, content: cleanText(block.content)}];
		}

		default: {
			return block satisfies never;
		}
	}
}

function sentAssistantBlock(block: AssistantBlock): readonly Block[] {
	switch (block.type) {
		case 'text': {
			// The service refuses a text of white space alone, also one that it sent itself.
			return block.text.trim() === '' ? [] : [{type: 'text', text: block.text.toWellFormed()}];
		}

		case 'tool_use': {
			return [{...block, input: cleanValue(block.input)}];
		}

		// The service checks that its thinking comes back as it was.
		case 'thinking':
		case 'redacted_thinking': {
			return [block];
		}

		case 'opaque': {
			return block.block.type === 'text' && block.block.text === '' ? [] : [block.block];
		}

		default: {
			return block satisfies never;
		}
	}
}

const isThought = ({type}: Block) => type === 'thinking' || type === 'redacted_thinking';

/** The service refuses an answer that ends with a thought, and so one of thinking alone, which it sent itself. */
function sentAnswer(blocks: readonly AssistantBlock[]): readonly Block[] {
	const sent = blocks.flatMap(sentAssistantBlock);
	return sent.slice(0, sent.findLastIndex(block => !isThought(block)) + 1);
}

function sentMessage(message: Message): SentMessage {
	return message.role === 'user'
		? {role: 'user', content: message.content.flatMap(sentUserBlock)}
		: {role: 'assistant', content: sentAnswer(message.content)};
}

function markLast(blocks: readonly Block[], mark: typeof oneHour | typeof fiveMinutes): readonly Block[] {
	return blocks.map((block, index) => (index === blocks.length - 1 ? {...block, cache_control: mark} : block));
}

/** Marks the end of this request's conversation and of the one before it: what one request writes, the next one reads. */
function markTails(messages: readonly SentMessage[]): readonly SentMessage[] {
	const tails = messages.flatMap((message, index) => (message.role === 'user' ? [index] : [])).slice(-2);
	return messages.map((message, index) =>
		tails.includes(index) ? {...message, content: markLast(message.content, fiveMinutes)} : message,
	);
}

/** Chat templates of local models often demand that the roles alternate; the service itself joins such messages anyway. */
function joinRoles(messages: readonly SentMessage[]): readonly SentMessage[] {
	const joined: SentMessage[] = [];
	for (const message of messages) {
		const last = joined.at(-1);
		if (last?.role === message.role) {
			joined[joined.length - 1] = {...last, content: [...last.content, ...message.content]};
		} else {
			joined.push(message);
		}
	}

	return joined;
}

function headOf(request: ModelRequest): Readonly<Record<string, unknown>> {
	return {model: request.model, max_tokens: request.maxTokens, stream: true};
}

/** The common core: no cache marks, no thinking, no effort, no tools of the service; the roles alternate. */
function compatibleBody(request: ModelRequest, messages: readonly SentMessage[]): RequestBody {
	const system = textBlocks(request.system);
	const tools = sentTools(request.tools, false);
	const pinned = textBlocks(request.pinned);
	return {
		...headOf(request),
		...(tools.length > 0 && {tools}),
		...(system.length > 0 && {system}),
		messages: joinRoles([...(pinned.length > 0 ? [{role: 'user' as const, content: pinned}] : []), ...messages]),
	};
}

function anthropicBody(request: ModelRequest, messages: readonly SentMessage[]): RequestBody {
	const system = markLast(textBlocks(request.system), oneHour);
	const tools = sentTools(request.tools, request.webSearch === true);
	const pinned = markLast(textBlocks(request.pinned), oneHour);
	return {
		...headOf(request),
		...(!withoutAdaptiveThinking.test(request.model) && {
			thinking: {type: 'adaptive', display: 'summarized'},
			output_config: {effort: request.effort},
		}),
		...(tools.length > 0 && {tools}),
		...(system.length > 0 && {system}),
		messages: [...(pinned.length > 0 ? [{role: 'user' as const, content: pinned}] : []), ...markTails(joinRoles(messages))],
	};
}

/**
 * The exact body of a request. Pure, and stable: the same head gives the same bytes in every request of a conversation, so that the cache
 * holds. Tools are sorted by name; mark 1 ends the system prompt, mark 2 the pinned spec (message 0, absent when nothing is pinned), marks
 * 3 and 4 the previous tail and the tail. No empty text block, NUL or lone surrogate is ever sent.
 */
export function requestBody(request: ModelRequest, profile: HostProfile): RequestBody {
	const messages = request.messages.map(sentMessage).filter(message => message.content.length > 0);
	switch (profile) {
		case 'anthropic': {
			return anthropicBody(request, messages);
		}

		case 'compatible': {
			return compatibleBody(request, messages);
		}

		default: {
			return profile satisfies never;
		}
	}
}
