import {describe, expect, test} from 'vitest';
import {compareReports} from '../../source/protocol/compare-reports.ts';
import {gradeTask} from '../../source/protocol/grade-task.ts';
import {countTests, type TestCase, type TestReport} from '../../source/protocol/test-report.ts';
import {criterionIdsInTestName} from '../../source/spec/criterion-names.ts';

const cases = (list: string): readonly TestCase[] =>
	list
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '')
		.map(line => {
			const name = line.slice(2);
			const status = line.startsWith('+') ? 'passed' : line.startsWith('-') ? 'failed' : 'skipped';
			return {id: `a.test.ts > ${name}`, file: 'a.test.ts', name, status};
		});

function report(list: string, other: Partial<TestReport> = {}): TestReport {
	const tests = cases(list);
	const counts = countTests(tests);
	return {
		runner: 'vitest',
		command: 'npm test',
		scope: 'all',
		detail: 'named',
		tests,
		counts,
		collected: tests.length,
		exitCode: counts.failed > 0 ? 1 : 0,
		durationMs: 10,
		output: '',
		...other,
	};
}

const names = (list: readonly TestCase[]) => list.map(({name, status}) => `${status} ${name}`);

function compared(before: TestReport | undefined, now: TestReport) {
	const {newFailures, oldFailures, fixed} = compareReports(before, now);
	return {new: names(newFailures), old: names(oldFailures), fixed: names(fixed)};
}

describe('a run against its baseline', () => {
	test('blames what failed before on nobody', () => {
		expect(compared(report('+ a\n- b\n- c'), report('- a\n- b\n+ c'))).toEqual({new: ['failed a'], old: ['failed b'], fixed: ['passed c']});
	});

	test('counts a test that passed and is skipped or gone now as a new failure', () => {
		expect(compared(report('+ a\n+ b\n- c\n? d'), report('? a'))).toEqual({new: ['skipped a', 'failed b'], old: [], fixed: []});
	});

	test('knows a test again whose name only gained criterion ids, but not one with other words', () => {
		const before = report('+ a.test.js > adds\n+ a.test.js > adds twice');
		expect(compared(before, report('+ a.test.js > adds [1.1]\n+ a.test.js > adds twice [1.2] [1.3]')).new).toEqual([]);
		expect(compared(before, report('- a.test.js > adds [1.1]\n+ a.test.js > adds twice')).new).toEqual(['failed a.test.js > adds [1.1]']);
		expect(compared(before, report('+ a.test.js > adds two [1.1]\n+ a.test.js > adds twice')).new).toEqual(['failed a.test.js > adds']);
		expect(compared(before, report('? a.test.js > adds [1.1]\n+ a.test.js > adds twice')).new).toEqual(['failed a.test.js > adds']);
	});

	test('misses nothing in a partial run, and nothing after one that broke off', () => {
		expect(compared(report('+ a\n+ b'), report('+ a', {scope: 'related'})).new).toEqual([]);
		expect(compared(report('+ a\n+ b'), report('+ a', {problem: 'timed-out', exitCode: undefined})).new).toEqual([]);
		expect(compared(report('+ a'), report('', {problem: 'no-tests', exitCode: 1})).new).toEqual(['failed a']);
	});

	test('takes every failure for new without a baseline', () => {
		expect(compared(undefined, report('+ a\n- b'))).toEqual({new: ['failed b'], old: [], fixed: []});
	});

	test('sees a run that fails as a whole, by its exit code', () => {
		const failed = report('', {detail: 'exit-code', exitCode: 2});
		expect(compared(report('', {detail: 'exit-code'}), failed).new).toEqual(['failed npm test']);
		expect(compared(failed, failed)).toEqual({new: [], old: ['failed npm test'], fixed: []});
		expect(compared(report('+ a'), report('+ a', {exitCode: 1})).new).toEqual(['failed npm test']);
	});
});

function graded(criteria: readonly string[], now: TestReport, before: TestReport | 'none' = report('+ old')) {
	const comparison = compareReports(before === 'none' ? undefined : before, now);
	const {grade, ticks, why} = gradeTask({
		criteria,
		report: now,
		comparison,
		criteriaOf: name => criterionIdsInTestName(name, 'notes', true),
	});
	return `${grade}, ${ticks ? 'ticks' : 'no tick'}: ${why}`;
}

describe('the grade of a task', () => {
	test.each<[string, readonly string[], TestReport, string]>([
		[
			'every criterion is named by a passing test',
			['1.1', '1.2'],
			report('+ old\n+ [1.1] a\n+ [notes 1.2] b'),
			'passing, ticks: [1.1], [1.2] passing',
		],
		['one criterion has no test', ['1.1', '1.2'], report('+ old\n+ [1.1] a'), 'unproven, no tick: no test names 1.2'],
		['many have none', ['1.1', '1.2', '1.3', '1.4', '1.5'], report('+ old'), 'unproven, no tick: no test names 1.1, 1.2, 1.3 and 2 more'],
		['the test that names it is skipped', ['1.1'], report('+ old\n? [1.1] a'), 'unproven, no tick: no test names 1.1'],
		['there are new failures', ['1.1'], report('+ old\n+ [1.1] a\n- b\n- c'), 'red, no tick: says done, 2 red'],
		['an earlier test is gone', ['1.1'], report('+ [1.1] a'), 'red, no tick: says done, 1 red'],
		['the task has no criteria', [], report('+ old'), 'green, ticks: green'],
		['it has none and no test ran', [], report('', {problem: 'no-tests', exitCode: undefined}), 'red, no tick: says done, 1 red'],
		['only the exit code is known', [], report('', {detail: 'exit-code'}), 'unproven, no tick: only the exit code of the tests is known'],
		['the run was partial', ['1.1'], report('+ [1.1] a', {scope: 'related'}), 'passing, no tick: the full run is pending'],
		[
			'a partial run names it nowhere',
			['1.1'],
			report('+ old', {scope: 'related'}),
			'unproven, no tick: no test of the partial run names 1.1',
		],
		['a partial run of a task without criteria', [], report('+ old', {scope: 'related'}), 'green, no tick: the full run is pending'],
		[
			'time ran out',
			['1.1'],
			report('+ old\n+ [1.1] a', {problem: 'timed-out', exitCode: undefined}),
			'unproven, no tick: the tests ran out of time',
		],
		[
			'the run was skipped by a key',
			[],
			report('+ old', {problem: 'stopped', exitCode: undefined}),
			'unproven, no tick: the test run was stopped',
		],
		[
			'nothing could be started',
			[],
			report('', {problem: 'not-started', exitCode: undefined}),
			'unproven, no tick: the tests could not be started',
		],
		['everything is skipped', [], report('? new'), 'red, no tick: says done, 1 red'],
	])('when %s', (_, criteria, now, expected) => {
		expect(graded(criteria, now)).toBe(expected);
	});

	test('zero tests are not green', () => {
		expect(graded([], report('', {problem: 'no-tests', exitCode: undefined}), 'none')).toBe('unproven, no tick: no test ran');
		expect(graded([], report('? a'), 'none')).toBe('unproven, no tick: no test ran');
	});

	test('a criterion whose test failed before and still fails is not shown, though nobody is blamed', () => {
		expect(graded(['1.1'], report('+ [1.1] a\n- [1.1] b'), report('- [1.1] b'))).toBe(
			'unproven, no tick: a test that names 1.1 fails, as it did before',
		);
	});

	test('the evidence is the tests that name its criteria', () => {
		const now = report('+ old\n+ [1.1] a\n+ [1.2] b');
		const {green} = gradeTask({
			criteria: ['1.1'],
			report: now,
			comparison: compareReports(undefined, now),
			criteriaOf: name => criterionIdsInTestName(name, 'notes', true),
		});
		expect(green).toEqual(['a.test.ts > [1.1] a']);
	});
});
