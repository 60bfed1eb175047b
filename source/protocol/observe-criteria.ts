import type {CriterionEvidence, Grade} from './evidence.ts';
import type {Comparison, TestReport} from './test-report.ts';

export type ObservedCriteria = {
	/** Ids of the criteria that a task carries. */
	readonly criteria: readonly string[];
	/** SHA-256 of each criterion's text, by its id. */
	readonly textHashes: Readonly<Record<string, string>>;
	readonly report: TestReport;
	readonly comparison: Comparison;
	/** The criterion ids that a test's full name carries. */
	readonly criteriaOf: (testName: string) => readonly string[];
	/** Whether a test was seen failing on an assertion inside its body before the code was there, with the source it has now. */
	readonly wasSeenRed: (testId: string) => boolean;
};

/** What one run shows of each criterion of a task (product.md): a flaky test shows nothing, a red one outweighs every green one. */
export function evidenceOfCriteria(observed: ObservedCriteria): readonly CriterionEvidence[] {
	const {criteria, textHashes, report, comparison, criteriaOf, wasSeenRed} = observed;
	const flaky = new Set(comparison.flaky?.map(test => test.id));
	const known = report.tests.filter(test => !flaky.has(test.id)).map(test => ({test, ids: new Set(criteriaOf(test.name))}));
	return criteria.map(criterion => {
		const naming = known.filter(({ids}) => ids.has(criterion)).map(({test}) => test);
		const tests = naming.filter(test => test.status === 'passed').map(test => test.id);
		const seenRed = tests.filter(wasSeenRed);
		const isRed = naming.some(test => test.status === 'failed');
		const grade: Grade = isRed ? 'red' : tests.length === 0 ? 'unproven' : seenRed.length > 0 ? 'proven' : 'passing';
		return {criterion, textHash: textHashes[criterion] ?? '', grade, tests, seenRed};
	});
}
