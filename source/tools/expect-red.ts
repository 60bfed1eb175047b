import {z} from 'zod';
import type {Tool, ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool} from './define-tool.ts';
import {told} from './outcome.ts';

const schema = z.strictObject({});

async function run(_input: z.infer<typeof schema>, {expectRed}: ToolContext): Promise<ToolOutcome> {
	return expectRed === undefined
		? told('Nothing is to be seen failing at this place: go on as the first message of the task says.')
		: expectRed();
}

/** Lets the program see the new tests fail, so that the code can follow in the same answer. */
export const expectRed: Tool = {
	...defineTool({
		name: 'expect_red',
		description:
			'Has the program run your new tests before their code is there, and keep which it saw failing. When they do not fail as they should, the calls behind it in the answer are not run, and you see why.',
		schema,
		action: () => ({kind: 'harmless'}),
		title: () => 'the new tests',
		run,
	}),
	holdsRest: true,
};
