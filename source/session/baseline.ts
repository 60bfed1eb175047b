import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {newestTaskEntry} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import {countTests, type TestReport} from '../protocol/test-report.ts';
import type {TaskId} from '../spec/tasks.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {type FileManifest, manifestChanges, takeManifest} from './file-manifest.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {tellTests} from './tell-tests.ts';

type Taken = {readonly report: TestReport; readonly manifest: FileManifest};

const baselines = new WeakMap<Services, Taken>();

/** Remembers a whole run as the baseline for what comes next: nothing outside `.kiro` has changed since. */
export async function rememberBaseline(services: Services, report: TestReport, signal: AbortSignal): Promise<void> {
	if (report.scope === 'all' && report.problem === undefined) {
		baselines.set(services, {report, manifest: await takeManifest(services, signal)});
		services.append({type: 'baseline.set', report});
	}
}

async function freshReport(services: Services, command: string, signal: AbortSignal): Promise<TestReport | undefined> {
	const known = baselines.get(services);
	if (known === undefined || known.report.command !== command) {
		return undefined;
	}

	return manifestChanges(known.manifest, await takeManifest(services, signal)).length === 0 ? known.report : undefined;
}

/**
 * The state of the tests before work begins. A run is fresh, and used again, when the command is the same and no file outside `.kiro`
 * changed since; undefined when the project has no tests yet.
 */
export async function baselineFor(services: Services, work: Work): Promise<TestReport | undefined> {
	const {testCommand} = services.store.state().workspace;
	if (testCommand === undefined) {
		return undefined;
	}

	const {signal} = work.abort;
	const fresh = await freshReport(services, testCommand.command, signal);
	if (fresh !== undefined) {
		return fresh;
	}

	const report = await runTests(services, {which: {kind: 'all'}, reason: 'baseline', work});
	await tellTests(services, {report, reason: 'baseline'});
	await rememberBaseline(services, report, signal);
	return report;
}

function fileFor(services: Services, textHash: string): string {
	return join(services.options.directories.state, workspaceKey(services.root), 'baselines', `${textHash}.json`);
}

/** Whether the newest attempt at a task ended without being done, or what it did was opened again: then the next one goes on with it. */
export function wasLeftOpen(spec: SpecState, {id, textHash}: {readonly id: TaskId; readonly textHash: string}): boolean {
	const newest = newestTaskEntry(spec, {id, textHash});
	return newest?.type === 'tick' ? newest.marker === '-' : newest?.type === 'task' && newest.outcome !== 'done';
}

async function readKept(services: Services, textHash: string): Promise<TestReport | undefined> {
	try {
		// Only this program writes here, and a file it cannot read only costs a new run.
		const kept: TestReport = JSON.parse(await readFile(fileFor(services, textHash), 'utf8'));
		return kept;
	} catch {
		services.append({
			type: 'noticed',
			level: 'warning',
			text: 'The test results from before this task are not on this machine: what fails now counts as failing before',
		});
		return undefined;
	}
}

/** An old failure is one that failed before the first attempt and fails still: what was repaired in between must not break again unseen. */
function withRepairs(kept: TestReport, now: TestReport): TestReport {
	const passing = new Set(now.tests.filter(test => test.status === 'passed').map(test => test.id));
	const tests = kept.tests.map(test => (test.status === 'failed' && passing.has(test.id) ? {...test, status: 'passed' as const} : test));
	return {...kept, tests, counts: countTests(tests)};
}

async function keep(services: Services, textHash: string, report: TestReport) {
	const file = fileFor(services, textHash);
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	await writeFile(file, JSON.stringify(report), {mode: 0o600});
}

/**
 * The baseline of a task. One that was begun before keeps the baseline of its first attempt, with what was repaired since: a test that the
 * task itself turned red would otherwise pass for an old failure at the second try. A run that did not end is no baseline.
 */
export async function baselineForTask(
	services: Services,
	task: {readonly id: TaskId; readonly textHash: string},
	work: Work,
): Promise<TestReport | undefined> {
	const {spec} = services.store.state();
	const kept = spec !== undefined && wasLeftOpen(spec, task) ? await readKept(services, task.textHash) : undefined;
	const now = await baselineFor(services, work);
	const isUsable = now !== undefined && (now.problem === undefined || now.problem === 'no-tests');
	const report = kept === undefined || !isUsable ? (kept ?? now) : withRepairs(kept, now);
	if (report === undefined || !isUsable) {
		return kept;
	}

	await keep(services, task.textHash, report);
	services.append({type: 'baseline.set', report});
	return report;
}
