import {describe, expect, test} from 'vitest';
import {type AgentEvent, runTurn, type Turn, type TurnOutcome} from '../../source/agent/run-turn.ts';
import {loadPrompts} from '../../source/model/prompts.ts';
import {endTurn} from '../../source/tools/end-turn.ts';
import {calls, type Scripted, says, startFakeAnthropic} from '../support/fake-anthropic.ts';
import {modelOn, modelRequest} from '../support/fake-model.ts';
import {outcome, toolContext, toolNamed} from '../support/fake-tools.ts';
import {packageRoot} from '../support/run-cli.ts';

const {notices} = await loadPrompts(packageRoot);
const write = toolNamed('write', 'write', ({path}) => outcome(`wrote ${path}`, path !== 'bad'));
const read = toolNamed('read', 'read', ({path}) => outcome(`text of ${path}`, path !== 'bad'));

type Ran = {readonly outcome: TurnOutcome; readonly results: readonly string[]; readonly closings: readonly string[]};

/** Runs one turn on scripted answers, every one of which has to be asked for. */
async function play(script: readonly Scripted[], fields: Partial<Turn> = {}): Promise<Ran> {
	await using fake = await startFakeAnthropic([...script]);
	const {signal} = new AbortController();
	const {messages: _, tools: __, ...request} = modelRequest();
	const turn = runTurn({
		model: modelOn(fake, {idleMs: 2000}).model,
		request,
		messages: [{role: 'user', content: [{type: 'text', text: 'Go'}]}],
		tools: [endTurn, read, write],
		context: toolContext(signal),
		decide: async () => ({allowed: true}),
		takePending: async () => ({texts: ['later'], shown: [], told: {}}),
		ownTexts: async () => ({}),
		notices,
		missing: async () => undefined,
		signal,
		...fields,
	});
	const events: AgentEvent[] = [];
	for (;;) {
		const next = await turn.next();
		if (next.done === true) {
			fake.assertDone();
			return {
				outcome: next.value,
				results: events.flatMap(event =>
					event.type === 'results.appended'
						? event.message.content.map(block => (block.type === 'text' ? block.text : `${block.content}`))
						: [],
				),
				closings: events.flatMap(event =>
					event.type === 'call.finished' && event.display.kind === 'closing' && event.display.text !== '' ? [event.display.text] : [],
				),
			};
		}

		events.push(next.value);
	}
}

const finished = {kind: 'finished', stop: 'end_turn'};
const goesOn = 'The turn goes on: not every call before this one succeeded.';

describe('a turn that a call ends', () => {
	test('needs no further answer, and takes nothing with it that the next message tells', async () => {
		const ran = await play([calls(['write', {path: 'a'}], ['read', {path: 'b'}], ['end_turn', {message: 'Both are there.'}])]);
		expect(ran).toEqual({
			outcome: finished,
			results: ['wrote a', 'text of b', 'Shown to the person as your last words.'],
			closings: ['Both are there.'],
		});
	});

	test.each(['write', 'read'])('goes on where a %s before it failed, however often, since that is no loop', async tool => {
		const attempts = Array.from({length: 7}, (_, index) =>
			calls(['write', {path: `a${index}`}], [tool, {path: 'bad'}], ['end_turn', {message: 'Done.'}]),
		);
		const ran = await play([...attempts, says('It does not work.')]);
		expect(ran.outcome).toEqual(finished);
		expect(ran.closings).toEqual([]);
		expect(ran.results.filter(result => result === goesOn)).toHaveLength(7);
	});

	test('goes on where a call did not succeed that others rest on: none behind it is run', async () => {
		const check = {...toolNamed('check', 'harmless', ({path}) => outcome(`${path} is red`, path !== 'bad')), holdsRest: true} as const;
		const ran = await play(
			[
				calls(
					['write', {path: 'a'}],
					['check', {path: 'bad'}],
					['read', {path: 'b'}],
					['write', {path: 'c'}],
					['end_turn', {message: 'Done.'}],
				),
				calls(['check', {path: 'good'}], ['write', {path: 'c'}], ['end_turn', {message: 'Done.'}]),
			],
			{tools: [check, endTurn, read, write]},
		);
		const held = 'Not run: it rests on an earlier call that did not succeed.';
		expect(ran.results).toEqual([
			...['wrote a', 'bad is red', held, held, goesOn, 'later'],
			...['good is red', 'wrote c', 'Shown to the person as your last words.'],
		]);
		expect(ran.closings).toEqual(['Done.']);
	});

	test('goes on where an input before it was not right, and where there are calls behind it', async () => {
		const ran = await play([
			calls(['write', {file: 1}], ['end_turn', {message: 'Done.'}]),
			calls(['end_turn', {message: 'Done.'}], ['write', {path: 'a'}]),
			says('Now.'),
		]);
		expect(ran.results).toEqual([
			expect.stringContaining('not right'),
			goesOn,
			'later',
			'The turn goes on: there are calls behind this one.',
			'wrote a',
			'later',
		]);
	});

	test('stops like any other at a call that a person declines with it', async () => {
		const ran = await play([calls(['write', {path: 'a'}], ['end_turn', {message: 'Done.'}])], {
			decide: async () => ({allowed: false, reason: 'no.', stopTurn: true}),
		});
		expect(ran).toMatchObject({outcome: {kind: 'declined'}, closings: []});
	});

	test('is told what its last words lack, and ends all the same when that does not help', async () => {
		const script = calls(['end_turn', {message: 'Here is the document …'}]);
		const ran = await play([script, script, script, says('So be it.')], {
			missing: async text => (text.startsWith('Here') ? 'Write it to its file.' : undefined),
		});
		expect(ran.outcome).toEqual(finished);
		expect(ran.results.filter(result => result === 'Write it to its file.')).toHaveLength(3);
	});
});
