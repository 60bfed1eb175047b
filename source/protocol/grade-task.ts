import type {Grade} from './evidence.ts';
import {partsOf, testCommandOf} from './join-reports.ts';
import type {Comparison, TestCase, TestReport} from './test-report.ts';

export type TaskGrade = {
	readonly grade: Grade;
	/** Whether this evidence alone earns the tick; else a person decides. */
	readonly ticks: boolean;
	/** For a person, without a full stop: `says done, 1 red`. */
	readonly why: string;
	/** Ids of the passing tests that are the evidence: those naming a criterion of the task, without criteria those it fixed. */
	readonly green: readonly string[];
	/** Ids of criteria that nothing in a whole, green run names. */
	readonly unnamed?: readonly string[];
};

export type TaskEvidence = {
	/** Ids of the criteria the task carries. */
	readonly criteria: readonly string[];
	readonly report: TestReport;
	readonly comparison: Comparison;
	/** The criterion ids that a test's full name carries. */
	readonly criteriaOf: (testName: string) => readonly string[];
	/** Whether every criterion has a test that was seen red before the code was there. */
	readonly isProven?: boolean;
};

const maxListed = 3;

/** A few ids by name, the rest by number. */
export function listed(ids: readonly string[]): string {
	const more = ids.length - maxListed;
	return more > 0 ? `${ids.slice(0, maxListed).join(', ')} and ${more} more` : ids.join(', ');
}

function unusable(report: TestReport): string | undefined {
	switch (report.problem) {
		case 'timed-out': {
			return 'the tests ran out of time';
		}

		case 'stopped': {
			return 'the test run was stopped';
		}

		case 'not-started': {
			return 'the tests could not be started';
		}

		case 'no-tests': {
			return 'no test ran';
		}

		case undefined: {
			return undefined;
		}

		default: {
			return report.problem satisfies never;
		}
	}
}

function withoutNames(report: TestReport): string | undefined {
	if (report.detail === 'exit-code') {
		return 'only the exit code of the tests is known';
	}

	const ran = report.tests.some(test => test.status === 'passed' || test.status === 'failed');
	return ran ? undefined : 'no test ran';
}

/** The command of a package of which only the exit code is known: what other commands name says nothing of that package. */
function unnamedPackage(report: TestReport): string | undefined {
	const commands = partsOf(report).flatMap(part => (part.detail === 'exit-code' ? [testCommandOf(part)] : []));
	return commands.find(command => command.startsWith('cd '));
}

function naming(tests: readonly TestCase[], criteria: readonly string[], criteriaOf: TaskEvidence['criteriaOf']) {
	const wanted = new Set(criteria);
	const named = tests.map(test => ({test, ids: criteriaOf(test.name).filter(id => wanted.has(id))}));
	const idsWith = (status: TestCase['status']) => new Set(named.flatMap(({test, ids}) => (test.status === status ? ids : [])));
	return {
		passing: idsWith('passed'),
		failing: idsWith('failed'),
		green: named.filter(({test, ids}) => test.status === 'passed' && ids.length > 0).map(({test}) => test.id),
	};
}

/** Why a run shows nothing of any test; undefined when it does. */
export function nothingShown(report: TestReport): string | undefined {
	return unusable(report) ?? withoutNames(report);
}

/** A partial run shows that something is red, never that nothing is. */
function settled(report: TestReport, grade: 'proven' | 'passing' | 'green', {why, green}: Pick<TaskGrade, 'why' | 'green'>): TaskGrade {
	return report.scope === 'all' ? {grade, ticks: true, why, green} : {grade, ticks: false, why: 'the full run is pending', green};
}

/** The grade of a task by product.md's table, as weak as its weakest criterion. A flaky test is neither red nor evidence. */
export function gradeTask({criteria, report, comparison, criteriaOf, isProven = false}: TaskEvidence): TaskGrade {
	const flaky = new Set(comparison.flaky?.map(test => test.id));
	const steady = report.tests.filter(test => !flaky.has(test.id));
	const {passing, failing, green} = naming(steady, criteria, criteriaOf);
	const unproven = (why: string): TaskGrade => ({grade: 'unproven', ticks: false, why, green});
	if (comparison.newFailures.length > 0) {
		return {grade: 'red', ticks: false, why: `says done, ${comparison.newFailures.length} red`, green};
	}

	const nothing = nothingShown(report);
	if (nothing !== undefined) {
		return unproven(nothing);
	}

	if (criteria.length === 0) {
		const unnamed = unnamedPackage(report);
		return unnamed !== undefined
			? unproven(`only the exit code of ${unnamed} is known`)
			: settled(report, 'green', {why: 'green', green: comparison.fixed.map(test => test.id)});
	}

	// It failed before the task as well, so it is not blamed on it; but the criterion it names does not hold.
	const red = criteria.filter(id => failing.has(id));
	if (red.length > 0) {
		return unproven(`a test that names ${listed(red)} fails, as it did before`);
	}

	const missing = criteria.filter(id => !passing.has(id));
	const unsteady = naming(comparison.flaky ?? [], missing, criteriaOf).failing;
	if (unsteady.size > 0) {
		return unproven(`the test of ${listed([...unsteady])} is flaky`);
	}
	if (missing.length > 0) {
		return report.scope === 'all'
			? {...unproven(`no test names ${listed(missing)}`), unnamed: missing}
			: unproven(`no test of the partial run names ${listed(missing)}`);
	}

	const why = `${listed(criteria.map(id => `[${id}]`))} ${isProven ? 'proven' : 'passing'}`;
	return settled(report, isProven ? 'proven' : 'passing', {why, green});
}
