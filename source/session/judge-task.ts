import {compareRuns, lostTests} from '../protocol/compare-reports.ts';
import type {CriterionEvidence} from '../protocol/evidence.ts';
import {gradeTask, type TaskGrade} from '../protocol/grade-task.ts';
import {partsOf, testCommandOf} from '../protocol/join-reports.ts';
import {evidenceOfCriteria} from '../protocol/observe-criteria.ts';
import type {SpecState} from '../protocol/state.ts';
import type {Comparison, TestCase, TestReport} from '../protocol/test-report.ts';
import {isCheckpointTask} from '../spec/task-progress.ts';
import {isBelow, splitFolder} from '../test-runners/index.ts';
import {criteriaInNames, expectedRed} from './bugfix-task.ts';
import {findFlaky} from './find-flaky.ts';
import {requireSpec} from './handle/require.ts';
import {judgeBugfix} from './judge-bugfix.ts';
import {projectFiles} from './project-files.ts';
import {runTestsForTask} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {commandsToJudge} from './task-commands.ts';
import {tellTests} from './tell-tests.ts';
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

function noCommand(services: Services): Verdict {
	const isNone = services.store.state().workspace.testCommand === undefined;
	const why = isNone ? 'the project has no test command' : 'no test command covers what it changed';
	return {
		grade: {grade: 'unproven', ticks: false, why, green: []},
		comparison: {newFailures: [], oldFailures: [], fixed: []},
		evidence: [],
	};
}

/** Tests that passed in a package that the task changed, and whose command it took away with them. */
function lostWithCommand({baselines}: TaskAttempt, report: TestReport, changed: readonly string[]): readonly TestCase[] {
	const folderOf = (command: string) => splitFolder(command).folder ?? '';
	const folders = new Set(partsOf(report).map(part => folderOf(testCommandOf(part))));
	const isGone = (folder: string) => !folders.has(folder) && changed.some(path => isBelow(folder, path));
	return [...baselines].flatMap(([command, baseline]) => (isGone(folderOf(command)) ? lostTests(baseline, report) : []));
}

type Judged = {readonly report: TestReport; readonly changed: readonly string[]};

function compare(spec: SpecState, attempt: TaskAttempt, {report, changed}: Judged): Comparison {
	const {task, baselines, bugfix, criteria} = attempt;
	const own = compareRuns(command => baselines.get(command), report);
	const told = {...own, newFailures: [...own.newFailures, ...lostWithCommand(attempt, report, changed)]};
	const failed = report.tests.filter(test => test.status === 'failed');
	const inNames = criteriaInNames(spec);
	// What reproduces a bug that this task says is corrected must be green now, however long it was red.
	const isDue = (test: TestCase) =>
		bugfix?.reproduction.has(test.id) === true &&
		(bugfix.role === 'confirmation' || (bugfix.role === 'fix' && inNames(test.name).some(id => criteria.includes(id))));
	const expected = expectedRed(spec);
	const before = [...baselines.values()].flatMap(baseline => baseline?.tests ?? []);
	const wasGreen = new Set(before.filter(test => test.status === 'passed').map(test => test.id));
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
	const changed = (await changedFiles(services, attempt.checkpoints)).map(file => file.path);
	const told = compare(spec, attempt, {report, changed});
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
	const commands = await commandsToJudge(services, attempt, work);
	if (commands.length === 0) {
		return noCommand(services);
	}

	const changed = (await changedFiles(services, attempt.checkpoints)).map(file => file.path);
	const report = await runTestsForTask(services, {commands, changed, work}, command => attempt.baselines.get(command));
	const verdict = await gradeBy(services, attempt, report, work);
	if (verdict.report !== undefined) {
		await tellTests(services, {report: verdict.report, reason: 'task', comparison: verdict.comparison});
	}

	return verdict;
}
