import {describe, expect, test} from 'vitest';
import {compareReports} from '../../source/protocol/compare-reports.ts';
import {gradeReproduction} from '../../source/protocol/grade-bugfix.ts';
import {countTests, type TestCase, type TestFailure, type TestReport} from '../../source/protocol/test-report.ts';
import {criterionIdsInTestName} from '../../source/spec/criterion-names.ts';

const failing = (name: string, failure: Partial<TestFailure> = {}): TestCase => ({
	id: name,
	file: '',
	name,
	status: 'failed',
	failure: {message: 'got 1', kind: 'assertion', inBody: true, ...failure},
});
const passing = (name: string): TestCase => ({id: name, file: '', name, status: 'passed'});

function reportOf(tests: readonly TestCase[]): TestReport {
	const counts = countTests(tests);
	return {
		runner: 'go-test',
		command: 'go test ./...',
		scope: 'all',
		detail: 'named',
		tests,
		counts,
		collected: tests.length,
		exitCode: 1,
		durationMs: 1,
		output: '',
	};
}

/** Graded against a project without tests; `red` are those that show the bug. */
function graded(tests: readonly TestCase[], red: readonly TestCase[]) {
	const report = reportOf(tests);
	const told = compareReports(reportOf([]), report);
	const newFailures = told.newFailures.filter(one => !red.includes(one));
	const {grade, ticks, why} = gradeReproduction(
		{
			criteria: ['1.1', '2.1', '3.1'],
			report,
			comparison: {...told, newFailures},
			criteriaOf: name => criterionIdsInTestName(name, 'mean', true).flatMap(id => (id === '2.1' ? ['1.1', '2.1'] : [id])),
			changedCode: [],
		},
		{red, unchanged: new Set(['3.1'])},
	);
	return `${grade} ${ticks}: ${why}`;
}

describe('a task that reproduces a bug and holds what stays', () => {
	const red = failing('Mean/none [2.1]');
	const around = failing('Mean', {message: 'A subtest failed', kind: 'error', inBody: false, isOfSubtest: true});

	test('is done when the one is red and the other passes, whatever stands around them', () => {
		expect(graded([red, passing('Mean/two [3.1]'), around], [red])).toBe(
			'proven true: [1.1], [2.1] seen red on the unfixed code, [3.1] passing',
		);
	});

	test('is not when what stays has no test, fails, or is the red one itself', () => {
		expect(graded([red], [red])).toBe('unproven false: no test names 3.1');
		expect(graded([red, failing('Mean/two [3.1]')], [red])).toBe('red false: says done, 1 red for another reason');
		const both = failing('Mean/none [2.1] [3.1]');
		expect(graded([both], [both])).toBe('unproven false: no test names 3.1');
	});

	test('is told what to do about a panic, which ends the other tests', () => {
		const panic = failing('Mean/none [2.1]', {message: 'panic: divide by zero', kind: 'error', inBody: false});
		expect(graded([panic, around], [])).toBe(
			'red false: says done, 1 red for another reason (a panic ends the other tests too: catch it in the test)',
		);
	});
});
