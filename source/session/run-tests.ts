import {mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {runCommand} from '../process/run.ts';
import {compareReports} from '../protocol/compare-reports.ts';
import type {TestReason} from '../protocol/event.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import type {TaskId} from '../spec/tasks.ts';
import {parseTestRun, planTestRun, relatedTests} from '../test-runners/index.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {rememberBaseline} from './baseline.ts';
import {guardSpecs} from './guard-specs.ts';
import {requireSpec, requireTrust} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import {proofFiles} from './proof-files.ts';
import type {Services, Work} from './services.ts';
import {findTestCommand, requireTestCommand} from './test-command.ts';
import {withWork} from './with-work.ts';

/** A whole run that takes less than this is run at once: running the related tests before it would tell nothing sooner. */
const quickMs = 5000;
const maxReportBytes = 64_000_000;

export type TestRun = {
	readonly scope: 'all' | 'related';
	/** The test files of a related run. */
	readonly files?: readonly string[];
	readonly reason: TestReason;
	readonly work: Work;
};

async function readReport(file: string): Promise<string | undefined> {
	const read = await readTextFile(file, {maxBytes: maxReportBytes});
	return read.kind === 'text' ? read.text : undefined;
}

/** Runs the project's approved test command and reads what it reported; the caller appends `tests.finished` with its comparison. */
export async function runTests(services: Services, {scope, files = [], reason, work}: TestRun): Promise<TestReport> {
	const {options, root, settings, append} = services;
	const fact = services.store.state().workspace.testCommand;
	if (fact === undefined) {
		throw new UserError('This project has no test command yet', {nextStep: 'Name one: /test-command npm test'});
	}

	const folder = join(options.directories.state, workspaceKey(root), 'reports');
	await mkdir(folder, {recursive: true, mode: 0o700});
	const reportFile = join(folder, options.newId());
	const plan = planTestRun({fact, scope: scope === 'all' ? {kind: 'all'} : {kind: 'files', files}, reportFile});
	const skip = new AbortController();
	work.skipTests = skip;
	append({type: 'tests.started', command: plan.shown, scope, reason, at: options.now()});
	const run = () =>
		runCommand({
			command: plan.command,
			cwd: plan.folder === undefined ? root : join(root, plan.folder),
			env: {...services.childEnv, ...plan.env},
			timeoutMs: settings.tests.timeoutMs,
			signal: AbortSignal.any([work.abort.signal, skip.signal, ...(work.yieldToMessage === undefined ? [] : [work.yieldToMessage.signal])]),
			onOutput: text => append({type: 'tests.progressed', text}),
		});
	const result = await guardSpecs(services, run);
	const report = plan.reads === 'report-file' ? await readReport(reportFile) : undefined;
	await rm(reportFile, {force: true});
	const {read, list} = projectFiles(services, work.abort.signal);
	return parseTestRun({fact, plan, scope, root, read, list, ...result, ...(report !== undefined && {report})});
}

/** The test files that belong to changed files; empty when none does or the runner cannot run single files. */
async function relatedTo(services: Services, changed: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
	const project = projectFiles(services, signal);
	return relatedTests({changed, files: await project.list(), read: project.read});
}

export type TaskTests = {readonly changed: readonly string[]; readonly work: Work};

/**
 * The tests after a task: the related ones first, so that a red one is told early; then all of them when a whole run takes under the
 * limit of the settings. A longer whole run is left pending, and the report stays a related one.
 */
export async function runTestsForTask(services: Services, {changed, work}: TaskTests): Promise<TestReport> {
	await findTestCommand(services);
	await requireTestCommand(services, work.abort.signal);
	const {baseline} = services.store.state().tests;
	const {tests} = services.settings;
	const files = await relatedTo(services, changed, work.abort.signal);
	const wholeMs = baseline?.durationMs ?? 0;
	const isEnough = tests.scope === 'affected' || wholeMs > tests.fullUnderMs;
	if (files.length > 0 && (isEnough || wholeMs > quickMs)) {
		const related = await runTests(services, {scope: 'related', files, reason: 'task', work});
		if (isEnough || related.problem !== undefined || compareReports(baseline, related).newFailures.length > 0) {
			return related;
		}
	}

	return runTests(services, {scope: 'all', reason: 'task', work});
}

/** The related tests after a free turn, or all of them when nothing says which are related. */
export async function runTestsForChange(services: Services, {changed, work}: TaskTests): Promise<TestReport> {
	const files = await relatedTo(services, changed, work.abort.signal);
	return files.length > 0
		? runTests(services, {scope: 'related', files, reason: 'vibe', work})
		: runTests(services, {scope: 'all', reason: 'vibe', work});
}

/** Runs the tests because a person asked: all of them, or a task's proof alone. */
export async function runAllTests(services: Services, task?: TaskId): Promise<void> {
	requireTrust(services);
	await withWork(services, 'Tests', async work => {
		const {signal} = work.abort;
		await findTestCommand(services);
		await requireTestCommand(services, signal);
		const found = task === undefined ? undefined : requireSpec(services).tasks.tasks.find(candidate => candidate.id === task);
		const files = found === undefined ? [] : await proofFiles(services, found, signal);
		const scope = files.length > 0 ? 'related' : 'all';
		const report = await runTests(services, {scope, files, reason: 'asked', work});
		const comparison = compareReports(services.store.state().tests.baseline, report);
		services.append({type: 'tests.finished', report, reason: 'asked', comparison});
		await rememberBaseline(services, report, signal);
	});
}
