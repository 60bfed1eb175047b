import {describe, expect, test} from 'vitest';
import type {ModelAnswer, ModelError, ModelErrorKind, ModelEvent} from '../../source/model/model.ts';
import {
	answers,
	call,
	calls,
	commentsForEver,
	cutsOffAfter,
	emptyDeltasForEver,
	emptyStream,
	failsAfter,
	forever,
	hangs,
	html,
	malformedCall,
	noContent,
	overloaded,
	pingsForEver,
	type Reply,
	rateLimited,
	redirects,
	refuses,
	runsOutInCall,
	says,
	split,
	stallsAfter,
	startFakeAnthropic,
	status,
	text,
	unknownThings,
} from '../support/fake-anthropic.ts';
import {modelOn, modelRequest, type Told, tell, textOf} from '../support/fake-model.ts';

const never = new AbortController().signal;

function answerOf({events, error}: Told): ModelAnswer {
	const last = events.at(-1);
	if (last?.type !== 'answer') {
		throw error ?? new Error('no answer');
	}

	return last;
}

function types(events: readonly ModelEvent[]): readonly string[] {
	return events.map(event => event.type).filter((type, index, all) => type !== all[index - 1]);
}

function kindOf({error}: Told): ModelErrorKind | undefined {
	return (error as ModelError | undefined)?.kind;
}

describe('faults of the model service', () => {
	test('A01: a rate limit with a short retry-after is waited for visibly, and asked once more', async () => {
		await using fake = await startFakeAnthropic([rateLimited(2), says('Here I am')]);
		const {model, waits} = modelOn(fake);
		const told = await tell(model.stream(modelRequest(), never));
		expect(textOf(told.events)).toBe('Here I am');
		expect(told.events[0]).toEqual({
			type: 'waiting',
			attempt: 2,
			reason: 'The model service takes no more requests for now (rate limit)',
			seconds: 3,
		});
		expect(waits[0]).toBeGreaterThanOrEqual(2000);
		fake.assertDone();
	});

	test('A02: a long retry-after is never slept through: one request, and the time when it resets', async () => {
		await using fake = await startFakeAnthropic([rateLimited(3600)]);
		const {model, waits} = modelOn(fake);
		const told = await tell(model.stream(modelRequest(), never));
		expect(told.error).toMatchObject({
			kind: 'rate-limit',
			exitCode: 8,
			message: expect.stringMatching(/again in 60 minutes, at \d\d:\d\d$/),
		});
		expect(waits).toEqual([]);
		fake.assertDone();
	});

	test('A03: an overloaded service is asked at most ten times, with growing waits', async () => {
		await using fake = await startFakeAnthropic([forever(overloaded())]);
		const {model, waits} = modelOn(fake);
		expect(await tell(model.stream(modelRequest(), never))).toMatchObject({error: {kind: 'overloaded', exitCode: 8}});
		expect(fake.requests).toHaveLength(10);
		expect(waits.slice(0, 7)).toEqual(waits.slice(0, 7).toSorted((one, other) => one - other));
		expect(new Set(waits.slice(0, 6)).size).toBe(6);
	});

	test('all waiting together keeps its cap', async () => {
		await using fake = await startFakeAnthropic([forever(overloaded())]);
		const {model, waits} = modelOn(fake, {maxWaitMs: 2500});
		expect(await tell(model.stream(modelRequest(), never))).toMatchObject({error: {kind: 'overloaded'}});
		expect(waits).toEqual([1000]);
	});

	test.each<[string, Reply]>([
		['A04: an error event', failsAfter(4, says('Half a sentence and more'))],
		['A06: a reset connection', cutsOffAfter(4, says('Half a sentence and more'), 'reset')],
		['A07: a clean end without message_stop', cutsOffAfter(4, says('Half a sentence and more'), 'end')],
		['A08: silence', stallsAfter(4, says('Half a sentence and more'))],
	])('%s in the middle of a text voids what was said, and the answer is asked for once more', async (_, broken) => {
		await using fake = await startFakeAnthropic([broken, says('Whole')]);
		const {model} = modelOn(fake, {idleMs: 400});
		const told = await tell(model.stream(modelRequest(), never));
		expect(types(told.events)).toEqual(['text', 'restarted', 'waiting', 'text', 'answer']);
		expect(answerOf(told).message.content).toEqual([{type: 'text', text: 'Whole'}]);
		fake.assertDone();
	});

	test('A05: an error event inside the input of a call gives no call', async () => {
		await using fake = await startFakeAnthropic([failsAfter(6, calls(['run', {command: 'touch never-created'}])), says('Sorry')]);
		const told = await tell(modelOn(fake).model.stream(modelRequest(), never));
		expect(types(told.events)).toEqual(['call', 'restarted', 'waiting', 'text', 'answer']);
		expect(answerOf(told)).toMatchObject({message: {content: [{type: 'text', text: 'Sorry'}]}, droppedCalls: []});
	});

	test('an answer that breaks off again and again is paid for four times at most', async () => {
		await using fake = await startFakeAnthropic([forever(cutsOffAfter(4, says('Half a sentence and more')))]);
		expect(await tell(modelOn(fake).model.stream(modelRequest(), never))).toMatchObject({error: {kind: 'broken-off', exitCode: 8}});
		expect(fake.requests).toHaveLength(4);
	});

	test.each<[string, Reply]>([
		['only pings', pingsForEver()],
		['only empty deltas', emptyDeltasForEver()],
		['only comments, as gateways do to keep a connection', commentsForEver()],
	])('A09: a service that sends %s is given up', async (_, reply) => {
		await using fake = await startFakeAnthropic([forever(reply)]);
		const {model} = modelOn(fake, {idleMs: 300, noProgressMs: 400, maxRequests: 1});
		expect(await tell(model.stream(modelRequest(), never))).toMatchObject({
			error: {kind: 'stalled', message: expect.stringContaining('Only signs of life')},
		});
	});

	test('a service that never begins to answer is given up after the header timeout', async () => {
		await using fake = await startFakeAnthropic([forever(hangs())]);
		const {model, waits} = modelOn(fake, {headerTimeoutMs: 80, maxRequests: 2});
		expect(await tell(model.stream(modelRequest(), never))).toMatchObject({
			error: {kind: 'unavailable', message: expect.stringContaining('No answer from 127.0.0.1')},
		});
		expect(waits).toHaveLength(1);
	});

	test('silence is told before it ends the answer', async () => {
		await using fake = await startFakeAnthropic([stallsAfter(4, says('Half a sentence and more'))]);
		const {model} = modelOn(fake, {warnMs: 40, idleMs: 200, maxRequests: 1});
		expect((await tell(model.stream(modelRequest(), never))).events.filter(event => event.type === 'stalled').length).toBeGreaterThan(1);
	});

	test.each<[string, Reply]>([
		['while the service is silent', stallsAfter(4, says('Half a sentence and more'))],
		['before it began to answer', hangs()],
	])('an abort %s ends the wait at once and closes the connection', async (_, reply) => {
		await using fake = await startFakeAnthropic([reply]);
		const stop = new AbortController();
		const telling = tell(modelOn(fake).model.stream(modelRequest(), stop.signal));
		await fake.received(1);
		stop.abort();
		expect(kindOf(await telling)).toBe('stopped');
		await expect.poll(() => fake.openRequests()).toBe(0);
	});

	test('A10: a call cut off by the length limit is left out, even where its beginning would be an input', async () => {
		await using fake = await startFakeAnthropic([runsOutInCall('run', '{"command":"touch X","cwd":"pack')]);
		expect(answerOf(await tell(modelOn(fake).model.stream(modelRequest(), never)))).toMatchObject({
			message: {content: []},
			stop: 'max_tokens',
			droppedCalls: [{name: 'run'}],
		});
	});

	test('A13: a refusal is an answer, not an error', async () => {
		await using fake = await startFakeAnthropic([refuses('I would rather not')]);
		expect(answerOf(await tell(modelOn(fake).model.stream(modelRequest(), never)))).toMatchObject({stop: 'refusal'});
	});

	test.each<[string, string]>([
		['an array', '[1,2]'],
		['null', 'null'],
		['half of an object', '{"path": "a'],
		['an object with text behind it', '{"path": "a"} and so on'],
	])('A15: a call whose input is %s is kept with an empty input and named as invalid', async (_, json) => {
		await using fake = await startFakeAnthropic([malformedCall('read', json)]);
		const answer = answerOf(await tell(modelOn(fake).model.stream(modelRequest(), never)));
		expect(answer.message.content).toEqual([{type: 'tool_use', id: 'toolu_1_0', name: 'read', input: {}}]);
		expect(answer.invalidCalls).toEqual({toolu_1_0: expect.any(String)});
	});

	test('A16: unknown events, blocks, deltas and stop reasons are passed over or kept, and no call of theirs can run', async () => {
		await using fake = await startFakeAnthropic([unknownThings('Known')]);
		expect(answerOf(await tell(modelOn(fake).model.stream(modelRequest(), never)))).toMatchObject({
			message: {
				content: [
					{type: 'text', text: 'Known'},
					{type: 'opaque', block: {type: 'hologram', data: 'x'}},
				],
			},
			stop: 'unknown',
			droppedCalls: [{name: 'write'}],
		});
	});

	test.each<[number, ModelErrorKind, number]>([
		[401, 'auth', 7],
		[402, 'billing', 8],
		[403, 'forbidden', 7],
		[404, 'not-found', 1],
		[413, 'too-large', 1],
		[400, 'bad-request', 1],
	])('A17, A19: status %i is not asked again, and its message holds no key', async (code, kind, exitCode) => {
		await using fake = await startFakeAnthropic();
		fake.script(status(code, 'some_error', `no entry for ${fake.key}`));
		const {model, logged} = modelOn(fake);
		const {error} = await tell(model.stream(modelRequest(), never));
		expect(error).toMatchObject({kind, exitCode, nextStep: expect.any(String)});
		expect(`${(error as Error).message} ${logged.join()}`).not.toContain(fake.key);
		fake.assertDone();
	});

	test('A19: a conversation of 33 MB is sent once, and told as too large', async () => {
		await using fake = await startFakeAnthropic();
		const messages = [{role: 'user' as const, content: [{type: 'text' as const, text: 'x'.repeat(33 * 1024 * 1024)}]}];
		expect(kindOf(await tell(modelOn(fake).model.stream(modelRequest({messages}), never)))).toBe('too-large');
		expect(fake.requests).toHaveLength(1);
	});

	test('A14: a conversation that is too long is told as that', async () => {
		await using fake = await startFakeAnthropic([
			status(400, 'invalid_request_error', 'prompt is too long: 1000001 tokens > 1000000 maximum'),
		]);
		expect(kindOf(await tell(modelOn(fake).model.stream(modelRequest(), never)))).toBe('too-long');
		fake.assertDone();
	});

	test.each<[string, Reply, ModelErrorKind, number]>([
		['200 with a web page', html(), 'not-a-model-service', 1],
		['204', noContent(), 'not-a-model-service', 1],
		['502 with a web page', html(502), 'unavailable', 2],
		['a stream without an event', emptyStream(), 'broken-off', 2],
	])('A18: %s is a readable error and never an empty success', async (_, reply, kind, count) => {
		await using fake = await startFakeAnthropic([forever(reply)]);
		const {error} = await tell(modelOn(fake, {maxRequests: 2}).model.stream(modelRequest(), never));
		expect(error).toMatchObject({kind, exitCode: 8});
		expect((error as Error).message).not.toMatch(/html|undefined|terminated/);
		expect(fake.requests).toHaveLength(count);
	});

	test('A21: an answer that arrives byte by byte is exact', async () => {
		const exact = 'Grüße, 世界 👩‍👩‍👧 \u2028 e\u0301';
		await using fake = await startFakeAnthropic([split(answers([text(exact), call('write', {content: exact})]))]);
		const told = await tell(modelOn(fake).model.stream(modelRequest(), never));
		expect(textOf(told.events)).toBe(exact);
		expect(answerOf(told).message.content).toMatchObject([{text: exact}, {input: {content: exact}}]);
	});

	test('A22: a redirect is not followed, and the other host gets no request', async () => {
		await using other = await startFakeAnthropic([forever(says('I should not be asked'))]);
		await using fake = await startFakeAnthropic([redirects(`${other.url}/v1/messages`)]);
		expect(await tell(modelOn(fake).model.stream(modelRequest(), never))).toMatchObject({error: {kind: 'redirected', exitCode: 8}});
		expect(other.requests).toEqual([]);
		fake.assertDone();
	});

	test('a server that is not there is told as that after three attempts', async () => {
		const gone = await startFakeAnthropic();
		await gone.close();
		const {model, waits} = modelOn(gone);
		expect(await tell(model.stream(modelRequest(), never))).toMatchObject({
			error: {kind: 'unreachable', message: expect.stringContaining('no connection to 127.0.0.1')},
		});
		expect(waits).toHaveLength(2);
	});
});
