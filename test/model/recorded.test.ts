import {describe, expect, test} from 'vitest';
import type {ModelAnswer} from '../../source/model/model.ts';
import {createRecordedModel, type RecordedAnswer} from '../../source/model/providers/recorded.ts';
import type {Message, UserBlock} from '../../source/protocol/message.ts';
import {inputTokens} from '../../source/protocol/message.ts';
import {modelRequest, tell, textOf} from '../support/fake-model.ts';

const never = new AbortController().signal;
const fallback = 'This is a fixed reply: there is no model in the tour.';
const answers: readonly RecordedAnswer[] = [
	{
		for: 'implement 1.1',
		blocks: [
			{type: 'thinking', thinking: 'First the test'},
			{type: 'tool_use', name: 'write', input: {path: 'a.test.js', content: 'test'}},
			{type: 'tool_use', name: 'read', input: {path: 'a.js'}},
		],
	},
	{for: 'requirements', blocks: [{type: 'text', text: 'Requirements'}]},
	{for: 'implement 1.1', expects: 'ok', blocks: [{type: 'text', text: 'Done, it says'}]},
];
const model = createRecordedModel({answers, fallback, delayMs: 0});
const purpose = {stage: 'implement', task: '1.1'};

async function answerTo(messages: readonly Message[], asked = purpose): Promise<ModelAnswer> {
	const last = (await tell(model.stream(modelRequest({purpose: asked, messages}), never))).events.at(-1);
	if (last?.type !== 'answer') {
		throw new Error('no answer');
	}

	return last;
}

const user = (...content: readonly UserBlock[]): Message => ({role: 'user', content});
const said = (text: string) => user({type: 'text', text});
const results = (text: string) =>
	user(
		{type: 'tool_result', tool_use_id: 'toolu_implement_1_1_0_1', content: text},
		{type: 'tool_result', tool_use_id: 'toolu_implement_1_1_0_2', content: 'x'},
	);

describe('the recorded model', () => {
	test('answers from its script for the stage and task, and stops for its tools', async () => {
		expect(await answerTo([said('Start')])).toMatchObject({
			message: {
				content: [
					{type: 'thinking', thinking: 'First the test'},
					{type: 'tool_use', id: 'toolu_implement_1_1_0_1', name: 'write', input: {path: 'a.test.js'}},
					{type: 'tool_use', id: 'toolu_implement_1_1_0_2', name: 'read'},
				],
			},
			stop: 'tool_use',
			model: 'recorded',
		});
	});

	test('goes on by the conversation alone, so a new process finds its place', async () => {
		const first = await answerTo([said('Start')]);
		expect(await answerTo([said('Start'), first.message, results('ok')])).toMatchObject({
			message: {content: [{text: 'Done, it says'}]},
			stop: 'end_turn',
		});
	});

	test('gives an answer only when what it expects has come true, and keeps its place', async () => {
		const first = await answerTo([said('Start')]);
		const failed = [said('Start'), first.message, results('failed')];
		const reply = await answerTo(failed);
		expect(reply.message.content).toEqual([{type: 'text', text: fallback}]);
		expect(await answerTo([...failed, reply.message, said('it is ok now')])).toMatchObject({message: {content: [{text: 'Done, it says'}]}});
	});

	test('says its fixed reply beside the script', async () => {
		expect(await answerTo([said('What is the weather?')], {stage: 'vibe', task: '9'})).toMatchObject({
			message: {content: [{text: fallback}]},
			stop: 'end_turn',
		});
	});

	test('streams what it answers, in pieces', async () => {
		const {events} = await tell(model.stream(modelRequest({purpose: {stage: 'requirements'}}), never));
		expect(textOf(events)).toBe('Requirements');
		expect(events.filter(event => event.type === 'text').length).toBeGreaterThan(1);
	});

	test('counts tokens like a service with a cache', async () => {
		const first = await answerTo([said('Start')]);
		const second = await answerTo([said('Start'), first.message, results('ok')]);
		expect(first.usage.cacheWrite1h).toBeGreaterThan(0);
		expect(second.usage.cacheRead / inputTokens(second.usage)).toBeGreaterThan(0.5);
	});

	test('an abort ends its pace at once', async () => {
		const slow = createRecordedModel({answers, fallback, delayMs: 60_000});
		const stop = new AbortController();
		const telling = tell(slow.stream(modelRequest({purpose}), stop.signal));
		stop.abort();
		expect(await telling).toMatchObject({error: {kind: 'stopped'}});
	});
});
