import {describe, expect, test} from 'vitest';
import {says, startFakeAnthropic} from '../support/fake-anthropic.ts';
import {signatureOf} from '../support/fake-replies.ts';

const user = (text: string) => ({role: 'user', content: [{type: 'text', text}]});
const asks = {role: 'assistant', content: [{type: 'tool_use', id: 'a', name: 'read', input: {}}]};
const result = (id: string) => ({type: 'tool_result', tool_use_id: id, content: 'x'});
const mark = (text: string, ttl = '5m') => ({type: 'text', text, cache_control: {type: 'ephemeral', ttl}});

async function refusalOf(...bodies: readonly object[]): Promise<string> {
	await using fake = await startFakeAnthropic(bodies.map(() => says('ok')));
	let message = '';
	for (const fields of bodies) {
		const response = await fetch(`${fake.url}/v1/messages`, {
			method: 'POST',
			headers: {authorization: `Bearer ${fake.key}`, 'anthropic-version': '2026-10-21'},
			body: JSON.stringify({model: 'm', max_tokens: 1, stream: true, messages: [user('Hi')], ...fields}).replaceAll('CANARY', fake.key),
		});
		const text = await response.text();
		message = response.status === 400 ? (JSON.parse(text).error.message as string) : '';
	}

	return message;
}

// A fake that takes everything proves nothing: each of these is refused by the real service, or costs its user the cache.
describe('the fake server refuses', () => {
	test('nothing that is right', async () => {
		expect(await refusalOf({}, {messages: [user('Hi'), {role: 'assistant', content: 'ok'}, user('More')]})).toBe('');
	});

	test.each<[string, RegExp, readonly object[]]>([
		['a call without a result', /without `tool_result`/, [{messages: [user('Hi'), asks, user('and?')]}]],
		['a call that nobody answered yet', /nobody answered/, [{messages: [user('Hi'), asks]}]],
		['a result without its call', /unexpected `tool_use_id`/, [{messages: [{role: 'user', content: [result('b')]}]}]],
		['two results for one call', /single result/, [{messages: [user('Hi'), asks, {role: 'user', content: [result('a'), result('a')]}]}]],
		[
			'a text before the results',
			/come first/,
			[{messages: [user('Hi'), asks, {role: 'user', content: [{type: 'text', text: 'x'}, result('a')]}]}],
		],
		[
			'two calls with one id',
			/ids must be unique/,
			[{messages: [user('Hi'), asks, {role: 'user', content: [result('a')]}, asks, {role: 'user', content: [result('a')]}]}],
		],
		['an empty text', /non-empty/, [{messages: [{role: 'user', content: [{type: 'text', text: ''}]}]}]],
		['a text of white space', /non-whitespace/, [{messages: [{role: 'user', content: [{type: 'text', text: ' \n'}]}]}]],
		[
			'an input that is no object',
			/valid dictionary/,
			[{messages: [user('Hi'), {role: 'assistant', content: [{...asks.content[0], input: []}]}, {role: 'user', content: [result('a')]}]}],
		],
		[
			'a thought that was changed',
			/Invalid `signature`/,
			[{messages: [user('Hi'), {role: 'assistant', content: [{type: 'thinking', thinking: 'x', signature: 'y'}]}, user('?')]}],
		],
		[
			'an answer that ends with a thought',
			/final block in an assistant message cannot be `thinking`/,
			[
				{
					messages: [user('Hi'), {role: 'assistant', content: [{type: 'thinking', thinking: 'x', signature: signatureOf('x')}]}, user('?')],
				},
			],
		],
		['five marks', /maximum of 4/, [{messages: [{role: 'user', content: ['1', '2', '3', '4', '5'].map(text => mark(text))}]}]],
		['a long mark after a short one', /must not come after/, [{messages: [{role: 'user', content: [mark('1'), mark('2', '1h')]}]}]],
		['a field that it does not know', /temperature: Extra inputs/, [{temperature: 1}]],
		['a lone surrogate', /surrogates/, [{messages: [user('\uD800')]}]],
		['the key in the body', /key is in the body/, [{messages: [user('CANARY')]}]],
		[
			'a history that was rewritten',
			/rewritten/,
			[
				{messages: [user('Hi'), {role: 'assistant', content: 'one'}, user('More')]},
				{messages: [user('Hi'), {role: 'assistant', content: 'two'}, user('More')]},
			],
		],
		[
			'a head that changed within a conversation',
			/changed within a conversation/,
			[{system: 'one'}, {system: 'two', messages: [user('Hi'), {role: 'assistant', content: 'ok'}, user('More')]}],
		],
	])('%s', async (_, expected, bodies) => {
		expect(await refusalOf(...bodies)).toMatch(expected);
	});

	test('a request beyond its script, and says when replies are left over', async () => {
		await using fake = await startFakeAnthropic([]);
		await fetch(`${fake.url}/v1/messages`, {
			method: 'POST',
			headers: {authorization: `Bearer ${fake.key}`, 'anthropic-version': '2026-10-21'},
			body: JSON.stringify({model: 'm', max_tokens: 1, stream: true, messages: [user('Hi')]}),
		});
		expect(() => fake.assertDone()).toThrow('no reply left');
		await using other = await startFakeAnthropic([says('never asked for')]);
		expect(() => other.assertDone()).toThrow('1 replies of the script were never asked for');
	});
});
