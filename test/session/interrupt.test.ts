import {expect, test} from 'vitest';
import {allow, eventsOf, happened, openToBuild, projectWithSpec, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession} from '../support/test-session.ts';

const slowProject = {
	...nodeProject,
	'test/slow.test.js': "import test from 'node:test';\ntest('slow', () => new Promise(resolve => setTimeout(resolve, 20_000)));\n",
};

test('a message that is sent after Esc goes out as soon as what was stopped has let go', async () => {
	await using opened = await openTestSession({options: {rules: [allow('sleep 30')]}});
	opened.fake.script(calls(['run', {command: 'sleep 30'}]), says('Still here.'));
	const turn = opened.session.send({type: 'send', text: 'what is this?'});
	await happened(opened, 'call.requested');
	await opened.session.send({type: 'interrupt'});
	await opened.session.send({type: 'send', text: 'are you there?'});
	await turn;
	opened.fake.assertDone();
	expect(JSON.stringify(opened.fake.requests[1]?.body.messages)).toContain('are you there?');
	expect(eventsOf(opened, 'message.queued')).toEqual([]);
});

test('after Esc during the tests of a task the agent does not go on with what was queued', async () => {
	await using opened = await openToBuild({script: [says('Done.')]});
	let isStopped = false;
	opened.session.store.subscribe(event => {
		if (event.type === 'tests.started' && event.reason === 'task' && !isStopped) {
			isStopped = true;
			queueMicrotask(async () => {
				await opened.session.send({type: 'send', text: 'use tabs'});
				await opened.session.send({type: 'interrupt'});
			});
		}
	});
	await opened.session.send({type: 'command', text: '/start 1.1'});
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'interrupted'}]);
	expect(opened.fake.requests).toHaveLength(1);
	expect(Object.values(opened.session.store.state().conversations).flatMap(({queued}) => queued)).toEqual(['use tabs']);
});

test('a message ends the tests after a free turn, even before their command runs', async () => {
	await using opened = await openTestSession({files: slowProject});
	opened.fake.script(calls(['write', {path: 'src/new.js', content: 'export {};\n'}]), says('Done.'), says('I am.'));
	let isSent = false;
	let second: Promise<unknown> = Promise.resolve();
	opened.session.store.subscribe(event => {
		if (event.type === 'tests.started' && (event.reason === 'baseline' || opened.fake.requests.length === 3)) {
			void opened.session.send({type: 'skip-tests'});
		}

		if (event.type === 'files.changed' && !isSent) {
			isSent = true;
			queueMicrotask(() => {
				second = opened.session.send({type: 'send', text: 'are you there?'});
			});
		}
	});
	await opened.session.send({type: 'send', text: 'what is this?'});
	await second;
	opened.fake.assertDone();
	// What the first turn changed was not tested then, so it is now.
	expect(eventsOf(opened, 'tests.started').map(({reason}) => reason)).toEqual(['baseline', 'vibe']);
});

test('a queued message that is taken back leaves nothing to send', async () => {
	await using opened = await openTestSession({files: projectWithSpec});
	await send(opened, {type: 'open-spec', name: 'products'});
	opened.session.store.subscribe(event => {
		if (event.type === 'turn.finished') {
			void opened.session.send({type: 'take-back', text: 'one more'});
		}
	});
	opened.fake.script(() => {
		void opened.session.send({type: 'send', text: 'one more'});
		return says('Done.');
	});
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'message.sent')).toHaveLength(1);
});

test('a message typed right after the yes to the trust question is not lost', async () => {
	await using opened = await openTestSession({options: {trust: 'ask'}, script: [says('Hello.')]});
	let message: Promise<unknown> = Promise.resolve();
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			queueMicrotask(() => {
				void opened.session.send({type: 'answer', ask: event.ask.id, answer: {key: 'y'}});
				message = opened.session.send({type: 'send', text: 'what is this?'});
			});
		}
	});
	await send(opened, {type: 'command', text: '/trust'});
	await message;
	opened.fake.assertDone();
});

test('an idea whose route nobody chose is told, with the way to have it again', async () => {
	await using opened = await openTestSession({options: {answerFor: () => ({key: 'escape'})}});
	await send(opened, {type: 'send', text: 'add a function that multiplies two numbers'});
	expect(eventsOf(opened, 'noticed')).toMatchObject([{text: 'Not begun: add a function that multiplies two numbers'}]);
});

test('a call that waits for a permission says so, and goes on when it is given', async () => {
	await using opened = await openTestSession();
	const statuses: string[] = [];
	opened.session.store.subscribe((event, state) => {
		const items = Object.values(state.conversations).flatMap(conversation => conversation.items);
		statuses.push(...items.flatMap(item => (item.kind === 'call' ? [item.status] : [])).slice(-1));
		if (event.type === 'asked') {
			queueMicrotask(() => void opened.session.send({type: 'answer', ask: event.ask.id, answer: {key: 'y'}}));
		}
	});
	opened.fake.script(calls(['run', {command: 'touch made'}]), says('Done.'));
	await send(opened, {type: 'send', text: 'what is this?'});
	expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
		'streaming',
		'queued',
		'running',
		'waiting',
		'running',
		'done',
	]);
});

const stub = {path: 'src/multiply.js', content: 'export function multiply() {}\n'};
const multiplies = {path: 'test/multiply.test.js', content: multiplyTest(6)};

test('a task that was stopped while its tests were written goes on with them, and red tests are no false claim', async () => {
	await using opened = await openToBuild({options: {rules: [allow('sleep 30')]}});
	opened.fake.script(
		calls(['run', {command: 'sleep 30'}]),
		calls(['write', multiplies], ['write', stub]),
		says('The tests are there.'),
		calls(['write', {...stub, content: multiplyCode}]),
		says('Done.'),
	);
	const started = opened.session.send({type: 'command', text: '/start 1.1'});
	await happened(opened, 'call.requested');
	await opened.session.send({type: 'interrupt'});
	await started;
	await send(opened, {type: 'send', text: 'go on'});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'tests.seen-red')).toMatchObject([{tests: ['test/multiply.test.js > multiplies [1.1]']}]);
	expect(eventsOf(opened, 'task.finished').at(-1)).toMatchObject({outcome: 'done', grade: 'proven'});
	const attempt = opened.session.store.state().spec?.ledger.findLast(line => line.type === 'task');
	expect(attempt).not.toHaveProperty('caught');
});

test('a model whose tests did not load is told what the command said, and one that starts again why it was not ticked', async () => {
	await using opened = await openToBuild();
	const broken = {path: 'test/multiply.test.js', content: "import {none} from '../src/none.js';\n"};
	opened.fake.script(
		calls(['write', broken]),
		says('The tests are there.'),
		says('I cannot.'),
		says('Still not.'),
		says('Nor now.'),
		says('No.'),
		says('No.'),
		says('No.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	const told = (index: number) => JSON.stringify(opened.fake.requests[index]?.body.messages.at(-1));
	expect(told(2)).toMatch(/None of the tests was run.*none\.js/s);
	expect(told(2)).not.toContain('No test names');
	const before = opened.fake.requests.length;
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(told(before)).toMatch(/did not tick it: these tests fail:.*the file loads/s);
});
