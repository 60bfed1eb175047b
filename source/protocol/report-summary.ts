import type {RunResult, TestCounts, TestReport} from './test-report.ts';

const problems: Readonly<Record<NonNullable<TestReport['problem']>, string>> = {
	'timed-out': 'stopped: it took too long',
	stopped: 'stopped',
	'not-started': 'could not be started',
	'no-tests': 'no test was found',
};

/** What a run showed, in words: `41 passed, 2 failed, 1 skipped`, or why there is no result. */
export function reportSummary({problem, detail, exitCode, counts: {passed, failed, skipped}}: RunResult): string {
	if (problem !== undefined) {
		return problems[problem];
	}

	if (detail === 'exit-code') {
		return `exit ${exitCode ?? 'unknown'}, no test named`;
	}

	return [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
		.filter(part => part !== false)
		.join(', ');
}

/** The same of counts alone; a run that named no test is not told apart from one without tests. */
export function countsSummary({passed, failed}: TestCounts): string {
	return passed + failed === 0 ? 'no test named' : `${passed} passed, ${failed} failed`;
}

/** Whether a run is all green, so that its glyph and tone say so. */
export function isGreen({problem, exitCode, counts}: RunResult): boolean {
	return problem === undefined && exitCode === 0 && counts.failed === 0;
}

/** Lines of what was printed that tell why a run which names no test did not end well. */
const printedLines = 5;

/** The last lines that a run printed which failed without naming a test; empty for any other. */
export function unnamedFailure({detail, exitCode, problem, output}: TestReport): readonly string[] {
	const isUnnamed = detail === 'exit-code' && exitCode !== 0 && problem !== 'stopped';
	return isUnnamed
		? output
				.split('\n')
				.filter(line => line.trim() !== '')
				.slice(-printedLines)
		: [];
}
