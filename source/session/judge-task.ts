import {compareReports} from '../protocol/compare-reports.ts';
import type {CriterionEvidence} from '../protocol/evidence.ts';
import {gradeTask, type TaskGrade} from '../protocol/grade-task.ts';
import {evidenceOfCriteria} from '../protocol/observe-criteria.ts';
import type {SpecState} from '../protocol/state.ts';
import type {Comparison, TestCase, TestReport} from '../protocol/test-report.ts';
import {isCheckpointTask} from '../spec/task-progress.ts';
import {criteriaInNames, expectedRed} from './bugfix-task.ts';
import {findFlaky} from './find-flaky.ts';
import {requireSpec} from './handle/require.ts';
import {judgeBugfix} from './judge-bugfix.ts';
import {projectFiles} from './project-files.ts';
import {runTestsForTask} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {tellTests} from './tell-tests.ts';
import {findTestCommand} from './test-command.ts';
import {sourceDigests} from './test-source.ts';
import {changedFiles} from './undo.ts';

/** What the tests say of a task; without a report when the project has no test command. */
export type Verdict = {
	readonly grade: TaskGrade;
	readonly comparison: Comparison;
	readonly evidence: readonly CriterionEvidence[];
	readonly report?: TestReport;
	/** The agent may correct it, although nothing is red: a task of a bugfix that shows nothing on the unfixed code. */
	readonly isCorrectable?: boolean;
	/** Of a bugfix: the digest of the source of each test that was seen on the unfixed code. */
	readonly sources?: Readonly<Record<string, string>>;
};

const noCommand: Verdict = {
	grade: {grade: 'unproven', ticks: false, why: 'the project has no test command', green: []},
	comparison: {newFailures: [], oldFailures: [], fixed: []},
	evidence: [],
};

function compare(spec: SpecState, {task, baseline, bugfix, criteria}: TaskAttempt, report: TestReport): Comparison {
	const told = compareReports(baseline, report);
	const failed = report.tests.filter(test => test.status === 'failed');
	const inNames = criteriaInNames(spec);
	// What reproduces a bug that this task says is corrected must be green now, however long it was red.
	const isDue = (test: TestCase) =>
		bugfix?.reproduction.has(test.id) === true &&
		(bugfix.role === 'confirmation' || (bugfix.role === 'fix' && inNames(test.name).some(id => criteria.includes(id))));
	const expected = expectedRed(spec);
	const wasGreen = new Set(baseline?.tests.filter(test => test.status === 'passed').map(test => test.id));
	const isExpected = (test: TestCase) => test.status === 'failed' && expected.has(test.id) && !wasGreen.has(test.id) && !isDue(test);
	// A checkpoint asks for a green suite: there an old failure counts like a new one.
	const counted = isCheckpointTask(task) ? failed : [...new Set([...told.newFailures, ...failed.filter(isDue)])];
	const newFailures = counted.filter(test => !isExpected(test));
	const asExpected = failed.filter(isExpected);
	return {...told, newFailures, ...(asExpected.length > 0 && {expected: asExpected})};
}

/** Grades a task by one report against its own baseline; what fails newly is first run again alone, so that a flaky test is told apart. */
export async function gradeBy(services: Services, attempt: TaskAttempt, report: TestReport, work: Work): Promise<Verdict> {
	const {criteria, observed} = attempt;
	const spec = requireSpec(services);
	const told = compare(spec, attempt, report);
	const flaky = await findFlaky(services, told.newFailures, report, work);
	for (const {id} of flaky) {
		observed.flaky.add(id);
	}

	const isFlaky = new Set(flaky.map(test => test.id));
	const comparison: Comparison =
		flaky.length === 0 ? told : {...told, newFailures: told.newFailures.filter(test => !isFlaky.has(test.id)), flaky};
	const criteriaOf = criteriaInNames(spec);
	const seen = report.tests.filter(test => observed.seenRed.has(test.id));
	const sources = await sourceDigests(projectFiles(services, work.abort.signal), seen);
	const evidence = evidenceOfCriteria({
		criteria,
		textHashes: spec.criterionHashes,
		report,
		comparison,
		criteriaOf,
		wasSeenRed: id => sources.has(id) && sources.get(id) === observed.seenRed.get(id),
	});
	// With this setting a person has said that the related tests are enough.
	const isEnough = services.settings.tests.scope === 'affected';
	const grade = gradeTask({
		criteria,
		report: isEnough ? {...report, scope: 'all'} : report,
		comparison,
		criteriaOf,
		isProven: evidence.every(one => one.grade === 'proven'),
	});
	return judgeBugfix(services, attempt, {grade, comparison, evidence, report}, work);
}

/** True when only the long whole run is missing for the tick. */
export function isPending({grade, report}: Verdict): boolean {
	return report?.scope === 'related' && !grade.ticks && (grade.grade === 'proven' || grade.grade === 'passing' || grade.grade === 'green');
}

/** Runs the tests after the agent said that it is done, and grades what they show. */
export async function judgeTask(services: Services, attempt: TaskAttempt, work: Work): Promise<Verdict> {
	if ((await findTestCommand(services)) === undefined) {
		return noCommand;
	}

	const changed = (await changedFiles(services, attempt.checkpoints)).map(file => file.path);
	const verdict = await gradeBy(services, attempt, await runTestsForTask(services, {changed, work}), work);
	if (verdict.report !== undefined) {
		await tellTests(services, {report: verdict.report, reason: 'task', comparison: verdict.comparison});
	}

	return verdict;
}
