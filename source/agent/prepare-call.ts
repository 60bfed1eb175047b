import type {ToolUseBlock} from '../protocol/message.ts';
import type {Action} from '../protocol/permission.ts';
import type {Tool} from '../protocol/tool.ts';
import {explainUnknownTool} from '../tools/other-names.ts';

export type PreparedCall =
	| {
			readonly kind: 'runnable';
			readonly block: ToolUseBlock;
			readonly title: string;
			readonly tool: Tool;
			readonly input: unknown;
			readonly action: Action;
	  }
	| {readonly kind: 'refused'; readonly block: ToolUseBlock; readonly title: string; readonly why: string};

/** Finds the tool of a call and checks its input; what cannot run carries a sentence that tells the model how to mend it. */
export function prepareCall(block: ToolUseBlock, tools: readonly Tool[], invalid: string | undefined): PreparedCall {
	const refused = (why: string): PreparedCall => ({kind: 'refused', block, title: block.name, why});
	const tool = tools.find(({name}) => name === block.name);
	if (tool === undefined) {
		return refused(explainUnknownTool(block.name, tools));
	}

	if (invalid !== undefined) {
		return refused(`${invalid} Send the call to ${tool.name} again with a JSON object as its input.`);
	}

	try {
		const parsed = tool.parse(block.input);
		return parsed.ok
			? {kind: 'runnable', block, title: tool.title(parsed.input), tool, input: parsed.input, action: tool.action(parsed.input)}
			: refused(`The input of ${tool.name} is not right: ${parsed.message}`);
	} catch (error) {
		// Part of the tool runner's door: a mistake in a tool must not leave its call without an answer.
		return refused(`The tool ${tool.name} failed: ${error instanceof Error ? error.message : String(error)}`);
	}
}
