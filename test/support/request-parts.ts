type Block = {readonly type: string; readonly text?: string};

/** The body of a request as far as its parts are told apart. */
export type RequestBody = {
	readonly system?: string | readonly Block[];
	readonly tools?: readonly unknown[];
	readonly messages: readonly {readonly role: string; readonly content: string | readonly Block[]}[];
};

export const partNames = ['tools', 'system', 'steering', 'spec', 'handOver', 'files', 'messages', 'answers', 'results'] as const;

/** Characters of requests by what they are: four to a token is good enough to compare parts. */
export type Parts = Readonly<Record<(typeof partNames)[number], number>>;

const noParts: Parts = {tools: 0, system: 0, steering: 0, spec: 0, handOver: 0, files: 0, messages: 0, answers: 0, results: 0};

/** As `prompts/notices/task-start.md` names it; it ends with the message or before the next notice. */
const handOver = /Left behind by the tasks before it:\n[\s\S]*?(?=\n\n|$)/g;
const shownFile = /<file path="[\s\S]*?\n<\/file>/g;

function lengthOf(text: string, pattern: RegExp): number {
	return [...text.matchAll(pattern)].reduce((sum, [match]) => sum + match.length, 0);
}

function partsOfBlock(role: string, block: Block): Partial<Parts> {
	const size = JSON.stringify(block).length;
	const {type, text = ''} = block;
	if (role === 'assistant') {
		return {answers: size};
	}

	if (type === 'tool_result') {
		return {results: size};
	}

	if (text.startsWith('<document ')) {
		return {spec: size};
	}

	const own = {handOver: lengthOf(text, handOver), files: lengthOf(text, shownFile)};
	return {...own, messages: size - own.handOver - own.files};
}

function add(parts: Parts, more: Partial<Parts>): Parts {
	return {...parts, ...Object.fromEntries(Object.entries(more).map(([name, size]) => [name, parts[name as keyof Parts] + size]))};
}

/** What one request is made of. */
function partsOf({system = [], tools = [], messages}: RequestBody): Parts {
	const heads = (typeof system === 'string' ? [{text: system}] : system).map(({text = ''}) =>
		text.startsWith('<steering ') ? {steering: text.length} : {system: text.length},
	);
	const blocks = messages.flatMap(({role, content}) =>
		(typeof content === 'string' ? [{type: 'text', text: content}] : content).map(block => partsOfBlock(role, block)),
	);
	return [...heads, ...blocks].reduce<Parts>(add, {...noParts, tools: JSON.stringify(tools).length});
}

/** What many requests are made of together. */
export function partsOfAll(bodies: readonly RequestBody[]): Parts {
	return bodies.map(partsOf).reduce<Parts>(add, noParts);
}
