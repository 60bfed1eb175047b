import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {Anthropic} from '@anthropic-ai/sdk';
import {z} from 'zod';
import {runCommand} from '../../source/process/run.ts';
import type {EvalCase} from './case.ts';
import {makeEdit} from './hand-edit.ts';
import type {PlayOptions} from './play.ts';
import type {Scratch} from './scratch.ts';

const prompt = 'You are a coding agent in a project folder: do what the user asks with the tools, test it, and then say what you did.';
const maxRequests = 80;
const maxOutput = 16_000;

const tools: Anthropic.Tool[] = [
	{
		name: 'edit',
		description: 'Replaces a text in a file, once; with an empty old text, writes the whole file.',
		input_schema: {
			type: 'object',
			properties: {path: {type: 'string'}, old: {type: 'string'}, new: {type: 'string'}},
			required: ['path', 'old', 'new'],
		},
	},
	{
		name: 'read',
		description: 'Reads a file.',
		input_schema: {type: 'object', properties: {path: {type: 'string'}}, required: ['path']},
	},
	{
		name: 'run',
		description: 'Runs a command in bash in the project folder.',
		input_schema: {type: 'object', properties: {command: {type: 'string'}}, required: ['command']},
	},
];

const inputs = {
	read: z.object({path: z.string()}),
	edit: z.object({path: z.string(), old: z.string(), new: z.string()}),
	run: z.object({command: z.string()}),
} as const;

/** The last block is where the cache ends: a bare loop that pays for everything anew would be no fair control. */
function withCacheMark(messages: readonly Anthropic.MessageParam[]): Anthropic.MessageParam[] {
	const last = messages.at(-1);
	if (last?.role !== 'user' || typeof last.content === 'string') {
		return [...messages];
	}

	const content = last.content.map((block, index) =>
		index === last.content.length - 1 && (block.type === 'tool_result' || block.type === 'text')
			? {...block, cache_control: {type: 'ephemeral' as const}}
			: block,
	);
	return [...messages.slice(0, -1), {role: 'user', content}];
}

export type Controlled = {
	readonly calls: {readonly total: number; readonly malformed: number; readonly failed: number};
	readonly editsMade: number;
	readonly isFinished: boolean;
};

type Result = {readonly content: string; readonly fault?: 'malformed' | 'failed'};

async function edited(path: string, old: string, text: string): Promise<Result> {
	if (old === '') {
		await mkdir(dirname(path), {recursive: true});
		await writeFile(path, text);
		return {content: 'Written.'};
	}

	const before = await readFile(path, 'utf8');
	if (!before.includes(old)) {
		return {content: 'The old text is not in the file.', fault: 'failed'};
	}

	await writeFile(
		path,
		before.replace(old, () => text),
	);
	return {content: 'Edited.'};
}

async function answer({name, input}: Anthropic.ToolUseBlock, {root, env}: Scratch, signal: AbortSignal): Promise<Result> {
	try {
		switch (name) {
			case 'read': {
				return {content: (await readFile(resolve(root, inputs.read.parse(input).path), 'utf8')).slice(0, maxOutput)};
			}

			case 'edit': {
				const {path, old, new: text} = inputs.edit.parse(input);
				return await edited(resolve(root, path), old, text);
			}

			case 'run': {
				const {command} = inputs.run.parse(input);
				const {output, exitCode} = await runCommand({command, cwd: root, env, timeoutMs: 120_000, signal});
				return {content: `${output.slice(-maxOutput)}\n[exit code ${exitCode ?? 'unknown'}]`};
			}

			default: {
				return {content: `There is no tool ${name}.`, fault: 'malformed'};
			}
		}
	} catch (error) {
		return {content: String(error), fault: error instanceof z.ZodError ? 'malformed' : 'failed'};
	}
}

/** The same idea, given to the same model in a bare loop: the measure of what the program adds. Edits of documents are told as messages. */
export async function playControl(evalCase: EvalCase, scratch: Scratch, {url, key, model, say, signal}: PlayOptions): Promise<Controlled> {
	const client = new Anthropic({baseURL: url, apiKey: key, maxRetries: 2});
	const calls = {total: 0, malformed: 0, failed: 0};
	const messages: Anthropic.MessageParam[] = [];
	let requests = 0;
	const turn = async (text: string): Promise<boolean> => {
		say(`control: ${JSON.stringify(text.slice(0, 60))}`);
		messages.push({role: 'user', content: [{type: 'text', text}]});
		while (requests < maxRequests) {
			requests += 1;
			const message = await client.messages
				.stream(
					{
						model: model ?? 'claude-opus-5-5',
						max_tokens: 32_000,
						system: [{type: 'text', text: prompt, cache_control: {type: 'ephemeral'}}],
						tools,
						messages: withCacheMark(messages),
					},
					{signal},
				)
				.finalMessage();
			messages.push({role: 'assistant', content: message.content});
			const uses = message.content.filter(block => block.type === 'tool_use');
			if (uses.length === 0) {
				return true;
			}

			const content: Anthropic.ToolResultBlockParam[] = [];
			for (const use of uses) {
				const result = await answer(use, scratch, signal);
				calls.total += 1;
				calls.malformed += result.fault === 'malformed' ? 1 : 0;
				calls.failed += result.fault === 'failed' ? 1 : 0;
				content.push({
					type: 'tool_result',
					tool_use_id: use.id,
					content: result.content === '' ? '(empty)' : result.content,
					...(result.fault !== undefined && {is_error: true}),
				});
			}

			messages.push({role: 'user', content});
		}

		return false;
	};
	let isFinished = await turn(evalCase.idea);
	let editsMade = 0;
	for (const edit of evalCase.edits) {
		editsMade += 'file' in edit && !(await makeEdit(edit, {root: scratch.root, spec: evalCase.spec})) ? 0 : 1;
		isFinished = (await turn(edit.tell)) && isFinished;
	}

	return {calls, editsMade, isFinished};
}
