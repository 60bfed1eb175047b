import {z} from 'zod';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';
import {told} from './outcome.ts';

const schema = z.strictObject({
	question: text('One question, in the language of the person.').min(1),
	options: z
		.array(z.strictObject({label: text('The answer in a few words.').min(1), effect: text('What this answer changes.').optional()}))
		.max(5)
		.optional()
		.describe('Up to five answers to choose from; own words are always possible.'),
});

type Input = z.infer<typeof schema>;

async function run({question, options = []}: Input, context: ToolContext): Promise<ToolOutcome> {
	const answer = await context.ask({
		question,
		options: options.map(({label, effect}) => ({label, ...(effect !== undefined && {effect})})),
	});
	return told(`The answer: ${answer}`);
}

/** Puts a question to the person and waits for the answer. */
export const ask = defineTool<Input>({
	name: 'ask',
	description: 'Asks the person one question and waits for the answer.',
	schema,
	action: () => ({kind: 'harmless'}),
	title: ({question}) => question,
	run,
});
