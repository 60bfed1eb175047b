import {isSeenRed} from '../protocol/grade-bugfix.ts';
import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {holdsOwnTests, isTestFile, mayHoldOwnTests} from '../test-runners/index.ts';
import {withTestsBehindPanic} from './behind-panic.ts';
import {criteriaInNames} from './bugfix-task.ts';
import {crashingTests, endingOnNothing} from './crashing-tests.ts';
import {describeFailures} from './describe-failures.ts';
import type {WhichTests} from './execute-tests.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {caseNames} from './test-cases.ts';
import {findTestCommands, requireTestCommands} from './test-command.ts';
import {sourceDigests} from './test-source.ts';
import {changedFiles} from './undo.ts';

/** Why no test that names a criterion ran: a file that did not load has no names. */
function nothingNamed({criteria}: TaskAttempt, report: TestReport): string {
	const broken = report.tests.filter(test => test.status === 'failed');
	const ran = report.counts.passed + report.counts.failed - broken.filter(test => test.failure?.kind === 'not-collected').length;
	return ran > 0
		? `No test that ran names: ${criteria.join(', ')}`
		: `None of the tests was run, which shows nothing. What the command said:\n${describeFailures(broken, report)}`;
}

function newlyFailing({baselines}: TaskAttempt, report: TestReport): readonly TestCase[] {
	const before = new Set(
		[...baselines.values()].flatMap(known => known?.tests.flatMap(test => (test.status === 'failed' ? [test.id] : [])) ?? []),
	);
	return report.tests.filter(test => test.status === 'failed' && test.failure?.isOfSubtest !== true && !before.has(test.id));
}

type Naming = {
	readonly naming: readonly TestCase[];
	/** The criteria that they name. */
	readonly named: ReadonlySet<string>;
	readonly red: readonly TestCase[];
	/** Those of `red` that ended in an error of code which the task has not touched. */
	readonly crashing: readonly TestCase[];
	/** Those of `red` that ended since the code gave them nothing. */
	readonly onNothing: readonly TestCase[];
};

/** What the model reads of tests that name its criteria and did not fail on an assertion. */
function othersText(attempt: TaskAttempt, report: TestReport, {naming, named, red, crashing, onNothing}: Naming): string {
	const broken = naming.filter(test => test.status === 'failed' && !red.includes(test) && test.failure?.isOfSubtest !== true);
	const passing = naming.filter(test => test.status === 'passed');
	const missing = attempt.criteria.filter(id => !named.has(id));
	const unnamed = newlyFailing(attempt, report).filter(test => !naming.includes(test));
	const parts = [
		crashing.length === 0 ? '' : `Of these, failing with an error that the code throws as it stands: ${caseNames(crashing).join('; ')}`,
		onNothing.length === 0
			? ''
			: `Of these, ending before the assertion, since what the code gives is nothing yet: ${caseNames(onNothing).join('; ')}`,
		broken.length === 0 ? '' : `Failing in another way, which shows nothing of the criterion yet:\n${describeFailures(broken, report)}`,
		passing.length === 0 ? '' : `Passing already: ${caseNames(passing).join('; ')}`,
		unnamed.length === 0 || naming.length === 0
			? ''
			: `Failing too, and naming no criterion of this task: ${caseNames(unnamed).join('; ')}`,
		missing.length === 0 || naming.length === 0 ? '' : `No test names: ${missing.join(', ')}`,
		naming.length === 0 && report.detail === 'named' ? nothingNamed(attempt, report) : '',
		report.detail === 'exit-code' ? `No single test is known by name. What the command printed:\n${describeFailures([], report)}` : '',
	];
	return parts
		.filter(part => part !== '')
		.map(part => `${part}\n\n`)
		.join('');
}

/** What a run of the tests before the code showed. `passing`: something names the task's criteria, and none of it fails. */
export type FirstRun =
	| {readonly kind: 'no-command' | 'no-tests'}
	| {
			readonly kind: 'seen' | 'passing';
			readonly report: TestReport;
			/**
			 * What names the task's criteria and fails as a test of missing behaviour should: on an assertion in its body, with an error of code
			 * that the task has not touched, or since the code gives nothing yet.
			 */
			readonly red: readonly TestCase[];
			/** What the model reads of the rest; empty when there is none. */
			readonly others: string;
			/** Some fail as they should, and no criterion rests on tests alone that fail in another way. */
			readonly isAsExpected: boolean;
	  };

async function keepRed(
	services: Services,
	{task, observed}: TaskAttempt,
	{red, crashing}: Pick<Naming, 'red' | 'crashing'>,
	changed: readonly string[],
) {
	const files = projectFiles(services, new AbortController().signal);
	for (const [id, digest] of await sourceDigests(files, red)) {
		observed.seenRed.set(id, digest);
	}

	for (const {id} of crashing) {
		observed.crashing.add(id);
	}

	for (const path of changed.filter(candidate => !isTestFile(candidate))) {
		observed.stubs.set(path, await files.read(path));
	}

	services.append({type: 'tests.seen-red', task: task.id, tests: red.map(test => test.id)});
}

type ChangedTests = {readonly files: readonly string[]; readonly which: WhichTests};

/** The tests among changed files. Those that stand beside code cannot be asked for by their file. */
async function changedTests(services: Services, changed: readonly string[]): Promise<ChangedTests> {
	const files = projectFiles(services, new AbortController().signal);
	const holding: string[] = [];
	for (const path of changed.filter(mayHoldOwnTests)) {
		if (holdsOwnTests(path, (await files.read(path)) ?? '')) {
			holding.push(path);
		}
	}

	const own = changed.filter(isTestFile);
	return {files: [...own, ...holding], which: holding.length === 0 ? {kind: 'files', files: own} : {kind: 'all'}};
}

/** Runs the tests that the agent wrote before the code, and keeps which of those that name the task's criteria fail as they should. */
export async function runFirstTests(
	services: Services,
	attempt: TaskAttempt,
	work: Work,
	{isInCall = false}: {readonly isInCall?: boolean} = {},
): Promise<FirstRun> {
	const {task, criteria, checkpoints} = attempt;
	const {signal} = work.abort;
	const changed = (await changedFiles(services, checkpoints)).map(file => file.path);
	const {files: testFiles, which} = await changedTests(services, changed);
	const found = await findTestCommands(services, {files: testFiles});
	if (found.length === 0 || testFiles.length === 0) {
		return {kind: found.length === 0 ? 'no-command' : 'no-tests'};
	}

	const commands = await requireTestCommands(services, found, signal);
	services.append({type: 'task.phase-entered', task: task.id, phase: 'tests', round: 0});
	const first = await runTests(services, {commands, which, reason: 'tests-first', work});
	const files = projectFiles(services, signal);
	const report = await withTestsBehindPanic(first, testFiles, files.read, tests =>
		runTests(services, {commands, which: {kind: 'tests', tests}, reason: 'tests-first', work}),
	);
	services.append({type: 'tests.finished', report, reason: 'tests-first', ...(isInCall && {isInCall})});
	const inNames = criteriaInNames(requireSpec(services));
	const naming = report.tests.filter(test => inNames(test.name).some(id => criteria.includes(id)));
	const named = new Set(naming.flatMap(test => inNames(test.name)));
	const crashing = await crashingTests(services, attempt, naming, changed);
	const onNothing = await endingOnNothing(files, naming);
	const red = naming.filter(test => isSeenRed(test) || crashing.includes(test) || onNothing.includes(test));
	const others = othersText(attempt, report, {naming, named, red, crashing, onNothing});
	if (report.detail === 'named' && naming.some(test => test.status === 'passed') && naming.every(test => test.status !== 'failed')) {
		return {kind: 'passing', report, red, others, isAsExpected: false};
	}

	await keepRed(services, attempt, {red, crashing}, changed);
	const shows = (id: string, test: TestCase) => inNames(test.name).includes(id) && (test.status === 'passed' || red.includes(test));
	const areSeen = criteria.every(id => naming.some(test => shows(id, test)));
	return {kind: 'seen', report, red, others, isAsExpected: report.detail !== 'named' || (areSeen && red.length > 0)};
}
