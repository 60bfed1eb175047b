import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {calls, runsOut, runsOutInCall, says, stallsAfter} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, openTestSession} from '../support/test-session.ts';
import {
	allow,
	answerWith,
	eventsOf,
	happened,
	isAlive,
	newestMessage,
	openCli,
	openToBuild,
	projectWithSpec,
	resultsIn,
	send,
	specFolder,
	until,
} from './stage.ts';

const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);

test('A08 an interrupt while the service is silent ends the turn at once, and the next message is accepted', async () => {
	await using opened = await openTestSession({script: [stallsAfter(4, says('Half an answer and then nothing more.'))]});
	const turn = opened.session.send({type: 'send', text: 'What is this?'});
	await happened(opened, 'text.streamed');
	const stoppedAt = performance.now();
	await send(opened, {type: 'interrupt'});
	await turn;
	expect(performance.now() - stoppedAt).toBeLessThan(1500);
	expect(eventsOf(opened, 'turn.finished').map(({outcome}) => outcome)).toEqual(['interrupted']);
	await until(() => opened.fake.openRequests() === 0);
	opened.fake.script(says('Here I am again.'));
	await send(opened, {type: 'send', text: 'And now?'});
	opened.fake.assertDone();
	expect(opened.fake.requests).toHaveLength(2);
	expect(newestMessage(opened.fake)).toContain('And now?');
});

test('A10 a command cut off by the length limit is not run on a task either, and the task is not ticked', async () => {
	await using opened = await openToBuild({
		script: [runsOutInCall('run', '{"command":"touch canary","cwd":"pack'), says('Done.'), says('Nothing to add.')],
		options: {rules: [allow('touch canary')]},
	});
	await send(opened, {type: 'start-task', task: '1.1' as never});
	opened.fake.assertDone();
	expect(existsSync(join(opened.root, 'canary'))).toBe(false);
	expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('reached its length limit in the middle of a tool call');
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{task: '1.1', outcome: 'waiting', grade: 'unproven'}]);
	expect(readFileSync(join(opened.root, specFolder, 'tasks.md'), 'utf8')).toContain('[-] 1.1');
});

test('A11 an answer cut off in its text does not tick the task; it goes on where it was and earns the tick', async () => {
	await using opened = await openToBuild({script: [builds, runsOut('All is written, the task is d')]});
	const tasks = () => readFileSync(join(opened.root, specFolder, 'tasks.md'), 'utf8');
	await send(opened, {type: 'start-task', task: '1.1' as never});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'interrupted', why: expect.stringContaining('length limit')}]);
	expect(eventsOf(opened, 'turn.finished').at(-1)).toMatchObject({outcome: 'cut-off', nextStep: expect.stringContaining('go on')});
	expect(tasks()).toContain('[-] 1.1');
	opened.fake.script(says('Done.'));
	await send(opened, {type: 'start-task', task: '1.1' as never});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished').at(-1)).toMatchObject({outcome: 'done', grade: 'passing'});
	expect(tasks()).toContain('[x] 1.1');
});

test('A11 without a screen a task cut off at the length limit is exit 3: a person must decide', async () => {
	await using stage = await openCli({files: projectWithSpec, script: [runsOut('All is written, the task is d')]});
	const rev = (await stage.cli('approve', 'products', 'tasks', '--trust')).stdout.trim();
	expect(await stage.cli('approve', 'products', 'tasks', '--rev', rev, '--trust')).toMatchObject({code: 0});
	expect(await stage.cli('run', '--spec', 'products', '--all', '--trust')).toMatchObject({
		code: 3,
		stderr: expect.stringContaining('length limit'),
	});
	stage.fake.assertDone();
	expect(readFileSync(stage.at(`${specFolder}/tasks.md`), 'utf8')).toContain('[-] 1.1');
});

test('A20 an interrupt while the second of five commands works answers all five, and its processes are gone', async () => {
	const slow = 'echo "pid $$"; sleep 300 & echo "pid $!"; wait';
	await using opened = await openTestSession({
		script: [
			calls(
				['run', {command: 'echo "one"'}],
				['run', {command: slow}],
				['run', {command: 'touch a'}],
				['run', {command: 'touch b'}],
				['run', {command: 'touch c'}],
			),
		],
	});
	answerWith(opened, () => ({key: 'y'}));
	const turn = opened.session.send({type: 'send', text: 'What do these print?'});
	let output = '';
	await happened(opened, 'call.output', ({text}) => {
		output += text;
		return (output.match(/pid \d+/g) ?? []).length === 2;
	});
	await send(opened, {type: 'interrupt'});
	await turn;
	opened.fake.script(says('Stopped.'));
	await send(opened, {type: 'send', text: 'Why?'});
	opened.fake.assertDone();
	expect(resultsIn(opened.fake.requests.at(-1)!.body).map(({isError, text}) => [isError, text.split('\n').at(-1)])).toEqual([
		[false, '[exit code 0]'],
		[true, '[stopped by the person]'],
		[true, expect.stringContaining('Not run')],
		[true, expect.stringContaining('Not run')],
		[true, expect.stringContaining('Not run')],
	]);
	const pids = [...output.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
	await until(() => !pids.some(isAlive));
	expect(['a', 'b', 'c'].filter(name => existsSync(join(opened.root, name)))).toEqual([]);
});
