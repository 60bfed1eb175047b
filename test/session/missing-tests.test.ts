import {expect, test} from 'vitest';
import {approvalText} from '../../source/protocol/select.ts';
import {eventsOf, openToBuild, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const code = ['write', {path: 'src/multiply.js', content: multiplyCode}] as const;
const proof = ['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}] as const;
const ends = (opened: TestSession) => eventsOf(opened, 'task.finished').map(({outcome, why}) => `${outcome}: ${why}`);
const start = {type: 'start-task', task: '1.1' as never} as const;

test('criteria that no test names are asked for once, and the test then earns the tick', async () => {
	await using opened = await openToBuild({script: [calls(code), says('Done.'), calls(proof), says('Now with its test.')]});
	await send(opened, start);
	opened.fake.assertDone();
	expect(JSON.stringify(opened.fake.requests[2]?.body.messages.at(-1))).toContain('no test that ran names 1.1');
	expect(ends(opened)).toEqual(['done: [1.1] passing']);
});

test('a second time it is for the person to say', async () => {
	await using opened = await openToBuild({script: [calls(code), says('Done.'), says('No test can show it.')]});
	await send(opened, start);
	opened.fake.assertDone();
	expect(ends(opened)).toEqual(['waiting: no test names 1.1']);
});

const specOnly = {
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': smallSpec.tasks,
};

async function buildIn(opened: TestSession) {
	await send(opened, {type: 'open-spec', name: 'products'});
	const {spec} = opened.session.store.state();
	await send(opened, {type: 'approve-text', stage: 'tasks', digest: approvalText(spec!, 'tasks')});
	await send(opened, start);
	opened.fake.assertDone();
}

test('in a folder without tests, those that the task sets up are seen failing too', async () => {
	const manifest = '{"name": "sums", "type": "module", "scripts": {"test": "node --test"}}\n';
	const stub = ['write', {path: 'src/multiply.js', content: 'export function multiply() {}\n'}] as const;
	const edit = ['edit', {path: 'src/multiply.js', old_text: 'export function multiply() {}\n', new_text: multiplyCode}] as const;
	await using opened = await openTestSession({
		files: specOnly,
		script: [
			calls(['write', {path: 'package.json', content: manifest}], proof, stub),
			says('The tests are there.'),
			calls(edit),
			says('Done.'),
		],
		options: {answerFor: () => ({key: 's'})},
	});
	await buildIn(opened);
	expect(eventsOf(opened, 'tests.seen-red').map(({tests}) => tests.length)).toEqual([1]);
	expect(ends(opened)).toEqual(['done: [1.1] proven']);
});

test('where no test command is found after the tests, the code comes next all the same', async () => {
	await using opened = await openTestSession({
		files: specOnly,
		script: [says('There is nothing to test with.'), calls(code), says('Done.')],
		options: {answerFor: () => ({key: 's'})},
	});
	await buildIn(opened);
	expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('No command was found that runs the tests');
	expect(ends(opened)).toEqual(['waiting: the project has no test command']);
});

test('where the person accepts by hand, no tests are asked for and none come first', async () => {
	await using opened = await openTestSession({
		files: specOnly,
		script: [calls(code), says('Done.')],
		options: {answerFor: () => ({key: 'h'})},
	});
	await buildIn(opened);
	expect(JSON.stringify(opened.fake.requests[0]?.body.messages.at(-1))).toContain('write no tests for it');
	expect(JSON.stringify(opened.fake.requests[0]?.body.messages.at(-1))).not.toContain('the tests first');
	expect(ends(opened)).toEqual(['waiting: the project has no test command']);
});
