import {z} from 'zod';
import type {Tool, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';

const schema = z.strictObject({message: text('What you would say as the last message of the turn.').min(1)});

type Input = z.infer<typeof schema>;

async function run({message}: Input): Promise<ToolOutcome> {
	return {ok: true, forModel: 'Shown to the person as your last words.', display: {kind: 'closing', text: message}};
}

/** Ends the turn with the calls before it, so that the last words need no request of their own. */
export const endTurn: Tool = {
	...defineTool<Input>({
		name: 'end_turn',
		description:
			'Ends your turn, as the last call of an answer: it saves the answer that would only say that you are done. When a call before it fails, the turn goes on, and you see why.',
		schema,
		action: () => ({kind: 'harmless'}),
		title: () => '',
		run,
	}),
	lastWords: input => schema.parse(input).message,
};
