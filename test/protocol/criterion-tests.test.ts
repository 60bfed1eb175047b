import {expect, test} from 'vitest';
import type {ShownCriteria} from '../../source/protocol/criterion-evidence.ts';
import {reportedTests, testsOfCriterion} from '../../source/protocol/criterion-tests.ts';
import type {TestReport} from '../../source/protocol/test-report.ts';

const nothingShown: ShownCriteria = {criteria: new Map(), flaky: new Set(), behindSince: () => undefined, isRenumbered: () => false};

function told(inSource: string, names: readonly string[], file = 'a.test.js') {
	const tests = names.map(name => ({id: `a.test.js > ${name}`, file, name, status: 'passed' as const}));
	const counts = {passed: tests.length, failed: 0, skipped: 0};
	const report: TestReport = {
		command: 'vitest',
		runner: 'vitest',
		collected: tests.length,
		scope: 'all',
		detail: 'named',
		tests,
		counts,
		output: '',
		durationMs: 1,
		exitCode: 0,
	};
	const links = [{criterion: '1.3', file: 'a.test.js', line: 7, name: inSource}];
	const reported = reportedTests({report}, {spec: 'links', isOnly: true, criterionHashes: {}});
	return testsOfCriterion({id: '1.3', links, reported, shown: nothingShown}).map(({name, line, status}) => [name, line, status]);
}

test.each([
	['ignores %s [1.3]', ['ignores http://a.b [1.3]', 'ignores mailto:a@b.c [1.3]']],
	['$kind links of $file.name are ignored [1.3]', ['old links of a.md are ignored [1.3]']],
	['asks for %j (100 %%) [1.3]', ['asks for {"a":1} (100 %) [1.3]']],
])('a parametrised test is its place in the source, however its name is filled in: %s', (inSource, names) => {
	expect(told(inSource, names)).toEqual(names.map(name => [name, 7, 'passed']));
});

test('a subtest of Go, whose file is not told, is its place in the source', () => {
	const name = 'example.org/parcel.TestBoundary/exactly_2_kg_is_small_[1.3]';
	expect(told('exactly 2 kg is small [1.3]', [name], '')).toEqual([[name, 7, 'passed']]);
});

test('a name without places to fill in is another test', () => {
	expect(told('ignores nothing [1.3]', ['ignores http://a.b [1.3]'])).toEqual([
		['ignores http://a.b [1.3]', undefined, 'passed'],
		['ignores nothing [1.3]', 7, 'unknown'],
	]);
});
