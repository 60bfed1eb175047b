import {expect, test} from 'vitest';
import {toolsFor} from '../../source/tools/index.ts';

const tools = [...toolsFor('implement'), ...toolsFor('requirements')];

function parse(name: string, input: unknown) {
	const parsed = tools.find(tool => tool.name === name)!.parse(input);
	return parsed.ok ? parsed.input : parsed.message;
}

test.each([
	['edit', {file_path: 'a', old_string: 'b', new_string: 'c', replace_all: false}, {path: 'a', old_text: 'b', new_text: 'c'}],
	['edit', {path: 'a', oldText: 'b', 'new-text': 'c'}, {path: 'a', old_text: 'b', new_text: 'c'}],
	['write', {filePath: 'a', text: 'b'}, {path: 'a', content: 'b'}],
	['read', {path: 'a', offset: '12', limit: null}, {path: 'a', offset: 12}],
	['search', {query: 'a', ignoreCase: 'true', path: null}, {pattern: 'a', ignore_case: true}],
	['list', {path: ['source']}, {path: 'source'}],
	['run', {command: ['npm', 'test', '--', 'a.test.js']}, {command: 'npm test -- a.test.js'}],
	['run', {cmd: 'ls', description: 'why', timeout_s: '5'}, {command: 'ls', timeout_s: 5}],
	[
		'ask',
		{prompt: 'Which?', options: ['one', {label: 'two', effect: 'more'}]},
		{question: 'Which?', options: [{label: 'one'}, {label: 'two', effect: 'more'}]},
	],
	['ask', {question: 'Which?', options: '["one","two"]'}, {question: 'Which?', options: [{label: 'one'}, {label: 'two'}]}],
	['end_turn', {summary: 'Done.'}, {message: 'Done.'}],
	['write_document', {path: '.kiro/specs/a/Requirements.md', content: 'b'}, {document: 'requirements', content: 'b'}],
])('%s %j is taken as it is meant', (name, input, meant) => {
	expect(parse(name, input)).toEqual(meant);
});

test.each([
	['edit', {path: 'a', file_path: 'b', old_text: 'c', new_text: 'd'}, '"file_path" is not known here'],
	['edit', {file_path: 'a', old_string: 'b', new_string: 'c', replace_all: true}, '"replace_all" is not known here'],
	['write', {path: 'a', content: null}, '"content" must be of type string'],
	['run', {command: ['bash', '-lc', 'rm -r a && ls']}, '"command" must be of type string'],
	['run', {command: 'ls', timeout: 5000}, '"timeout" is called "timeout_s" here'],
	['read', {path: ['a', 'b']}, '"path" must be of type string'],
	['read', {path: 'a', offset: 'ten'}, '"offset" must be of type number'],
	['write_document', {document: 'bugfix', content: 'b'}, '"document" must be one of'],
	['ask', {question: 'Which?', options: 'one or two'}, '"options" must be of type array'],
	['read', 'a', 'the input must be of type object'],
])('%s %j may mean more than one thing, and is refused', (name, input, why) => {
	expect(parse(name, input)).toContain(why);
});
