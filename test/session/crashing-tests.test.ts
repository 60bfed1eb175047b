import {describe, expect, test} from 'vitest';
import {eventsOf, openToBuild, resultsIn, send} from '../faults/stage.ts';
import {calls, type Scripted} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

const path = 'src/multiply.js';
const crashes = 'export function multiply(a, b) {\n\treturn a.times(b);\n}\n';
const writeTest = ['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}] as const;
const read = ['read', {path}] as const;
const expectRed = ['expect_red', {}] as const;
const writeCode = ['write', {path, content: multiplyCode}] as const;
const end = ['end_turn', {message: '`multiply` in src/multiply.js multiplies.'}] as const;

async function built(...script: readonly Scripted[]): Promise<TestSession> {
	return builtIn({[path]: crashes}, script);
}

async function builtIn(files: Readonly<Record<string, string>>, script: readonly Scripted[]): Promise<TestSession> {
	const opened = await openToBuild({files, script, options: {provesTasks: true}});
	await send(opened, {type: 'start-task', task: '1.1' as never});
	await opened.session.settled();
	opened.fake.assertDone();
	return opened;
}

const redOf = (opened: TestSession) => eventsOf(opened, 'tests.seen-red').map(({tests}) => tests.length);
const toldBy = (opened: TestSession, name: string) => {
	const {messages = []} = opened.fake.requests[1]?.body ?? {};
	return resultsIn({messages: messages.slice(-1)}).find(({text}) => text.startsWith(name))?.text;
};

test('an error of code that the task has not touched is red, and the code taken back throws it again', async () => {
	await using opened = await built(calls(read, writeTest, expectRed, writeCode, end));
	expect(redOf(opened)).toEqual([1]);
	const results = eventsOf(opened, 'task.finished');
	expect(results).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	const proof = opened.session.store.state().spec?.ledger.findLast(line => line.type === 'proof');
	expect(proof).toMatchObject({evidence: [{criterion: '1.1', outcome: 'fails'}]});
});

test('a stub that throws shows nothing', async () => {
	const stub = ['write', {path, content: 'export function multiply() {\n\tthrow new Error();\n}\n'}] as const;
	await using opened = await built(calls(read, writeTest, stub, expectRed, writeCode, end), calls(read, writeCode, end));
	expect(redOf(opened)[0]).toBe(0);
	expect(toldBy(opened, 'The program ran')).toMatch(/:\nnone\n.*Failing in another way/s);
});

test('a test that asserts nothing shows nothing', async () => {
	const only = multiplyTest(6).replace('assert.equal(multiply(2, 3), 6)', 'multiply(2, 3)');
	const calling = ['write', {path: 'test/multiply.test.js', content: only}] as const;
	await using opened = await built(calls(read, calling, expectRed, writeCode, end), calls(writeCode, end));
	expect(redOf(opened)[0]).toBe(0);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{grade: 'passing'}]);
});

describe('a test that ends since the code gives it nothing', () => {
	const testing = multiplyTest(6).replace('multiply(2, 3)', 'multiply(2, 3).product');
	const writes = ['write', {path: 'test/multiply.test.js', content: testing}] as const;
	const stub = ['write', {path, content: 'export function multiply() {}\n'}] as const;
	const code = ['write', {path, content: 'export function multiply(a, b) {\n\treturn {product: a * b};\n}\n'}] as const;

	test('is red', async () => {
		await using opened = await builtIn({}, [calls(writes, stub, expectRed, code, end)]);
		expect(redOf(opened)).toEqual([1]);
		expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	});

	test('is proof when the code is taken back', async () => {
		await using opened = await builtIn({}, [calls(writes, code, end)]);
		expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'passing'}]);
		const proof = opened.session.store.state().spec?.ledger.findLast(line => line.type === 'proof');
		expect(proof).toMatchObject({evidence: [{criterion: '1.1', outcome: 'fails'}]});
	});

	test('shows nothing without an assertion', async () => {
		const only = testing.replace('assert.equal(multiply(2, 3).product, 6)', 'multiply(2, 3).product');
		const calling = ['write', {path: 'test/multiply.test.js', content: only}] as const;
		await using opened = await builtIn({}, [calls(calling, stub, expectRed, code, end), calls(code, end)]);
		expect(redOf(opened)[0]).toBe(0);
		const proof = opened.session.store.state().spec?.ledger.findLast(line => line.type === 'proof');
		expect(proof).toMatchObject({evidence: [{criterion: '1.1', outcome: 'unknown'}]});
	});
});
