import {compareReports} from '../protocol/compare-reports.ts';
import {gradeTask, type TaskGrade} from '../protocol/grade-task.ts';
import type {Comparison, TestReport} from '../protocol/test-report.ts';
import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import {isCheckpointTask} from '../spec/task-progress.ts';
import {requireSpec} from './handle/require.ts';
import {runTestsForTask} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {findTestCommand} from './test-command.ts';
import {changedFiles} from './undo.ts';

/** What the tests say of a task; without a report when the project has no test command. */
export type Verdict = {readonly grade: TaskGrade; readonly comparison: Comparison; readonly report?: TestReport};

const noCommand: Verdict = {
	grade: {grade: 'unproven', ticks: false, why: 'the project has no test command', green: []},
	comparison: {newFailures: [], oldFailures: [], fixed: []},
};

/** Grades a task by one report against its own baseline. */
export function gradeBy(services: Services, attempt: TaskAttempt, report: TestReport): Verdict {
	const spec = requireSpec(services);
	const told = compareReports(attempt.baseline, report);
	// A checkpoint asks for a green suite: there an old failure counts like a new one.
	const comparison = isCheckpointTask(attempt.task) ? {...told, newFailures: report.tests.filter(test => test.status === 'failed')} : told;
	// With this setting a person has said that the related tests are enough.
	const isEnough = services.settings.tests.scope === 'affected';
	const grade = gradeTask({
		criteria: attempt.criteria,
		report: isEnough ? {...report, scope: 'all'} : report,
		comparison,
		criteriaOf: name => criterionIdsInTestName(name, spec.name, spec.isOnly),
	});
	return {grade, comparison, report};
}

/** True when only the long whole run is missing for the tick. */
export function isPending({grade, report}: Verdict): boolean {
	return report?.scope === 'related' && !grade.ticks && (grade.grade === 'passing' || grade.grade === 'green');
}

/** Runs the tests after the agent said that it is done, and grades what they show. */
export async function judgeTask(services: Services, attempt: TaskAttempt, work: Work): Promise<Verdict> {
	if ((await findTestCommand(services)) === undefined) {
		return noCommand;
	}

	const changed = (await changedFiles(services, attempt.checkpoints)).map(file => file.path);
	const verdict = gradeBy(services, attempt, await runTestsForTask(services, {changed, work}));
	if (verdict.report !== undefined) {
		services.append({type: 'tests.finished', report: verdict.report, reason: 'task', comparison: verdict.comparison});
	}

	return verdict;
}
