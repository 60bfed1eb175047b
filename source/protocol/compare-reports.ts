import {partsOf, testCommandOf} from './join-reports.ts';
import type {Comparison, TestCase, TestReport} from './test-report.ts';

function byId(report: TestReport | undefined): ReadonlyMap<string, TestCase> {
	return new Map(report?.tests.map(test => [test.id, test]) ?? []);
}

/** What failed although no single test did: only the exit code is known, or the runner ended badly after green tests. */
function failureOfRun(report: TestReport | undefined): TestCase | undefined {
	if (report?.exitCode === undefined || report.exitCode === 0 || report.problem !== undefined) {
		return undefined;
	}

	const message = `The command ended with exit code ${report.exitCode}`;
	return report.tests.some(test => test.status === 'failed')
		? undefined
		: {id: report.command, file: '', name: report.command, status: 'failed', failure: {message, kind: 'error', inBody: false}};
}

function failed(report: TestReport | undefined): readonly TestCase[] {
	const run = failureOfRun(report);
	const tests = report?.tests.filter(({status, failure}) => status === 'failed' && failure?.isOfSubtest !== true) ?? [];
	return [...tests, ...(run === undefined ? [] : [run])];
}

/** A run that broke off says nothing about the tests it did not reach; one that collected nothing does. */
function isWhole(report: TestReport): boolean {
	return report.scope === 'all' && report.detail === 'named' && (report.problem === undefined || report.problem === 'no-tests');
}

/** A test's id without what stands in brackets at the ends of its names: `adds [1.2]` is the test that was `adds`. */
function withoutTags(id: string): string {
	return id.replaceAll(/(?: \[[^[\]]*\])+(?= > |$)/g, '');
}

/** Tests that passed in the baseline and are skipped now, or absent from a whole run. Tags that a name gained or lost make it no other test. */
export function lostTests(baseline: TestReport | undefined, report: TestReport): readonly TestCase[] {
	const now = byId(report);
	const before = byId(baseline);
	const tagged = new Set(report.tests.flatMap(test => (before.has(test.id) || test.status === 'skipped' ? [] : [withoutTags(test.id)])));
	const passed = baseline?.tests.filter(test => test.status === 'passed') ?? [];
	return passed.flatMap(test => {
		const current = now.get(test.id);
		if (current?.status === 'skipped') {
			return [current];
		}

		const message = 'It passed before and did not run now: a renamed test counts as gone, only criterion ids may be added to its name';
		const failure = {message, kind: 'error', inBody: false} as const;
		const isGone = current === undefined && isWhole(report) && !tagged.has(withoutTags(test.id));
		return isGone ? [{...test, status: 'failed' as const, failure}] : [];
	});
}

/**
 * Tells a run against the baseline by test id, as formats.md defines a new failure. Without a baseline every failure is new. A run that
 * fails as a whole counts as one test named after its command.
 */
export function compareReports(baseline: TestReport | undefined, report: TestReport): Comparison {
	const before = new Set(failed(baseline).map(test => test.id));
	const now = failed(report);
	const current = byId(report);
	return {
		newFailures: [...now.filter(test => !before.has(test.id)), ...lostTests(baseline, report)],
		oldFailures: now.filter(test => before.has(test.id)),
		fixed: [...before].flatMap(id => {
			const test = current.get(id);
			return test?.status === 'passed' ? [test] : [];
		}),
	};
}

/** The results of a test command from before the work at hand; undefined where they are not known. */
export type BaselineOf = (testCommand: string) => TestReport | undefined;

/** Tells the run of each command against the baseline of that command: what another one ran is neither lost nor new. */
export function compareRuns(baselineOf: BaselineOf, report: TestReport): Comparison {
	const told = partsOf(report).map(part => compareReports(baselineOf(testCommandOf(part)), part));
	return {
		newFailures: told.flatMap(({newFailures}) => newFailures),
		oldFailures: told.flatMap(({oldFailures}) => oldFailures),
		fixed: told.flatMap(({fixed}) => fixed),
	};
}
