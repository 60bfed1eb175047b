import {compareReports} from '../protocol/compare-reports.ts';
import type {CriterionEvidence} from '../protocol/evidence.ts';
import {gradeTask, type TaskGrade} from '../protocol/grade-task.ts';
import {evidenceOfCriteria} from '../protocol/observe-criteria.ts';
import type {Comparison, TestReport} from '../protocol/test-report.ts';
import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import {isCheckpointTask} from '../spec/task-progress.ts';
import {findFlaky} from './find-flaky.ts';
import {requireSpec} from './handle/require.ts';
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
};

const noCommand: Verdict = {
	grade: {grade: 'unproven', ticks: false, why: 'the project has no test command', green: []},
	comparison: {newFailures: [], oldFailures: [], fixed: []},
	evidence: [],
};

function compare(attempt: TaskAttempt, report: TestReport): Comparison {
	const told = compareReports(attempt.baseline, report);
	// A checkpoint asks for a green suite: there an old failure counts like a new one.
	return isCheckpointTask(attempt.task) ? {...told, newFailures: report.tests.filter(test => test.status === 'failed')} : told;
}

/** Grades a task by one report against its own baseline; what fails newly is first run again alone, so that a flaky test is told apart. */
export async function gradeBy(services: Services, attempt: TaskAttempt, report: TestReport, work: Work): Promise<Verdict> {
	const {criteria, observed} = attempt;
	const spec = requireSpec(services);
	const told = compare(attempt, report);
	const flaky = await findFlaky(services, told.newFailures, report, work);
	for (const {id} of flaky) {
		observed.flaky.add(id);
	}

	const isFlaky = new Set(flaky.map(test => test.id));
	const comparison: Comparison =
		flaky.length === 0 ? told : {...told, newFailures: told.newFailures.filter(test => !isFlaky.has(test.id)), flaky};
	const criteriaOf = (name: string) => criterionIdsInTestName(name, spec.name, spec.isOnly);
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
	return {grade, comparison, evidence, report};
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
