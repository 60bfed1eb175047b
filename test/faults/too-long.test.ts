import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answers, calls, says, status, text} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest} from '../support/test-session.ts';
import {eventsOf, newestMessage, openToBuild, send} from './stage.ts';

const tooLong = () => status(400, 'invalid_request_error', 'prompt is too long: 1000001 tokens > 1000000 maximum');
const exceeds = answers([text('Half')], {stop: 'model_context_window_exceeded'});
const vibe = {type: 'command', text: '/vibe'} as const;

test('A14 a conversation that became too long goes on in a fresh one, with its last words, its files and the message', async () => {
	await using opened = await openToBuild();
	opened.fake.script(
		calls(['write', {path: 'notes.md', content: 'One.\n'}]),
		says('I began the notes.'),
		tooLong(),
		calls(['read', {path: 'notes.md'}]),
		says('Here they are.'),
		says('And on.'),
	);
	await send(opened, vibe, {type: 'send', text: 'Begin notes.'}, {type: 'send', text: 'Show me the notes.'});
	const {messages} = opened.fake.requests[3]!.body;
	expect(messages.filter(({role}) => role === 'assistant')).toEqual([]);
	const told = JSON.stringify(messages.at(-1));
	for (const part of ['I began the notes.', '`notes.md`', 'Show me the notes.']) {
		expect(told).toContain(part);
	}

	expect(JSON.stringify(messages[0])).toContain('# Requirements Document');
	expect(eventsOf(opened, 'turn.finished').map(({outcome}) => outcome)).toEqual(['finished', 'failed', 'finished']);
	await send(opened, {type: 'send', text: 'Go on.'});
	expect(opened.fake.requests.at(-1)!.body.messages.length).toBeGreaterThan(3);
	opened.fake.assertDone();
});

test('A14 an answer that fills the window, again and again, costs two requests and names the way out', async () => {
	await using opened = await openToBuild();
	opened.fake.script(says('Hello.'), exceeds, exceeds);
	await send(opened, vibe, {type: 'send', text: 'Hello?'});
	await opened.session.send({type: 'send', text: 'Explain all of it.'});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'turn.finished').at(-1)).toMatchObject({outcome: 'cut-off', nextStep: expect.stringContaining('/repin')});
});

test('A14 what is too long at once is not sent a second time', async () => {
	await using opened = await openToBuild();
	opened.fake.script(tooLong());
	await send(opened, vibe);
	expect(await opened.session.send({type: 'send', text: 'x'.repeat(1000)})).toMatchObject({ok: false});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'turn.finished').at(-1)).toMatchObject({outcome: 'failed', nextStep: expect.stringContaining('/repin')});
});

test('A14 a task goes on as itself, and its repairs stay in the new conversation', async () => {
	await using opened = await openToBuild();
	const stub = 'export function multiply() {}\n';
	const wrong = multiplyCode.replace('a * b', 'a + b');
	opened.fake.script(
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: stub}],
			['expect_red', {}],
		),
		tooLong(),
		calls(['edit', {path: 'src/multiply.js', old_text: stub, new_text: wrong}]),
		says('Done.'),
		calls(['edit', {path: 'src/multiply.js', old_text: wrong, new_text: multiplyCode}]),
		says('Repaired.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	const told = JSON.stringify(opened.fake.requests[2]!.body.messages.at(-1));
	expect(told).toContain('Build task 1.1');
	expect(told).toContain('`test/multiply.test.js`, `src/multiply.js`');
	expect(newestMessage(opened.fake)).not.toContain('This goes on from a conversation');
	expect(opened.fake.requests).toHaveLength(6);
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished').map(({outcome, why}) => `${outcome}: ${why}`)).toEqual(['done: [1.1] proven']);
	expect(readFileSync(join(opened.root, 'src/multiply.js'), 'utf8')).toBe(multiplyCode);
});
