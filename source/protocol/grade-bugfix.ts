import {gradeTask, listed, nothingShown, type TaskEvidence, type TaskGrade} from './grade-task.ts';
import type {TestCase} from './test-report.ts';

/** A failure that shows missing behaviour: the test ran, and an assertion in its body did not hold. */
export function isSeenRed({status, failure}: TestCase): boolean {
	return status === 'failed' && failure?.kind === 'assertion' && failure.inBody;
}

export type OnUnfixedCode = TaskEvidence & {
	/** Files of the project that are no tests and that the task changed all the same. */
	readonly changedCode: readonly string[];
};

function touched({changedCode}: OnUnfixedCode): string | undefined {
	return changedCode.length === 0 ? undefined : `${listed(changedCode)} changed, and the fix comes later`;
}

export type Reproduction = {
	/** The tests that show the bug on the code that has it. */
	readonly red: readonly TestCase[];
	/** Criteria of the task that say what must stay: their tests pass there. */
	readonly unchanged: ReadonlySet<string>;
};

/** Of a task whose bug was seen: what its tests say of the criteria that must stay as they are. */
function withUnchanged(seen: TaskGrade, evidence: OnUnfixedCode, {red, unchanged}: Reproduction): TaskGrade {
	const criteria = evidence.criteria.filter(id => unchanged.has(id));
	if (criteria.length === 0) {
		return seen;
	}

	// A test that shows the bug holds nothing: what else it names is named by no test yet.
	const names = new Set(red.map(test => test.name));
	const kept = gradeTask({...evidence, criteria, criteriaOf: name => (names.has(name) ? [] : evidence.criteriaOf(name))});
	return kept.ticks ? {...seen, why: `${seen.why}, ${kept.why}`, green: kept.green} : {...kept, grade: 'unproven'};
}

/**
 * The grade of a task that reproduces a bug: every criterion that is not to stay as it is has a test among `red`, and every one that is has a
 * passing one. `comparison` is without the failures of `red`: they are what was asked for.
 */
export function gradeReproduction(evidence: OnUnfixedCode, reproduction: Reproduction): TaskGrade {
	const {report, comparison, criteriaOf} = evidence;
	const {red, unchanged} = reproduction;
	const criteria = evidence.criteria.filter(id => !unchanged.has(id));
	const unproven = (why: string): TaskGrade => ({grade: 'unproven', ticks: false, why, green: []});
	const early = nothingShown(report) ?? touched(evidence);
	if (early !== undefined) {
		return unproven(early);
	}

	if (comparison.newFailures.length > 0) {
		const isPanic = comparison.newFailures.some(({failure}) => failure?.message.startsWith('panic: ') === true);
		const how = isPanic ? ' (a panic ends the other tests too: catch it in the test)' : '';
		return {grade: 'red', ticks: false, why: `says done, ${comparison.newFailures.length} red for another reason${how}`, green: []};
	}

	const naming = (id: string) => report.tests.filter(test => criteriaOf(test.name).includes(id));
	const open = criteria.filter(id => !red.some(test => criteriaOf(test.name).includes(id)));
	if (open.length === 0 && criteria.length > 0) {
		const why = `${criteria.map(id => `[${id}]`).join(', ')} seen red on the unfixed code`;
		return withUnchanged({grade: 'proven', ticks: true, why, green: []}, evidence, reproduction);
	}

	const flaky = new Set(comparison.flaky?.map(test => test.id));
	const tests = open.flatMap(naming);
	if (tests.some(test => flaky.has(test.id))) {
		return unproven(`the reproduction test of ${listed(open)} is flaky`);
	}

	return unproven(
		tests.some(test => test.status === 'passed')
			? 'the reproduction test passes on the unfixed code'
			: `no test that names ${listed(open)} fails on an assertion in its body, or on an error that the code throws`,
	);
}

/** The grade of a task that guards what must stay: its tests pass on the code that has the bug, and nothing but tests changed. */
export function gradePreservation(evidence: OnUnfixedCode): TaskGrade {
	const grade = gradeTask(evidence);
	const why = touched(evidence);
	return why === undefined || grade.grade === 'red' ? grade : {grade: 'unproven', ticks: false, why, green: grade.green};
}

/** A test that was seen on the unfixed code. */
export type Witness = {readonly id: string; readonly role: 'reproduction' | 'preservation'; readonly now: 'same' | 'changed' | 'gone'};

const was: Readonly<Record<Witness['role'], string>> = {
	reproduction: 'the reproduction test was {now} since it was seen red',
	preservation: 'a preservation test was {now} since it was seen green',
};

/** The grade of a fix: what gradeTask says, as long as the tests that were seen on the unfixed code are still those tests; else a person decides. */
export function gradeFix(grade: TaskGrade, witnesses: readonly Witness[]): TaskGrade {
	const other = witnesses.find(witness => witness.now !== 'same');
	if (other === undefined || grade.grade === 'red') {
		return grade;
	}

	const why = was[other.role].replace('{now}', other.now === 'gone' ? 'removed' : 'changed');
	return {grade: 'unproven', ticks: false, why: `${why}: ${other.id}`, green: grade.green};
}
