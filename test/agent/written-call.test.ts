import {expect, test} from 'vitest';
import {writtenCall} from '../../source/agent/written-call.ts';
import {toolsFor} from '../../source/tools/index.ts';

const tools = toolsFor('vibe');

test.each([
	['a JSON object', '{"name": "write", "arguments": {"path": "a.txt", "content": "x"}}', 'write'],
	['one over several lines, behind words', 'I write it now.\n\n{\n  "name": "run",\n  "parameters": {\n    "command": "ls"\n  }\n}', 'run'],
	['one in a fence', 'Now:\n```json\n{"tool": "read", "path": "a.txt"}\n```\n', 'read'],
	['a list of them', '[{"name": "read", "arguments": {"path": "a"}}, {"name": "list", "arguments": {}}]', 'read'],
	[
		'the form of the OpenAI API',
		'{"id": "call_1", "type": "function", "function": {"name": "edit", "arguments": "{\\"path\\": \\"a\\"}"}}',
		'edit',
	],
	['the form of this API', '{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {"pattern": "x"}}', 'search'],
	['one that is broken off', '{"name": "write", "arguments": {"path": "a.txt", "content": "line\nline', 'write'],
	['one in tags', '<tool_call>\n{"name": "list", "arguments": {"path": "src"}}\n</tool_call>', 'list'],
	['tags for each field', '<function=run>\n<parameter=command>\nls\n</parameter>\n</function>', 'run'],
	['an invoke block', '<function_calls>\n<invoke name="read">\n<parameter name="path">a</parameter>', 'read'],
	['tags with the names of tool and field', '<write_to_file>\n<path>a.txt</path>\n<content>x</content>\n</write_to_file>', 'write'],
	['Python in a fence of its own', '```tool_code\nprint(default_api.run(command="ls"))\n```', 'run'],
	['marks of a chat template', '[TOOL_CALLS]read{"path": "a"}', 'read'],
	['marks of another one', '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>run\n```json\n{"command": "ls"}\n```', 'run'],
	['a channel', '<|channel|>commentary to=functions.read <|message|>{"path": "a"}', 'read'],
	['the form of an agent framework', '{"action": "run", "action_input": {"command": "ls"}}', 'run'],
	['the name of another program’s tool', '{"name": "Bash", "arguments": {"command": "ls"}}', 'run'],
])('a call written as text is seen: %s', (_, text, tool) => {
	expect(writtenCall(text, tools)).toBe(tool);
});

test.each([
	['prose that names tools', 'I used `read` and `write`, then run the tests. Use search {"pattern"} for the rest.'],
	['a call within a sentence', 'A call looks like {"name": "write", "arguments": {"path": "a"}} in the log.'],
	['the manifest of a package', '```json\n{"name": "search", "version": "1.0.0", "scripts": {"test": "node --test"}}\n```'],
	[
		'the definition of a tool',
		'{"name": "search", "description": "Searches", "parameters": {"type": "object", "properties": {"pattern": {}}}}',
	],
	['a definition without a description', '{"name": "search", "parameters": {"type": "object", "properties": {}}}'],
	['code', '```ts\nconst call =\n{"name": "write", "arguments": {"path": "a"}};\nawait write({path: "a"});\n```'],
	['a test that mentions them', '```js\n<invoke name="read">\nexpect(calls).toEqual([{"tool": "read", "path": "a"}]);\n```'],
	['a tool of nobody', '{"name": "createUser", "arguments": {"path": "a"}}'],
	['markup', '<list>\n<item>read</item>\n</list>\n<search>\n<input type="text">\n</search>'],
	['a rule', '{"action": "run", "command": "npm test"}'],
	['an action of something else', '{"action": "create", "params": {"path": "a"}}'],
	['an inline name', 'The block `<invoke name="read">` is not text here.'],
])('what is no call is left alone: %s', (_, text) => {
	expect(writtenCall(text, tools)).toBeUndefined();
});
