import {countTests, type TestCase, type TestReport} from './test-report.ts';

/** The newest result of each single test, over all runs that were seen. */
export type KnownTests = {
	/** The newest whole run with the results of later, smaller ones in it; without a whole run the smaller ones alone. */
	readonly report: TestReport;
	/** When that run began; ISO 8601. */
	readonly at: string;
	/** When the run of a test began, by its id, where that was a later one. */
	readonly ranAt: Readonly<Record<string, string>>;
	/** Ids of tests that failed last, and passed when they were run again alone. */
	readonly flaky: readonly string[];
};

type Run = {
	readonly report: TestReport /** Milliseconds since the epoch. */;
	readonly startedAt: number;
	readonly flaky: readonly TestCase[];
};

/** A runner that is asked for some tests may call the others of their file skipped, which says nothing of them. */
function isTold(test: TestCase, known: ReadonlyMap<string, TestCase>): boolean {
	return test.status !== 'skipped' || !known.has(test.id);
}

/** What is known after a run; one that names no test adds nothing. */
export function withRun(known: KnownTests | undefined, {report, startedAt, flaky}: Run): KnownTests | undefined {
	if (report.detail !== 'named') {
		return known;
	}

	const at = new Date(startedAt).toISOString();
	const flakyNow = flaky.map(test => test.id);
	const isWhole = report.scope === 'all' && (report.problem === undefined || report.problem === 'no-tests');
	if (known === undefined || isWhole) {
		return {report, at, ranAt: {}, flaky: flakyNow};
	}

	const tests = new Map(known.report.tests.map(test => [test.id, test]));
	const told = report.tests.filter(test => isTold(test, tests));
	for (const test of told) {
		tests.set(test.id, test);
	}

	const ids = new Set(told.map(test => test.id));
	const all = [...tests.values()];
	return {
		report: {...known.report, tests: all, counts: countTests(all)},
		at: known.at,
		ranAt: {...known.ranAt, ...Object.fromEntries([...ids].map(id => [id, at]))},
		flaky: [...known.flaky.filter(id => !ids.has(id)), ...flakyNow],
	};
}
