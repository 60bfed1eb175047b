import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {eventsOf, openToBuild, resultsIn, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

const path = 'src/multiply.js';
const stub = 'export function multiply() {}\n';
const start = {type: 'start-task', task: '1.1' as never} as const;

const writeTest = ['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}] as const;
const writeStub = ['write', {path, content: stub}] as const;
const expectRed = ['expect_red', {}] as const;
const writeCode = ['write', {path, content: multiplyCode}] as const;
const runTests = ['run', {command: 'npm test'}] as const;
const end = ['end_turn', {message: '`multiply` in src/multiply.js multiplies.'}] as const;

const told = (opened: TestSession, request: number) =>
	resultsIn({messages: opened.fake.requests[request]?.body.messages.slice(-1) ?? []}).map(({text}) => text);
const firstRuns = (opened: TestSession) => eventsOf(opened, 'tests.started').filter(({reason}) => reason === 'tests-first').length;

test('a task takes one request, and its tests were seen failing before the code was written', async () => {
	await using opened = await openToBuild({script: [calls(writeTest, writeStub, expectRed, writeCode, runTests, end)]});
	await send(opened, start);
	opened.fake.assertDone();
	expect(eventsOf(opened, 'tests.seen-red')).toMatchObject([{tests: [expect.stringContaining('multiplies [1.1]')]}]);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	expect(firstRuns(opened)).toBe(1);
	expect(eventsOf(opened, 'task.phase-entered').map(({phase}) => phase)).toEqual(['tests-first', 'tests', 'agent', 'tests']);
});

test('code behind tests that did not load is not written, and the next answer puts it right', async () => {
	await using opened = await openToBuild({
		script: [calls(writeTest, expectRed, writeCode, runTests, end), calls(writeStub, expectRed, writeCode, runTests, end)],
	});
	await send(opened, start);
	opened.fake.assertDone();
	const [, red = '', ...held] = told(opened, 1);
	expect(red).toMatch(/^The program ran `.*Seen failing .*:\nnone\n.*were not run\. Correct the tests or the stub/s);
	expect(held).toEqual([
		'Not run: it rests on an earlier call that did not succeed.',
		'Not run: it rests on an earlier call that did not succeed.',
		'The turn goes on: not every call before this one succeeded.',
	]);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
});

test('tests that pass already hold the calls behind them once more', async () => {
	await using opened = await openToBuild({script: [calls(writeTest, writeCode, expectRed, end), calls(end)]});
	await send(opened, start);
	opened.fake.assertDone();
	expect(told(opened, 1)[2]).toMatch(/Passing already: multiplies \[1\.1\].*leave, and go on with the code without it/s);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{grade: 'passing'}]);
});

test('without a test there is nothing to see, and a criterion that no test names is asked for', async () => {
	const other = ['write', {path: 'test/multiply.test.js', content: multiplyTest(6).replace(' [1.1]', '')}] as const;
	await using opened = await openToBuild({
		script: [calls(expectRed, writeCode), calls(other, writeStub, expectRed, writeCode), calls(writeTest, expectRed, writeCode, end)],
	});
	await send(opened, start);
	opened.fake.assertDone();
	expect(told(opened, 1)[0]).toBe('No test file has changed yet: write the tests first.');
	expect(told(opened, 2)[2]).toContain('No test that ran names: 1.1');
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
});

test('a turn that ends behind it, before the code, is told to go on; asked again it runs nothing', async () => {
	await using opened = await openToBuild({
		script: [calls(writeTest, writeStub, expectRed), calls(expectRed), says('The test is there.'), calls(expectRed, writeCode, end)],
	});
	await send(opened, start);
	opened.fake.assertDone();
	expect(told(opened, 2)).toEqual(['They were seen failing already: go on with the code.']);
	expect(JSON.stringify(opened.fake.requests[3]?.body.messages.at(-1))).toContain('Now write the code');
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	expect(existsSync(join(opened.root, path))).toBe(true);
});

test('a test that breaks beside one that shows the same criterion holds nothing', async () => {
	const broken = "\ntest('multiplies more [1.1]', () => {\n\tif (multiply(2, 3) !== 6) throw new Error();\n\tassert.ok(true);\n});\n";
	const both = ['write', {path: 'test/multiply.test.js', content: `${multiplyTest(6)}${broken}`}] as const;
	await using opened = await openToBuild({script: [calls(both, writeStub, expectRed, writeCode, runTests, end)]});
	await send(opened, start);
	opened.fake.assertDone();
	expect(eventsOf(opened, 'tests.seen-red')).toMatchObject([{tests: [expect.stringContaining('multiplies [1.1]')]}]);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	const items = Object.values(opened.session.store.state().conversations).flatMap(({items: chat}) => chat);
	expect(items.flatMap(item => (item.kind === 'tests' ? [item.reason] : []))).toEqual(['baseline', 'task']);
});
