import {type BaselineOf, compareRuns} from '../protocol/compare-reports.ts';
import type {TestCommandFact, TestReason} from '../protocol/event.ts';
import type {TestReport} from '../protocol/test-report.ts';
import type {TaskId} from '../spec/tasks.ts';
import {relatedTests} from '../test-runners/index.ts';
import {baselineNow, rememberBaseline} from './baseline.ts';
import {commandsFor, executeTests, type WhichTests} from './execute-tests.ts';
import {guardSpecs} from './guard-specs.ts';
import {requireSpec, requireTrust} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import {proofFiles} from './proof-files.ts';
import type {Services, Work} from './services.ts';
import {noteStart, startOfRun, tellTests} from './tell-tests.ts';
import {findTestCommands, requireTestCommands} from './test-command.ts';
import {testsOfCriterion} from './tests-of-criterion.ts';
import {withWork} from './with-work.ts';

/** A whole run that takes less than this is run at once: running the related tests before it would tell nothing sooner. */
const quickMs = 5000;

export type TestRun = {
	/** Approved; the nearest package's first. */
	readonly commands: readonly TestCommandFact[];
	readonly which: WhichTests;
	readonly reason: TestReason;
	readonly work: Work;
};

/** Runs approved test commands and reads what they reported; the caller tells it with its comparison (`tellTests`). */
export async function runTests(services: Services, {commands, which, reason, work}: TestRun): Promise<TestReport> {
	const {options, root, settings, append} = services;
	const skip = new AbortController();
	work.skipTests = skip;
	const yields = work.yieldToMessage === undefined ? [] : [work.yieldToMessage.signal];
	const start = reason === 'again' || reason === 'tests-first' ? undefined : await startOfRun(services);
	const report = await executeTests(services, {
		commands,
		root,
		which,
		signal: AbortSignal.any([work.abort.signal, skip.signal, ...yields]),
		timeoutMs: settings.tests.timeoutMs,
		onStart: command =>
			append({type: 'tests.started', command, scope: which.kind === 'all' ? 'all' : 'related', reason, at: options.now()}),
		onOutput: text => append({type: 'tests.progressed', text}),
		guard: run => guardSpecs(services, run),
	});
	if (start !== undefined) {
		noteStart(report, start);
	}

	return report;
}

/** The test files that belong to changed files; empty when none does or the runner cannot run single files. */
async function relatedTo(services: Services, changed: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
	const project = projectFiles(services, signal);
	return relatedTests({changed, files: await project.list(), read: project.read});
}

export type TaskTests = {
	/** Approved. */
	readonly commands: readonly TestCommandFact[];
	readonly changed: readonly string[];
	readonly work: Work;
};

/**
 * The tests after a task: the related ones first, so that a red one is told early; then all of them when a whole run takes under the
 * limit of the settings. A longer whole run is left pending, and the report stays a related one.
 */
export async function runTestsForTask(services: Services, asked: TaskTests, baselineOf: BaselineOf): Promise<TestReport> {
	const {commands, changed, work} = asked;
	const {tests} = services.settings;
	const files = await relatedTo(services, changed, work.abort.signal);
	const wholeMs = commands.reduce((sum, {command}) => sum + (baselineOf(command)?.durationMs ?? 0), 0);
	const isEnough = tests.scope === 'affected' || wholeMs > tests.fullUnderMs;
	if (files.length > 0 && (isEnough || wholeMs > quickMs)) {
		const related = await runTests(services, {commands, which: {kind: 'files', files}, reason: 'task', work});
		if (isEnough || related.problem !== undefined || compareRuns(baselineOf, related).newFailures.length > 0) {
			return related;
		}
	}

	return runTests(services, {commands, which: {kind: 'all'}, reason: 'task', work});
}

/** The related tests after a free turn, or all of them when nothing says which are related. */
export async function runTestsForChange(services: Services, {commands, changed, work}: TaskTests): Promise<TestReport> {
	const files = await relatedTo(services, changed, work.abort.signal);
	return files.length > 0
		? runTests(services, {commands, which: {kind: 'files', files}, reason: 'vibe', work})
		: runTests(services, {commands, which: {kind: 'all'}, reason: 'vibe', work});
}

type Asked = {readonly task?: TaskId; readonly criterion?: string};

async function whichOf(services: Services, {task, criterion}: Asked, signal: AbortSignal): Promise<WhichTests> {
	if (criterion !== undefined) {
		return testsOfCriterion(services, criterion, signal);
	}

	const found = task === undefined ? undefined : requireSpec(services).tasks.tasks.find(candidate => candidate.id === task);
	const files = found === undefined ? [] : await proofFiles(services, found, signal);
	return files.length > 0 ? {kind: 'files', files} : {kind: 'all'};
}

/** Runs the tests because a person asked: all of them, or a task's proof or a criterion's tests alone. */
export async function runAskedTests(services: Services, asked: Asked = {}): Promise<void> {
	requireTrust(services);
	await withWork(services, 'Tests', async work => {
		const {signal} = work.abort;
		const which = await whichOf(services, asked, signal);
		const commands = await requireTestCommands(services, await findTestCommands(services, commandsFor(which)), signal);
		const report = await runTests(services, {commands, which, reason: 'asked', work});
		const comparison = compareRuns(baselineNow(services), report);
		await tellTests(services, {report, reason: 'asked', comparison});
		await rememberBaseline(services, report, signal);
	});
}
