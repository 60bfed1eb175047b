import {describe, expect, test} from 'vitest';
import {requestBody} from '../../source/model/request.ts';
import type {Message} from '../../source/protocol/message.ts';
import {modelRequest} from '../support/fake-model.ts';

const tools = ['write', 'read'].map(name => ({name, description: `The tool ${name}`, inputSchema: {type: 'object'}}));
const conversation: readonly Message[] = [
	{role: 'user', content: [{type: 'text', text: 'Go'}]},
	{
		role: 'assistant',
		content: [
			{type: 'thinking', thinking: 'Hm', signature: 'sig'},
			{type: 'tool_use', id: 'toolu_1', name: 'read', input: {path: 'a'}},
		],
	},
	{role: 'user', content: [{type: 'tool_result', tool_use_id: 'toolu_1', content: 'text of a'}]},
];
const whole = modelRequest({system: ['Core', 'Steering'], pinned: ['# Requirements', '# Design'], tools, messages: conversation});

/** Every request of a conversation, as it grows by a question and an answer at a time. */
function marksOf(body: unknown): number {
	return JSON.stringify(body).split('"cache_control"').length - 1;
}

function withoutMarks(body: unknown): string {
	return JSON.stringify(body, (key, value) => (key === 'cache_control' ? undefined : value));
}

describe('the body of a request', () => {
	test('is exactly this for Anthropic: sorted tools, system with mark 1, the pinned spec with mark 2, the conversation with marks 3 and 4', () => {
		expect(JSON.stringify(requestBody(whole, 'anthropic'))).toBe(
			[
				'{"model":"claude-sonnet-5-5","max_tokens":1000,"stream":true',
				'"thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"medium"}',
				'"tools":[{"name":"read","description":"The tool read","input_schema":{"type":"object"}},{"name":"write","description":"The tool write","input_schema":{"type":"object"}}]',
				'"system":[{"type":"text","text":"Core"},{"type":"text","text":"Steering","cache_control":{"type":"ephemeral","ttl":"1h"}}]',
				'"messages":[{"role":"user","content":[{"type":"text","text":"# Requirements"},{"type":"text","text":"# Design","cache_control":{"type":"ephemeral","ttl":"1h"}}]}',
				'{"role":"user","content":[{"type":"text","text":"Go","cache_control":{"type":"ephemeral"}}]}',
				'{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"sig"},{"type":"tool_use","id":"toolu_1","name":"read","input":{"path":"a"}}]}',
				'{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"text of a","cache_control":{"type":"ephemeral"}}]}]}',
			].join(','),
		);
	});

	test('is exactly this for a compatible host: no marks, no thinking, no effort, and roles that alternate', () => {
		expect(JSON.stringify(requestBody({...whole, webSearch: true}, 'compatible'))).toBe(
			[
				'{"model":"claude-sonnet-5-5","max_tokens":1000,"stream":true',
				'"tools":[{"name":"read","description":"The tool read","input_schema":{"type":"object"}},{"name":"write","description":"The tool write","input_schema":{"type":"object"}}]',
				'"system":[{"type":"text","text":"Core"},{"type":"text","text":"Steering"}]',
				'"messages":[{"role":"user","content":[{"type":"text","text":"# Requirements"},{"type":"text","text":"# Design"},{"type":"text","text":"Go"}]}',
				'{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"sig"},{"type":"tool_use","id":"toolu_1","name":"read","input":{"path":"a"}}]}',
				'{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"text of a"}]}]}',
			].join(','),
		);
	});

	test('begins with the bytes of the request before it, apart from the marks that move, and never has more than four', () => {
		const longer = [
			...conversation,
			{role: 'assistant' as const, content: [{type: 'text' as const, text: 'Done'}]},
			{role: 'user' as const, content: [{type: 'text' as const, text: 'More'}]},
		];
		const before = requestBody(whole, 'anthropic');
		const after = requestBody({...whole, messages: longer}, 'anthropic');
		expect(withoutMarks(after).startsWith(withoutMarks(before).slice(0, -2))).toBe(true);
		expect([marksOf(before), marksOf(after)]).toEqual([4, 4]);
	});

	test('has no message 0 when nothing is pinned', () => {
		expect(requestBody(modelRequest(), 'anthropic').messages).toEqual([
			{role: 'user', content: [{type: 'text', text: 'Hello', cache_control: {type: 'ephemeral'}}]},
		]);
	});

	test('never holds an empty text, an empty message, a lone surrogate or NUL', () => {
		const body = requestBody(
			modelRequest({
				system: ['', 'a\uD800'],
				messages: [
					{
						role: 'user',
						content: [
							{type: 'text', text: ''},
							{type: 'text', text: 'b\u0000\uDC00'},
						],
					},
					{role: 'assistant', content: [{type: 'text', text: ''}]},
					{role: 'user', content: [{type: 'text', text: 'c'}]},
				],
			}),
			'compatible',
		);
		expect(body).toMatchObject({
			system: [{type: 'text', text: 'a\uFFFD'}],
			messages: [{role: 'user', content: [{text: 'b\uFFFD\uFFFD'}, {text: 'c'}]}],
		});
	});

	test('sends blocks it does not know back as they came', () => {
		const block = {type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {query: 'ink'}};
		const messages: readonly Message[] = [
			{role: 'user', content: [{type: 'text', text: 'Search'}]},
			{role: 'assistant', content: [{type: 'opaque', block}]},
		];
		expect(requestBody(modelRequest({messages}), 'anthropic').messages[1]).toEqual({role: 'assistant', content: [block]});
	});

	test('asks neither thinking nor effort of a model that knows neither', () => {
		expect(Object.keys(requestBody(modelRequest({model: 'claude-haiku-4-5-20251001'}), 'anthropic'))).toEqual([
			'model',
			'max_tokens',
			'stream',
			'system',
			'messages',
		]);
	});

	test('offers the web search of the service where it has one, in its place by name', () => {
		expect(requestBody(modelRequest({tools, webSearch: true}), 'anthropic').tools).toMatchObject([
			{name: 'read'},
			{type: 'web_search_20260318'},
			{name: 'write'},
		]);
	});
});
