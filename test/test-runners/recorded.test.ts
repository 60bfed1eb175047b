import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {TestReport} from '../../source/protocol/test-report.ts';
import {parseTestRun} from '../../source/test-runners/index.ts';

/** The report of a recorded run, as the session would make it. */
function recorded(runner: string, file: string, exitCode = 1): Promise<TestReport> {
	return parseTestRun({
		fact: {runner},
		plan: {shown: 'npm test'},
		scope: 'all',
		root: '/project',
		outcome: 'exited',
		exitCode,
		output: '',
		durationMs: 10,
		report: readFileSync(join(import.meta.dirname, 'recorded', runner, file), 'utf8'),
	});
}

/** `status id` and for failures `kind place: first line of the message`. */
function lines({tests}: TestReport): readonly string[] {
	return tests.map(({id, status, failure}) => {
		const place = failure?.line === undefined ? (failure?.file ?? '') : `${failure.file}:${failure.line}`;
		const tail = failure === undefined ? '' : ` | ${failure.kind} ${place}: ${failure.message.split('\n')[0]}`;
		return `${status} ${id}${tail}`;
	});
}

describe('recorded reports', () => {
	test('vitest: assertions, errors, time-outs, skipped tests and files that do not load are told apart', async () => {
		expect(lines(await recorded('vitest', 'report.json'))).toEqual([
			'passed test/add.test.js > add > [1.1] adds two numbers',
			'failed test/add.test.js > add > [1.2] adds negatives | assertion test/add.test.js:10: AssertionError: expected -1 to be 1 // Object.is equality',
			'failed test/add.test.js > add > node assert | assertion test/add.test.js:13: AssertionError [ERR_ASSERTION]: 2 == 3',
			'failed test/add.test.js > add > throws inside | other test/add.test.js:16: TypeError: (0 , __vite_ssr_import_2__.missing) is not a function',
			'passed test/add.test.js > add > twice',
			'passed test/add.test.js > add > twice #2',
			'skipped test/add.test.js > add > later',
			'skipped test/add.test.js > add > one day',
			'failed test/add.test.js > add > times out | other test/add.test.js:21: TestTimeoutError: Test timed out in 20ms.',
			'skipped test/add.test.js > hooks > in a suite whose hook fails',
			"failed test/broken.test.js > the file loads | load test/broken.test.js: Cannot find module '../src/gone.js' imported from test/broken.test.js",
			'failed test/empty.test.js > the file loads | load test/empty.test.js: No test suite found in file test/empty.test.js',
			'failed test/syntax.test.js > the file loads | load test/syntax.test.js: Failed to parse source for import analysis because the content contains invalid JS syntax. If you are using JSX, make sure to name the file with the .jsx or .tsx extension.',
		]);
	});

	test('jest: the same, with the error named instead of the advice before it', async () => {
		expect(lines(await recorded('jest', 'report.json'))).toEqual([
			'passed test/add.test.js > add > [1.1] adds two numbers',
			'failed test/add.test.js > add > [1.2] adds negatives | assertion test/add.test.js:8: Error: expect(received).toBe(expected) // Object.is equality',
			"failed test/add.test.js > add > throws inside | other test/add.test.js:11: TypeError: Cannot read properties of null (reading 'foo')",
			'passed test/add.test.js > add > twice',
			'passed test/add.test.js > add > twice #2',
			'skipped test/add.test.js > add > later',
			'skipped test/add.test.js > add > one day',
			'failed test/syntax.test.js > the file loads | load test/syntax.test.js: SyntaxError: test/syntax.test.js: Unexpected token (2:0)',
			"failed test/broken.test.js > the file loads | load test/broken.test.js: Cannot find module '../src/gone.js' from 'test/broken.test.js'",
		]);
	});

	test('node --test: hooks and parents that fail by themselves are seen, todo is no failure, a file without tests is none', async () => {
		expect(lines(await recorded('node-test', 'report.jsonl'))).toEqual([
			'passed test/add.test.js > top level',
			'passed test/add.test.js > add > [1.1] adds two numbers',
			'failed test/add.test.js > add > [1.2] adds negatives | assertion test/add.test.js:11: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:',
			"failed test/add.test.js > add > throws inside | other test/add.test.js:14: TypeError: Cannot read properties of null (reading 'foo')",
			'passed test/add.test.js > add > twice',
			'passed test/add.test.js > add > twice #2',
			'skipped test/add.test.js > add > later',
			'skipped test/add.test.js > add > one day',
			'skipped test/add.test.js > add > todo that fails',
			'passed test/add.test.js > add > inner > deep & <odd> "name"',
			'failed test/add.test.js > hooks > in a suite whose hook fails | other test/add.test.js:29: test did not finish before its parent and was cancelled',
			'failed test/add.test.js > hooks | other test/add.test.js:27: Error: no database',
			'passed test/add.test.js > parent with subtests > sub passes',
			'failed test/add.test.js > parent with subtests > sub fails | assertion test/add.test.js:33: AssertionError [ERR_ASSERTION]: custom message',
			'failed test/add.test.js > parent with subtests | other test/add.test.js:31: 1 subtest failed',
			"failed test/broken.test.js > the file loads | load test/broken.test.js: Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'src/gone.js' imported from test/broken.test.js",
			"failed test/export.test.js > the file loads | load test/export.test.js:2: SyntaxError: The requested module '../src/add.js' does not provide an export named 'missing'",
			'passed test/parent.test.js > parent that fails itself > sub passes',
			'failed test/parent.test.js > parent that fails itself | assertion test/parent.test.js:5: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:',
			'skipped test/parent.test.js > skipped with reason',
			'failed test/parent.test.js > times out | other test/parent.test.js:10: test timed out after 10ms',
			'failed test/syntax.test.js > the file loads | load test/syntax.test.js:3: SyntaxError: Unexpected end of input',
		]);
	});

	test('pytest: collection errors are files that do not load, fixtures fail outside the body, classes are part of the name', async () => {
		expect(lines(await recorded('pytest', 'report.xml'))).toEqual([
			"failed tests/test_broken.py > the file loads | load tests/test_broken.py:1: ModuleNotFoundError: No module named 'gone'",
			'failed tests/test_syntax.py > the file loads | load tests/test_syntax.py:1: SyntaxError: invalid syntax',
			'passed tests/test_calc.py > test_adds',
			'failed tests/test_calc.py > test_negatives | assertion tests/test_calc.py:10: assert -1 == 1',
			"failed tests/test_calc.py > test_errors | other tests/test_calc.py:14: AttributeError: 'NoneType' object has no attribute 'foo'",
			"failed tests/test_calc.py > test_not_raised | assertion tests/test_calc.py:18: Failed: DID NOT RAISE <class 'ValueError'>",
			'passed tests/test_calc.py > test_many[[1.1] one]',
			'passed tests/test_calc.py > test_many[two & <three>]',
			'skipped tests/test_calc.py > test_later',
			'skipped tests/test_calc.py > test_expected',
			'passed tests/test_calc.py > TestGroup::test_inside',
			'failed tests/test_calc.py > test_setup | other tests/test_calc.py:44: failed on setup with "RuntimeError: no database"',
			"failed tests/test_calc.py > test_imports_inside | load tests/test_calc.py:52: ModuleNotFoundError: No module named 'gone'",
		]);
	});

	test('go test: a panic is no assertion, a package that does not build is a failure to load, tags of subtests are readable', async () => {
		expect(lines(await recorded('go-test', 'report.txt'))).toEqual([
			'passed example.com/calc/mathx.TestAdd/[1.1]_adds_two_numbers',
			'failed example.com/calc/mathx.TestAdd/negatives | assertion add_test.go:13: Add(1, -2) = -1, want 1',
			'failed example.com/calc/mathx.TestAdd | other : A subtest failed',
			'skipped example.com/calc/mathx.TestLater',
			'passed example.com/calc/mathx.TestPasses',
			'failed example.com/calc/mathx.TestPanics | other : panic: assignment to entry in nil map [recovered]',
			'failed example.com/calc/broken builds | load broken/b_test.go:5: undefined: missing',
		]);
	});

	test('cargo test: names carry their crate, doc tests no line number', async () => {
		expect(lines(await recorded('cargo-test', 'report.txt'))).toEqual([
			'skipped src/lib.rs > calc_kit::tests::later',
			'passed src/lib.rs > calc_kit::tests::adds',
			'failed src/lib.rs > calc_kit::tests::negatives | assertion src/lib.rs:22: assertion `left == right` failed: custom',
			'failed src/lib.rs > calc_kit::tests::panics | other src/lib.rs:28: called `Option::unwrap()` on a `None` value',
			'failed src/lib.rs > calc_kit::tests::should_have_panicked | assertion : note: test did not panic as expected at src/lib.rs:37:8',
			'passed tests/it.rs > it::works',
			'passed src/lib.rs > calc_kit doc::src/lib.rs - add',
		]);
		expect(lines(await recorded('cargo-test', 'does-not-compile.txt', 101))).toEqual([
			'failed tests/it.rs > the crate compiles | load tests/it.rs:8: cannot find function `missing` in this scope',
		]);
	});

	test('no report says where on this machine the project lies', async () => {
		const reports = [
			await recorded('vitest', 'report.json'),
			await recorded('jest', 'report.json'),
			await recorded('node-test', 'report.jsonl'),
			await recorded('pytest', 'report.xml'),
			await recorded('go-test', 'report.txt'),
		];
		expect(reports.filter(report => JSON.stringify(report.tests.map(({failure}) => failure?.message)).includes('/project'))).toEqual([]);
		expect(
			Math.max(...reports.flatMap(report => report.tests.map(({failure}) => failure?.detail?.split('\n').length ?? 0))),
		).toBeLessThanOrEqual(40);
	});
});
