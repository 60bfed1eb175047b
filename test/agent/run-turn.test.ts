import {describe, expect, test} from 'vitest';
import {type AgentEvent, runTurn, type Turn, type TurnOutcome} from '../../source/agent/run-turn.ts';
import {loadPrompts} from '../../source/model/prompts.ts';
import type {Message} from '../../source/protocol/message.ts';
import {
	answers,
	call,
	calls,
	cutsOffAfter,
	type FakeAnthropic,
	failsAfter,
	forever,
	malformedCall,
	overloaded,
	pauses,
	refuses,
	runsOut,
	runsOutInCall,
	says,
	stallsAfter,
	startFakeAnthropic,
	status,
	text,
	thinks,
	unknownThings,
} from '../support/fake-anthropic.ts';
import {modelOn, modelRequest} from '../support/fake-model.ts';
import {outcome, toolContext, toolNamed} from '../support/fake-tools.ts';
import {packageRoot} from '../support/run-cli.ts';

const {notices} = await loadPrompts(packageRoot);
const start: Message = {role: 'user', content: [{type: 'text', text: 'Go'}]};

type Ran = {
	readonly events: readonly AgentEvent[];
	readonly outcome?: TurnOutcome;
	readonly error?: unknown;
	readonly messages: readonly Message[];
};

/** Runs a turn the way the session does: event by event, keeping the messages of the conversation. */
async function run(fake: FakeAnthropic, fields: Partial<Turn> = {}, onEvent: (event: AgentEvent) => void = () => {}): Promise<Ran> {
	const signal = fields.signal ?? new AbortController().signal;
	const {messages: _, tools: __, ...request} = modelRequest();
	const turn = runTurn({
		model: modelOn(fake, {idleMs: 2000}).model,
		request,
		messages: [start],
		tools: [],
		context: toolContext(signal),
		decide: async () => ({allowed: true}),
		takePending: async () => ({texts: [], shown: [], told: {}}),
		ownTexts: async () => ({}),
		notices,
		missing: async () => undefined,
		signal,
		...fields,
	});
	const events: AgentEvent[] = [];
	const messages: Message[] = [...(fields.messages ?? [start])];
	try {
		for (;;) {
			const next = await turn.next();
			if (next.done === true) {
				return {events, outcome: next.value, messages};
			}

			events.push(next.value);
			if ((next.value.type === 'answer.finished' || next.value.type === 'results.appended') && next.value.message.content.length > 0) {
				messages.push(next.value.message);
			}

			onEvent(next.value);
		}
	} catch (error) {
		return {events, error, messages};
	}
}

function resultsIn(messages: readonly Message[]) {
	return messages.flatMap(({role, content}) => (role === 'user' ? content.filter(block => block.type === 'tool_result') : []));
}

const echo = toolNamed('read', 'read', ({path}) => outcome(`text of ${path}`));

describe('a turn', () => {
	test('asks, runs the calls, and asks again until the model is done', async () => {
		await using fake = await startFakeAnthropic([thinks('Look first', text('I read it.'), call('read', {path: 'a'})), says('It says a.')]);
		const ran = await run(fake, {tools: [echo]});
		expect(ran.outcome).toEqual({kind: 'finished', stop: 'end_turn'});
		expect(ran.events.map(({type}) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
			'thinking.streamed',
			'text.streamed',
			'call.streamed',
			'answer.finished',
			'call.requested',
			'call.finished',
			'results.appended',
			'text.streamed',
			'answer.finished',
		]);
		expect(resultsIn(ran.messages)).toEqual([{type: 'tool_result', tool_use_id: 'toolu_1_2', content: 'text of a'}]);
		fake.assertDone();
	});

	test('takes what came up in between along with the results, behind them', async () => {
		await using fake = await startFakeAnthropic([calls(['read', {path: 'a'}]), says('Yes')]);
		const told = {tasks: 'new text'};
		const ran = await run(fake, {tools: [echo], takePending: async () => ({texts: ['design.md changed'], shown: ['please hurry'], told})});
		expect(ran.events.find(event => event.type === 'results.appended')).toEqual({
			type: 'results.appended',
			message: {
				role: 'user',
				content: [
					{type: 'tool_result', tool_use_id: 'toolu_1_0', content: 'text of a'},
					{type: 'text', text: 'design.md changed'},
					{type: 'text', text: 'please hurry'},
				],
			},
			shown: ['please hurry'],
			toldTexts: told,
		});
		fake.assertDone();
	});

	test('keeps the results of calls that ran even when the turn may not go on', async () => {
		await using fake = await startFakeAnthropic([calls(['read', {path: 'a'}])]);
		const ran = await run(fake, {
			tools: [echo],
			takePending: async () => {
				throw new Error('the budget is spent');
			},
		});
		expect(ran.error).toMatchObject({message: 'the budget is spent'});
		expect(resultsIn(ran.messages)).toMatchObject([{content: 'text of a'}]);
	});

	test('A04, A06: a stream that breaks off is asked again; the half answer is in no request', async () => {
		await using fake = await startFakeAnthropic([
			failsAfter(4, says('Half of something')),
			cutsOffAfter(4, says('Half of something')),
			says('Whole'),
		]);
		const ran = await run(fake);
		expect(ran.events.filter(({type}) => type === 'answer.restarted')).toHaveLength(2);
		expect(ran.messages).toEqual([start, {role: 'assistant', content: [{type: 'text', text: 'Whole'}]}]);
		fake.assertDone();
	});

	test('waiting for the service is told', async () => {
		await using fake = await startFakeAnthropic([overloaded(), says('Hi')]);
		expect((await run(fake)).events[0]).toEqual({
			type: 'service.waiting',
			attempt: 2,
			reason: 'The model service is overloaded',
			seconds: 1,
		});
	});

	test('an error that no attempt can mend ends the turn with a sentence, and the next message is accepted', async () => {
		await using fake = await startFakeAnthropic([status(401), says('Hi')]);
		const ran = await run(fake);
		expect(ran.error).toMatchObject({kind: 'auth', exitCode: 7});
		const again: Message = {role: 'user', content: [{type: 'text', text: 'Now'}]};
		expect(await run(fake, {messages: [...ran.messages, again]})).toMatchObject({outcome: {kind: 'finished'}});
		fake.assertDone();
	});

	test('A08: an abort while the answer streams discards it, at once', async () => {
		await using fake = await startFakeAnthropic([stallsAfter(6, says('Half of something long enough')), says('Fine')]);
		const stop = new AbortController();
		const ran = await run(fake, {signal: stop.signal}, event => event.type === 'text.streamed' && stop.abort());
		expect(ran).toMatchObject({outcome: {kind: 'interrupted'}, messages: [start]});
		const again: Message = {role: 'user', content: [{type: 'text', text: 'Go on'}]};
		expect(await run(fake, {messages: [...ran.messages, again]})).toMatchObject({outcome: {kind: 'finished'}});
		fake.assertDone();
	});

	test('A10: a call cut off by the length limit is not run, and the model is told once', async () => {
		await using fake = await startFakeAnthropic([
			answers([text('I write it.'), {type: 'tool_use', name: 'write', json: '{"path":"X","mode":"pack'}], {stop: 'max_tokens'}),
			runsOutInCall('write', '{"path":"X","mode":"pack'),
		]);
		const written: string[] = [];
		const write = toolNamed('write', 'write', ({path}) => {
			written.push(path);
			return outcome('written');
		});
		const ran = await run(fake, {tools: [write]});
		expect(written).toEqual([]);
		expect(ran.outcome).toEqual({kind: 'finished', stop: 'max_tokens'});
		expect(ran.messages).toEqual([
			start,
			{role: 'assistant', content: [{type: 'text', text: 'I write it.'}]},
			{role: 'user', content: [{type: 'text', text: notices['call-cut-off']}]},
		]);
		fake.assertDone();
	});

	test('A12: a paused turn is sent back unchanged, and not for ever', async () => {
		await using fake = await startFakeAnthropic([forever(pauses('Searching'))]);
		const ran = await run(fake);
		expect(ran.outcome).toEqual({kind: 'limit'});
		expect(fake.requests).toHaveLength(11);
		expect(fake.violations).toEqual([]);
	});

	test.each([
		['A13: a refusal', refuses('No'), 'refusal'],
		['a full context', answers([text('Hm')], {stop: 'model_context_window_exceeded'}), 'model_context_window_exceeded'],
		['a length limit in a text', runsOut('On and on'), 'max_tokens'],
		['A16: a stop reason that nobody knows', unknownThings('Hm'), 'unknown'],
	])('%s ends the turn, runs nothing, and the next message works', async (_, reply, stop) => {
		await using fake = await startFakeAnthropic([reply, says('Fine')]);
		const ran = await run(fake, {tools: [toolNamed('write', 'write', () => outcome('written'))]});
		expect(ran.outcome).toEqual({kind: 'finished', stop});
		expect(ran.events.some(({type}) => type === 'call.requested')).toBe(false);
		const again: Message = {role: 'user', content: [{type: 'text', text: 'And now?'}]};
		const {messages: __, tools: ___, ...request} = modelRequest();
		expect(
			await run(fake, {request, tools: [toolNamed('write', 'write', () => outcome('written'))], messages: [...ran.messages, again]}),
		).toMatchObject({
			outcome: {kind: 'finished', stop: 'end_turn'},
		});
		fake.assertDone();
	});

	test('on a compatible host the roles alternate also behind an answer of thinking alone', async () => {
		await using fake = await startFakeAnthropic([thinks('Hm'), calls(['read', {path: 'a'}]), says('Done')], {profile: 'compatible'});
		const ran = await run(fake, {model: modelOn(fake, {idleMs: 2000}, 'compatible').model, tools: [echo]});
		expect(ran.outcome).toEqual({kind: 'finished', stop: 'end_turn'});
		fake.assertDone();
	});

	test('ends after as many requests as one turn may make', async () => {
		await using fake = await startFakeAnthropic([forever(calls(['read', {path: 'a'}]))]);
		const ran = await run(fake, {tools: [echo], maxRequests: 5});
		expect(ran.outcome).toEqual({kind: 'limit'});
		expect(fake.requests).toHaveLength(5);
		expect(resultsIn(ran.messages)).toHaveLength(5);
		expect(fake.violations).toEqual([]);
	});

	test('A15: inputs of wrong types are answered with what is wrong, and the conversation stays good', async () => {
		await using fake = await startFakeAnthropic([
			calls(['read', {path: 7}], ['fly', {}]),
			malformedCall('read', '{"path": "a'),
			malformedCall('read', '[]'),
			says('I see'),
		]);
		const ran = await run(fake, {tools: [echo]});
		expect(resultsIn(ran.messages).map(({content, is_error}) => [content, is_error])).toEqual([
			['The input of read is not right: path must be a string', true],
			['There is no tool called "fly" here. The tools are: read.', true],
			['The input was not valid JSON. Send the call to read again with a JSON object as its input.', true],
			['The input was JSON, but not an object. Send the call to read again with a JSON object as its input.', true],
		]);
		expect(ran.outcome).toEqual({kind: 'finished', stop: 'end_turn'});
		fake.assertDone();
	});
});

describe('the calls of a turn', () => {
	test('a tool that throws is an answer too', async () => {
		await using fake = await startFakeAnthropic([calls(['read', {path: 'a'}]), says('Oh')]);
		const broken = toolNamed('read', 'read', () => {
			throw new Error('disk on fire');
		});
		const ran = await run(fake, {tools: [broken]});
		expect(resultsIn(ran.messages)).toMatchObject([{content: 'The tool failed: disk on fire', is_error: true}]);
		fake.assertDone();
	});

	test('what a person declines is told with the reason, and the rest goes on', async () => {
		await using fake = await startFakeAnthropic([calls(['read', {path: 'secret'}], ['read', {path: 'b'}]), says('Fine')]);
		const ran = await run(fake, {
			tools: [echo],
			decide: async ({input}) =>
				(input as {path: string}).path === 'secret' ? {allowed: false, reason: 'it holds a key'} : {allowed: true},
		});
		expect(resultsIn(ran.messages)).toMatchObject([{content: 'Not run: it holds a key', is_error: true}, {content: 'text of b'}]);
		fake.assertDone();
	});

	test('a decline that stops the turn answers every other call, and the next message is accepted', async () => {
		await using fake = await startFakeAnthropic([
			calls(['write', {path: 'a'}], ['write', {path: 'b'}], ['write', {path: 'c'}]),
			says('Fine'),
		]);
		const write = toolNamed('write', 'write', ({path}) => outcome(`wrote ${path}`));
		const ran = await run(fake, {
			tools: [write],
			decide: async ({input}) =>
				(input as {path: string}).path === 'b' ? {allowed: false, reason: 'no', stopTurn: true} : {allowed: true},
		});
		expect(ran.outcome).toEqual({kind: 'declined'});
		expect(resultsIn(ran.messages).map(({content}) => content)).toEqual([
			'wrote a',
			'Not run: no',
			'Not run: the person stopped the turn at an earlier call.',
		]);
		const again: Message = {role: 'user', content: [{type: 'text', text: 'Do c'}]};
		await run(fake, {tools: [write], messages: [...ran.messages, again]});
		fake.assertDone();
	});

	test('A20: an abort while two of five calls run gives five results, in order, without waiting for the tools', async () => {
		await using fake = await startFakeAnthropic([
			calls(['read', {path: '1'}], ['write', {path: '2'}], ['read', {path: '3'}], ['read', {path: '4'}], ['write', {path: '5'}]),
			says('Fine'),
		]);
		const stop = new AbortController();
		let running = 0;
		const read = toolNamed('read', 'read', async ({path}, {signal}) => {
			if (path === '1') {
				return outcome('one');
			}

			running += 1;
			if (running === 2) {
				stop.abort();
			}

			await new Promise((_, reject) => {
				signal.addEventListener('abort', () => reject(new Error('aborted')), {once: true});
				if (signal.aborted) {
					reject(new Error('aborted'));
				}
			});
			return outcome('never');
		});
		const tools = [read, toolNamed('write', 'write', ({path}) => outcome(`wrote ${path}`))];
		const ran = await run(fake, {tools, signal: stop.signal});
		expect(ran.outcome).toEqual({kind: 'interrupted'});
		expect(resultsIn(ran.messages).map(({content}) => content.split(':')[0])).toEqual([
			'one',
			'wrote 2',
			'Interrupted',
			'Interrupted',
			'Not run',
		]);
		await run(fake, {tools, messages: [...ran.messages, {role: 'user', content: [{type: 'text', text: 'Go on'}]}]});
		fake.assertDone();
	});

	test('C22: writes run one after the other in the order of the calls, reads that stand together run together', async () => {
		await using fake = await startFakeAnthropic([
			calls(['read', {path: 'a'}], ['read', {path: 'b'}], ['write', {path: 'x1'}], ['write', {path: 'x2'}], ['read', {path: 'c'}]),
			says('Done'),
		]);
		const log: string[] = [];
		let arrived = 0;
		let bothHere = () => {};
		const meeting = new Promise<void>(resolve => {
			bothHere = resolve;
		});
		const read = toolNamed('read', 'read', async ({path}) => {
			log.push(`read ${path}`);
			arrived += 1;
			if (arrived === 2) {
				bothHere();
			}

			// Hangs unless the other read runs at the same time.
			await meeting;
			return outcome(path);
		});
		const write = toolNamed('write', 'write', async ({path}) => {
			log.push(`begin ${path}`);
			await new Promise(setImmediate);
			log.push(`end ${path}`);
			return outcome(path);
		});
		const ran = await run(fake, {tools: [read, write]});
		expect(log).toEqual(['read a', 'read b', 'begin x1', 'end x1', 'begin x2', 'end x2', 'read c']);
		expect(resultsIn(ran.messages).map(({content}) => content)).toEqual(['a', 'b', 'x1', 'x2', 'c']);
		fake.assertDone();
	});

	test('the output of a running tool is told while it runs', async () => {
		await using fake = await startFakeAnthropic([calls(['run', {path: 'x'}]), says('Done')]);
		const runs = toolNamed('run', 'harmless', (_, {onOutput}) => {
			onOutput('line 1\n');
			onOutput('line 2\n');
			return outcome('');
		});
		const {events, messages} = await run(fake, {tools: [runs]});
		expect(
			events
				.filter(({type}) => type.startsWith('call.') && type !== 'call.streamed')
				.map(event => (event.type === 'call.output' ? event.text : event.type)),
		).toEqual(['call.requested', 'line 1\n', 'line 2\n', 'call.finished']);
		expect(resultsIn(messages)).toMatchObject([{content: '(no output)'}]);
		fake.assertDone();
	});

	test('the same call that fails three times is told to stop', async () => {
		const failing = calls(['read', {path: 'gone'}]);
		await using fake = await startFakeAnthropic([failing, failing, failing, calls(['read', {path: 'other'}]), says('I give up')]);
		const read = toolNamed('read', 'read', ({path}) => outcome(`${path} does not exist`, false));
		const {messages} = await run(fake, {tools: [read]});
		expect(resultsIn(messages).map(({content}) => /failed 3 times/.test(content))).toEqual([false, false, true, false]);
		fake.assertDone();
	});
});
