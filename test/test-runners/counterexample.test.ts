import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {counterexampleIn} from '../../source/test-runners/counterexample.ts';
import {natureOfError} from '../../source/test-runners/error-nature.ts';

/** What fast-check really throws. */
function thrownBy(run: () => void): Error {
	try {
		run();
	} catch (error) {
		return error as Error;
	}

	throw new Error('the property holds');
}

const failing = thrownBy(() =>
	fc.assert(
		fc.property(fc.nat(), number => {
			expect(number).toBeLessThan(5);
		}),
		{seed: 7, path: '0'},
	),
);

describe('a counterexample is found in what is printed by', () => {
	test('fast-check, with the seed', () => {
		expect(counterexampleIn({message: `${failing}`})).toMatch(/^\[5\] \(seed 7, path "0:[\d:]+"\)$/);
	});

	test('fast-check, whatever the values are', () => {
		fc.assert(
			fc.property(fc.anything(), value => {
				const error = thrownBy(() =>
					fc.assert(
						fc.property(fc.constant(value), () => false),
						{seed: 1},
					),
				);
				expect(counterexampleIn({message: `${error}`})).toContain('(seed 1');
			}),
			{numRuns: 50},
		);
	});

	test.each([
		[
			'fast-check 3',
			'Error: Property failed after 2 tests\n{ seed: -1, path: "1:0", endOnFailure: true }\nCounterexample: [[1,0]]\nShrunk 4 time(s)\nGot AssertionError: expected false to be true',
			'[[1,0]] (seed -1, path "1:0")',
		],
		['Hypothesis on one line', 'assert 1 == 0\nFalsifying example: test_x(a=0)', 'test_x(a=0)'],
		[
			'Hypothesis',
			"ValueError: boom\nFalsifying example: test_error(\n    a=11,\n    b='(',  # or any other generated value\n)\nExplanation:\n    These lines",
			"test_error(a=11, b='(')",
		],
		[
			'Hypothesis 6.160',
			'assert [100, 2] == [2, 100]\nFailing test case: test_order(\n    numbers=[2, 100],\n)\n\nYou can reproduce',
			'test_order(numbers=[2, 100])',
		],
		[
			'proptest',
			'Test failed: assertion failed: `(left == right)` at src/lib.rs:14.\nminimal failing input: n = 101, text = ""\n\tsuccesses: 7\n\tlocal rejects: 0',
			'n = 101, text = ""',
		],
		['testing/quick', 'calc_test.go:9: #3: failed on input 0x5, "a"', '0x5, "a"'],
	])('%s', (_, message, expected) => {
		expect(counterexampleIn({message})).toBe(expected);
	});

	test('rapid, as the values that it drew', () => {
		const message = '[rapid] failed after 3 tests: double(101) = 101';
		const detail = `a_test.go:7: ${message}\n    Failed test output:\n    a_test.go:8: [rapid] draw n: 101\n    a_test.go:9: [rapid] draw s: ""`;
		expect(counterexampleIn({message, detail})).toBe('n = 101, s = ""');
		expect(counterexampleIn({message})).toBe('double(101) = 101');
	});

	test('pytest, whose detail marks each line', () => {
		const detail = 'E       assert 1 == 0\nE       Falsifying example: test_x(\nE           a=0,\nE       )';
		expect(counterexampleIn({message: 'assert 1 == 0', detail})).toBe('test_x(a=0)');
	});
});

test('no other failure has one, and any text is read', () => {
	expect(counterexampleIn({message: 'AssertionError: expected 1 to be 2', detail: 'at a.test.ts:1'})).toBeUndefined();
	fc.assert(
		fc.property(fc.string(), fc.string(), (message, detail) => {
			counterexampleIn({message, detail});
		}),
	);
});

describe('a property that fails', () => {
	test('on an assertion shows what a test that fails on one shows, also by returning false', () => {
		const {message} = failing;
		expect([
			natureOfError(message, 'AssertionError: expected 5 to be less than 5'),
			natureOfError(message, 'Error: Property failed by returning false'),
			natureOfError(`${message}\nGot AssertionError: expected`),
		]).toEqual(Array(3).fill({kind: 'assertion', inBody: true}));
	});

	test('on another error, or nobody knows on what, does not', () => {
		expect([natureOfError(failing.message, 'TypeError: boom'), natureOfError(failing.message)]).toEqual(
			Array(2).fill({kind: 'error', inBody: true}),
		);
	});
});
