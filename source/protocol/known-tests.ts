import {joinReports, partsOf, testCommandOf} from './join-reports.ts';
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

function isWhole({scope, problem}: TestReport): boolean {
	return scope === 'all' && (problem === undefined || problem === 'no-tests');
}

/** What is known of one command's tests after a run of them. */
function afterRun(before: TestReport | undefined, part: TestReport): TestReport {
	if (before === undefined || isWhole(part)) {
		return part;
	}

	const tests = new Map(before.tests.map(test => [test.id, test]));
	for (const test of part.tests.filter(ran => isTold(ran, tests))) {
		tests.set(test.id, test);
	}

	const all = [...tests.values()];
	return {...before, tests: all, counts: countTests(all)};
}

function sharesTests(one: TestReport, other: TestReport): boolean {
	const ids = new Set(one.tests.map(test => test.id));
	return other.tests.some(test => ids.has(test.id));
}

/** What is known beside a run: the tests of other commands, as long as the run does not hold those tests itself. */
function besides(known: readonly TestReport[], parts: readonly TestReport[]): readonly TestReport[] {
	const isRun = (before: TestReport) =>
		parts.some(part => testCommandOf(part) === testCommandOf(before) || (isWhole(part) && sharesTests(part, before)));
	return known.filter(before => !isRun(before));
}

/** What is known after a run; one that names no test adds nothing. What other commands have shown stands. */
export function withRun(known: KnownTests | undefined, {report, startedAt, flaky}: Run): KnownTests | undefined {
	const parts = partsOf(report).filter(part => part.detail === 'named');
	const [first, ...more] = parts;
	if (first === undefined) {
		return known;
	}

	const at = new Date(startedAt).toISOString();
	const before = known === undefined ? [] : partsOf(known.report);
	const others = besides(before, parts);
	const now = (part: TestReport) =>
		afterRun(
			before.find(one => testCommandOf(one) === testCommandOf(part)),
			part,
		);
	const joined = joinReports([now(first), ...more.map(now), ...others]);
	const flakyNow = flaky.map(test => test.id);
	if (known === undefined || (others.length === 0 && parts.every(isWhole))) {
		return {report: joined, at, ranAt: {}, flaky: flakyNow};
	}

	const inKnown = new Map(known.report.tests.map(test => [test.id, test]));
	const told = parts.flatMap(part => part.tests.filter(test => isWhole(part) || isTold(test, inKnown)));
	const ids = new Set(told.map(test => test.id));
	return {
		report: joined,
		at: known.at,
		ranAt: {...known.ranAt, ...Object.fromEntries([...ids].map(id => [id, at]))},
		flaky: [...known.flaky.filter(id => !ids.has(id)), ...flakyNow],
	};
}
