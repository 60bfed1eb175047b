import type {CriterionEvidence, RevertedEvidence} from '../protocol/evidence.ts';
import {isSeenRed} from '../protocol/grade-bugfix.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {endedInError} from './crashing-tests.ts';

/**
 * What a run in a copy without the task's code shows of one criterion: a test that fails on an assertion in its body is proof, and so is one of
 * `crashing`, whose error counts: it was seen ending in an error of the same code, or ended since the code gave it nothing.
 */
export function revertedEvidence(
	{criterion, textHash, tests}: CriterionEvidence,
	report: TestReport,
	crashing: ReadonlySet<string> = new Set(),
): RevertedEvidence {
	const wanted = new Set(tests);
	const found = report.tests.filter(test => wanted.has(test.id));
	const failing = found.filter(test => isSeenRed(test) || (crashing.has(test.id) && endedInError(test)));
	if (failing.length > 0) {
		return {criterion, textHash, tests: failing.map(test => test.id), outcome: 'fails'};
	}

	const passing = found.filter(test => test.status === 'passed');
	if (passing.length > 0 && passing.length === wanted.size) {
		return {criterion, textHash, tests, outcome: 'passes', why: `${passing[0]?.name ?? 'its test'} passes without the code of the task`};
	}

	const broken = found.find(test => test.status === 'failed');
	const why = broken?.failure?.message.split('\n')[0] ?? 'its tests did not run there';
	return {criterion, textHash, tests, outcome: 'unknown', why};
}
