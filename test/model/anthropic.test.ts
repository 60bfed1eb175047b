import {describe, expect, test} from 'vitest';
import type {Message} from '../../source/protocol/message.ts';
import {answers, call, calls, says, startFakeAnthropic, text, thinks, thought} from '../support/fake-anthropic.ts';
import {modelOn, modelRequest, tell} from '../support/fake-model.ts';

const never = new AbortController().signal;
const read = {name: 'read', description: 'Reads a file', inputSchema: {type: 'object', properties: {path: {type: 'string'}}}};

describe('a model behind the Messages API', () => {
	test('streams thoughts, texts and growing calls, and ends with the whole answer', async () => {
		await using fake = await startFakeAnthropic([
			answers([thought('Let me see'), text('I look at it.'), call('read', {path: 'src/a.ts'})]),
		]);
		const {events} = await tell(modelOn(fake).model.stream(modelRequest({tools: [read]}), never));
		const {type: _, ...answer} = events.at(-1)!;
		expect(answer).toEqual({
			message: {
				role: 'assistant',
				content: [
					{type: 'thinking', thinking: 'Let me see', signature: expect.stringMatching(/^sig_/)},
					{type: 'text', text: 'I look at it.'},
					{type: 'tool_use', id: 'toolu_1_2', name: 'read', input: {path: 'src/a.ts'}},
				],
			},
			stop: 'tool_use',
			usage: {input: 1, output: 7, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: expect.any(Number)},
			model: 'claude-sonnet-5-5',
			invalidCalls: {},
			droppedCalls: [],
		});
		const growing = events.flatMap(event => (event.type === 'call' ? [event.json] : []));
		expect(growing[0]).toBe('');
		expect(growing.at(-1)).toBe('{"path":"src/a.ts"}');
		expect(growing.every((json, index) => json.startsWith(growing[index - 1] ?? ''))).toBe(true);
	});

	test('a conversation with thoughts and calls goes on: thinking comes back as it was, and the head is read from the cache', async () => {
		await using fake = await startFakeAnthropic([thinks('Deep', call('read', {path: 'a'})), says('Done')]);
		const {model} = modelOn(fake);
		const messages: Message[] = [{role: 'user', content: [{type: 'text', text: 'Go'}]}];
		const request = modelRequest({pinned: ['# Requirements'], tools: [read], messages});
		const first = (await tell(model.stream(request, never))).events.at(-1)!;
		if (first.type !== 'answer') {
			throw new Error('no answer');
		}

		messages.push(first.message, {role: 'user', content: [{type: 'tool_result', tool_use_id: 'toolu_1_1', content: 'text of a'}]});
		const second = (await tell(model.stream(request, never))).events.at(-1);
		expect(second).toMatchObject({type: 'answer', stop: 'end_turn', usage: {cacheRead: expect.any(Number)}});
		expect(second?.type === 'answer' && second.usage.cacheRead).toBeGreaterThan(0);
		fake.assertDone();
	});

	test('a second call with an id that the conversation has already gets its own', async () => {
		await using fake = await startFakeAnthropic([calls(['read', {path: 'b'}])]);
		const messages: readonly Message[] = [
			{role: 'user', content: [{type: 'text', text: 'Go'}]},
			{role: 'assistant', content: [{type: 'tool_use', id: 'toolu_1_0', name: 'read', input: {}}]},
			{role: 'user', content: [{type: 'tool_result', tool_use_id: 'toolu_1_0', content: 'ok'}]},
		];
		const {events} = await tell(modelOn(fake).model.stream(modelRequest({messages, tools: [read]}), never));
		expect(events.at(-1)).toMatchObject({message: {content: [{id: 'toolu_1_0_2'}]}});
	});

	test('a compatible host gets the common core of the API, the older version and the key in its own header', async () => {
		await using fake = await startFakeAnthropic([says('Hi')], {profile: 'compatible'});
		const {model} = modelOn(fake, {}, 'compatible');
		const {error} = await tell(model.stream(modelRequest({pinned: ['# Spec'], tools: [read], webSearch: true}), never));
		expect(error).toBeUndefined();
		expect(fake.requests[0]?.headers['x-api-key']).toBe(fake.key);
		fake.assertDone();
	});

	test('offers what the server offers', async () => {
		await using fake = await startFakeAnthropic();
		expect(await modelOn(fake).model.list(never)).toEqual([{id: 'claude-sonnet-5-5', name: 'Claude Sonnet 5.5', contextTokens: 1_000_000}]);
	});

	test('nothing is written to the screen, not for a model that is about to be switched off either', async () => {
		const written: unknown[] = [];
		const before = console.warn;
		console.warn = (...parts) => written.push(parts);
		try {
			await using fake = await startFakeAnthropic([says('Hi')]);
			await tell(modelOn(fake).model.stream(modelRequest({model: 'claude-sonnet-4-5'}), never));
		} finally {
			console.warn = before;
		}

		expect(written).toEqual([]);
	});
});
