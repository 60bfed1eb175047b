import {expect, test} from 'vitest';
import {countTests, type TestCase, type TestReport} from '../../source/protocol/test-report.ts';
import {withTestsBehindPanic} from '../../source/session/behind-panic.ts';

const file = 'cart/cart_test.go';
const source = ['Main', 'First', 'Add', 'Find'].map(name => `func Test${name}(t *testing.T) {\n\tt.Error("no")\n}\n`).join('\n');
const read = async () => `package cart\n\n${source}`;

function testOf(name: string, failure?: string): TestCase {
	const id = `example.com/shop/cart.${name}`;
	return failure === undefined
		? {id, name: id, file, status: 'passed'}
		: {id, name: id, file, status: 'failed', failure: {message: failure, kind: 'error', inBody: false}};
}

function reportOf(...tests: readonly TestCase[]): TestReport {
	const counts = countTests(tests);
	const run = {
		runner: 'go-test',
		command: 'go test ./cart',
		scope: 'related',
		detail: 'named',
		exitCode: 1,
		durationMs: 1,
		output: '',
	} as const;
	return {...run, tests, counts, collected: tests.length};
}

const panics = (name: string) => testOf(name, 'panic: runtime error: index out of range');

test('the tests that a panic kept from running are run without it, until all were seen', async () => {
	const asked: (readonly string[])[] = [];
	const report = await withTestsBehindPanic(reportOf(panics('TestFirst')), [file], read, async tests => {
		asked.push(tests.map(({name}) => name));
		return asked.length === 1 ? reportOf(panics('TestAdd')) : reportOf(testOf('TestFind'));
	});
	expect(asked).toEqual([['example.com/shop/cart.TestAdd', 'example.com/shop/cart.TestFind'], ['example.com/shop/cart.TestFind']]);
	expect(report).toMatchObject({counts: {passed: 1, failed: 2, skipped: 0}, collected: 3});
});

test('nothing is run again without a panic, in another package, or when it shows nothing new', async () => {
	let runs = 0;
	const run = async () => {
		runs++;
		return reportOf();
	};
	const failed = reportOf(testOf('TestFirst', 'got 1'));
	expect(await withTestsBehindPanic(failed, [file], read, run)).toBe(failed);
	const panicked = reportOf(panics('TestFirst'));
	expect(await withTestsBehindPanic(panicked, ['other/other_test.go'], read, run)).toBe(panicked);
	expect(runs).toBe(0);
	expect(await withTestsBehindPanic(panicked, [file], read, run)).toBe(panicked);
	expect(runs).toBe(1);
});
