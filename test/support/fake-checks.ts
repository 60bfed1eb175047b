import {isDeepStrictEqual} from 'node:util';
import {type Json, signatureOf} from './fake-replies.ts';

type Block = Json & {readonly type: string};
type Message = {readonly role: string; readonly content: readonly Block[]};
export type CheckedBody = Json & {readonly model: string; readonly messages: readonly Message[]};

const knownFields = new Set(['model', 'max_tokens', 'stream', 'thinking', 'output_config', 'tools', 'system', 'messages']);
const blockFields: Readonly<Record<string, readonly string[]>> = {
	text: ['type', 'text', 'citations', 'cache_control'],
	thinking: ['type', 'thinking', 'signature'],
	redacted_thinking: ['type', 'data'],
	tool_use: ['type', 'id', 'name', 'input', 'cache_control'],
	tool_result: ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'],
};

function asBlocks(content: unknown): readonly Block[] {
	return typeof content === 'string' ? [{type: 'text', text: content}] : ((content ?? []) as readonly Block[]);
}

function strings(value: unknown): readonly string[] {
	if (typeof value === 'string') {
		return [value];
	}

	return value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([key, held]) => [key, ...strings(held)]) : [];
}

/** Messages of the same role that follow each other are one to the service. */
function turnsOf(body: CheckedBody): readonly Message[] {
	const turns: Message[] = [];
	for (const {role, content} of body.messages) {
		const last = turns.at(-1);
		if (last?.role === role) {
			turns[turns.length - 1] = {role, content: [...last.content, ...asBlocks(content)]};
		} else {
			turns.push({role, content: asBlocks(content)});
		}
	}

	return turns;
}

const problemsOf = (isWrong: boolean, problem: string): readonly string[] => (isWrong ? [problem] : []);

function checkShape(body: CheckedBody): readonly string[] {
	const tools = (body.tools ?? []) as readonly Json[];
	const names = tools.map(tool => String(tool.name));
	return [
		...Object.keys(body)
			.filter(field => !knownFields.has(field))
			.map(field => `${field}: Extra inputs are not permitted`),
		...problemsOf(typeof body.model !== 'string' || body.model === '', 'model: Field required'),
		...problemsOf(!Number.isInteger(body.max_tokens) || Number(body.max_tokens) < 1, 'max_tokens: Input should be a positive integer'),
		...problemsOf(body.stream !== true, 'stream: the fake only streams'),
		...problemsOf(!Array.isArray(body.messages) || body.messages.length === 0, 'messages: at least one message is required'),
		...problemsOf(body.messages?.[0]?.role !== 'user', 'messages: first message must use the "user" role'),
		...problemsOf(new Set(names).size !== names.length, 'tools: Tool names must be unique.'),
		...problemsOf(!isDeepStrictEqual(names, names.toSorted()), 'tools: not sorted by name, so the cache does not hold'),
		...problemsOf(
			names.some(name => !/^[\w-]{1,128}$/.test(name)),
			'tools: name should match pattern',
		),
	];
}

function checkBlock(block: Block, at: string): readonly string[] {
	const allowed = blockFields[block.type];
	return [
		...(allowed === undefined ? [] : Object.keys(block).filter(key => !allowed.includes(key))).map(
			key => `${at}.${key}: Extra inputs are not permitted`,
		),
		...problemsOf(block.type === 'text' && String(block.text) === '', `${at}: text content blocks must be non-empty`),
		...problemsOf(block.type === 'text' && /^\s+$/.test(String(block.text)), `${at}: text content blocks must contain non-whitespace text`),
		...problemsOf(block.type === 'tool_result' && block.content === '', `${at}: empty tool result`),
		...problemsOf(
			block.type === 'tool_use' && (typeof block.input !== 'object' || block.input === null || Array.isArray(block.input)),
			`${at}.input: Input should be a valid dictionary`,
		),
		...problemsOf(
			block.type === 'thinking' && block.signature !== signatureOf(String(block.thinking)),
			`${at}: Invalid \`signature\` in \`thinking\` block`,
		),
	];
}

function checkCalls(turns: readonly Message[]): readonly string[] {
	const seen = new Set<unknown>();
	return turns.flatMap((turn, index) => {
		const before = turns[index - 1]?.content.filter(block => block.type === 'tool_use').map(block => block.id) ?? [];
		const results = turn.content.filter(block => block.type === 'tool_result').map(block => block.tool_use_id);
		const calls = turn.content.filter(block => block.type === 'tool_use').map(block => block.id);
		const repeated = calls.filter(id => seen.has(id));
		for (const id of calls) {
			seen.add(id);
		}

		const firstOther = turn.content.findIndex(block => block.type !== 'tool_result');
		return [
			...repeated.map(id => `messages.${index}: \`tool_use\` ids must be unique: ${id}`),
			...before
				.filter(id => !results.includes(id))
				.map(id => `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${id}`),
			...results
				.filter(id => !before.includes(id))
				.map(id => `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}`),
			...problemsOf(new Set(results).size !== results.length, `messages.${index}: each tool_use must have a single result`),
			...problemsOf(
				before.length > 0 && firstOther !== -1 && turn.content.slice(firstOther).some(block => block.type === 'tool_result'),
				`messages.${index}: \`tool_result\` blocks must come first`,
			),
			...problemsOf(
				index === turns.length - 1 && calls.length > 0,
				`messages.${index}: the last message ends with calls that nobody answered`,
			),
		];
	});
}

function checkMarks(body: CheckedBody, turns: readonly Message[]): readonly string[] {
	const blocks = [...((body.tools ?? []) as readonly Block[]), ...asBlocks(body.system), ...turns.flatMap(turn => turn.content)];
	const marked = blocks.filter(block => block.cache_control !== undefined);
	const ttls = marked.map(block => (block.cache_control as Json).ttl ?? '5m');
	return [
		...problemsOf(marked.length > 4, `A maximum of 4 blocks with cache_control may be provided. Found ${marked.length}.`),
		...problemsOf(
			ttls.lastIndexOf('1h') > ttls.indexOf('5m') && ttls.includes('5m'),
			'a ttl=1h cache_control block must not come after a ttl=5m one',
		),
	];
}

function unmarked(value: unknown): string {
	return JSON.stringify(value, (key, held) => (key === 'cache_control' ? undefined : held));
}

/** What the cache and the check of thinking rest on: the head, and every block with its role, without the marks. */
function partsOf(body: CheckedBody): {readonly head: string; readonly blocks: readonly string[]} {
	return {
		head: unmarked([body.model, body.tools, body.system, body.thinking]),
		blocks: turnsOf(body).flatMap(({role, content}) => content.map(block => `${role} ${unmarked(block)}`)),
	};
}

function sameStart(one: readonly string[], other: readonly string[]): number {
	let count = 0;
	while (count < one.length && one[count] === other[count]) {
		count += 1;
	}

	return count;
}

const isAnswer = (block: string) => block.startsWith('assistant ');

/** What a conversation began with, before its first answer. */
function openingOf(blocks: readonly string[]): string {
	const first = blocks.findIndex(isAnswer);
	return blocks.slice(0, first === -1 ? blocks.length : first).join('\n');
}

/** A request with answers in it goes on from earlier ones: the nearest of them must be in it whole, and with the same head. */
function checkPrefix(body: CheckedBody, earlier: readonly CheckedBody[]): readonly string[] {
	const now = partsOf(body);
	const known = earlier.map(partsOf).filter(({blocks}) => openingOf(blocks) === openingOf(now.blocks));
	if (!now.blocks.some(isAnswer) || known.length === 0) {
		return [];
	}

	const longest = Math.max(...known.map(({blocks}) => sameStart(blocks, now.blocks)));
	const whole = known.filter(({blocks}) => blocks.length === longest && sameStart(blocks, now.blocks) === longest);
	return [
		...problemsOf(whole.length === 0, `messages: block ${longest} was rewritten since the last request: the history is append-only`),
		...problemsOf(
			whole.length > 0 && !whole.some(({head}) => head === now.head),
			'the model, tools, system prompt or thinking changed within a conversation',
		),
	];
}

/** What an older gateway would refuse. */
function checkCompatible(body: CheckedBody): readonly string[] {
	const sent = JSON.stringify(body);
	return [
		...['cache_control', '"thinking":{', 'output_config', '"web_search_']
			.filter(field => sent.includes(field))
			.map(field => `${field} is not supported here`),
		...body.messages.flatMap((message, index) =>
			problemsOf(message.role === body.messages[index - 1]?.role, 'Conversation roles must alternate'),
		),
	];
}

export type Check = {
	readonly body: CheckedBody;
	readonly earlier: readonly CheckedBody[];
	readonly canary: string;
	readonly profile: 'anthropic' | 'compatible';
};

/** Everything wrong with a request, in the words of the service; empty when it would be accepted. */
export function checkRequest({body, earlier, canary, profile}: Check): readonly string[] {
	const shape = checkShape(body);
	if (shape.length > 0) {
		return shape;
	}

	const turns = turnsOf(body);
	const all = strings(body);
	return [
		...asBlocks(body.system).flatMap((block, index) => checkBlock(block, `system.${index}`)),
		...body.messages.flatMap(({content}, at) => [
			...problemsOf(asBlocks(content).length === 0, `messages.${at}: messages must have non-empty content`),
			...asBlocks(content).flatMap((block, index) => checkBlock(block, `messages.${at}.content.${index}`)),
		]),
		...turns.flatMap(({role, content}, at) =>
			problemsOf(
				role === 'assistant' && /^(?:redacted_)?thinking$/.test(content.at(-1)?.type ?? ''),
				`messages.${at}: The final block in an assistant message cannot be \`thinking\`.`,
			),
		),
		...checkCalls(turns),
		...checkMarks(body, turns),
		...checkPrefix(body, earlier),
		...problemsOf(!all.every(value => value.isWellFormed()), 'The request body is not valid JSON: surrogates not allowed'),
		...problemsOf(
			all.some(value => value.includes('\u0000')),
			'NUL in a text',
		),
		...problemsOf(canary !== '' && JSON.stringify(body).includes(canary), 'the key is in the body'),
		...(profile === 'compatible' ? checkCompatible(body) : []),
	];
}

function tokens(parts: readonly string[]): number {
	return parts.reduce((sum, part) => sum + Math.ceil(part.length / 4), 0);
}

/** The tokens as a service with a cache would count them: what an earlier request began with is read, the rest is written. */
export function usageFor(body: CheckedBody, earlier: readonly CheckedBody[]): Json {
	const flat = (one: CheckedBody) => [partsOf(one).head, ...partsOf(one).blocks];
	const now = flat(body);
	const cached = Math.max(0, ...earlier.map(other => sameStart(flat(other), now)));
	const usesCache = JSON.stringify(body).includes('"cache_control"');
	const read = usesCache ? tokens(now.slice(0, cached)) : 0;
	const rest = tokens(now) - read;
	return usesCache
		? {
				input_tokens: 1,
				cache_read_input_tokens: read,
				cache_creation_input_tokens: rest,
				cache_creation: {ephemeral_1h_input_tokens: cached === 0 ? rest : 0, ephemeral_5m_input_tokens: cached === 0 ? 0 : rest},
			}
		: {input_tokens: rest, cache_read_input_tokens: 0, cache_creation_input_tokens: 0};
}
