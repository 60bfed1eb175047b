import type {ToolDefinition} from '../protocol/tool.ts';
import {fieldNames} from '../tools/fields-of.ts';
import {fieldMeant, toolMeant} from '../tools/other-names.ts';

/** Fences in which a call is meant as one, by their language; what stands in others is code or a document. */
const callFences = new Set([
	'',
	'json',
	'jsonc',
	'xml',
	'tool',
	'tool_call',
	'tool_calls',
	'tool_code',
	'tool_use',
	'function',
	'function_call',
]);

/** A JSON object that begins a line, alone, in a list, in `{"function": …}`, or behind an id and a type, with a name and then an input. */
function jsonForm(names: string, inputs: string): RegExp {
	const opening = String.raw`^[ \t]*(?:<\|?\w+\|?>\s*|\[TOOL_CALLS\]\s*)?[[{][\s[{]*`;
	const before = String.raw`(?:"(?:type|id|function|tool_calls|tool_call|tool_use)"\s*:\s*(?:"[^"]*"\s*,|[[{])[\s[{]*)*`;
	return new RegExp(
		String.raw`${opening}${before}"(?:${names})"\s*:\s*"([\w.-]+)"\s*,\s*"(?:${inputs})"\s*:\s*"?\s*\{\s*\\?"(\w+)\\?"\s*:`,
		'gm',
	);
}

/** The forms that models write a call in, each with the name of the tool and, where the form alone is no proof, the first field. */
const forms: readonly {readonly pattern: RegExp; readonly hasField: boolean}[] = [
	// {"name": "write", "arguments": {"path": …}}
	{
		pattern: jsonForm(
			'name|tool|tool_name|toolName|function|function_name|recipient_name',
			'arguments|parameters|input|args|params|tool_input|toolInput',
		),
		hasField: true,
	},
	// {"action": "write", "action_input": {"path": …}}
	{pattern: jsonForm('action', 'action_input'), hasField: true},
	// {"tool": "write", "path": …}
	{pattern: /^[ \t]*(?:<\w+>\s*)?[[{][\s[{]*"(?:tool|tool_name|toolName)"\s*:\s*"([\w.-]+)"\s*,\s*"(\w+)"\s*:/gm, hasField: true},
	// <write><path>…
	{pattern: /^[ \t]*<([a-z_]+)>\s*<([a-z_]+)>/gim, hasField: true},
	// ```tool_code, with write(path="…") in it
	{pattern: /^[ \t]*```tool_code\s+(?:print\()?(?:\w+\.)?(\w+)\(\s*(\w+)\s*=/gm, hasField: true},
	// <function=write>, <invoke name="write">, <tool_call>write, <tool name="write">
	{pattern: /^[ \t]*(?:<tool_call>\s*)?<function=["']?([\w.-]+)/gm, hasField: false},
	{pattern: /^[ \t]*<(?:\w+:)?(?:invoke|tool|tool_use|tool_call|function_call) name=["']([\w.-]+)["']/gm, hasField: false},
	{pattern: /^[ \t]*<tool_call>\s*([\w.-]+)\s*(?:<arg_key>|\n|\(|\{)/gm, hasField: false},
	// marks that a chat template should have taken
	{pattern: /\[TOOL_CALLS\]\s*([\w.-]+)\s*[[{]/g, hasField: false},
	{pattern: /<[|｜]tool[▁_]call[▁_]begin[|｜]>(?:function<[|｜]tool[▁_]sep[|｜]>)?([\w.-]+)/g, hasField: false},
	{pattern: /<\|channel\|>commentary to=([\w.-]+)/g, hasField: false},
];

/** The text without fenced blocks of other languages. */
function withoutCode(text: string): string {
	const kept: string[] = [];
	let fence: {readonly mark: string; readonly isCall: boolean} | undefined;
	for (const line of text.split(/\r?\n/)) {
		const [, mark = '', language = ''] = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? [];
		const isCall = fence?.isCall ?? (mark === '' || callFences.has(language.toLowerCase()));
		if (isCall) {
			kept.push(line);
		}

		if (fence === undefined) {
			fence = mark === '' ? undefined : {mark, isCall};
		} else if (mark.startsWith(fence.mark) && language === '') {
			fence = undefined;
		}
	}

	return kept.join('\n');
}

/** The tool that an answer calls in its text; undefined for prose, and for code and definitions that only speak of tools. */
export function writtenCall(text: string, tools: readonly ToolDefinition[]): string | undefined {
	const searched = withoutCode(text);
	for (const {pattern, hasField} of forms) {
		for (const [, name = '', field = ''] of searched.matchAll(pattern)) {
			const tool = toolMeant(name, tools);
			if (tool !== undefined && (!hasField || fieldMeant(field, fieldNames(tool)) !== undefined)) {
				return tool.name;
			}
		}
	}

	return undefined;
}
