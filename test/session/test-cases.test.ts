import {expect, test} from 'vitest';
import type {TestCase} from '../../source/protocol/test-report.ts';
import {caseNames} from '../../source/session/test-cases.ts';

const tests = (...names: readonly string[]): readonly TestCase[] =>
	names.map(name => {
		const [file = '', own = ''] = name.includes(': ') ? name.split(': ') : ['a.py', name];
		return {id: name, name: own, file, status: 'failed'};
	});

test.each([
	[
		'cases of one test are counted',
		['test_a[] [2.4]', 'test_a[ ] [2.4]', 'test_a[x[1]-y] [2.4]', 'test_b'],
		['test_a [2.4] (3 cases)', 'test_b'],
	],
	['one case keeps its values', ['test_a[1-2]', 'test_b[3]'], ['test_a[1-2]', 'test_b[3]']],
	[
		'ids of criteria are no values',
		['p.TestA/adds_[1.1]', 'p.TestA/adds_[1.2]', 'adds [1.1]', 'adds [1.2]'],
		['p.TestA/adds_[1.1]', 'p.TestA/adds_[1.2]', 'adds [1.1]', 'adds [1.2]'],
	],
	[
		'tests of several files have their file',
		['a.py: test_a', 'b.py: test_a', 'b.py: test_c[1]', 'b.py: test_c[2]'],
		['test_a (a.py)', 'test_a (b.py)', 'test_c (b.py, 2 cases)'],
	],
])('%s', (_, names, told) => {
	expect(caseNames(tests(...names))).toEqual(told);
});
