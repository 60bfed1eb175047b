import {mkdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {runCommand} from '../process/run.ts';
import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import {parseTestRun, planTestRun} from '../test-runners/index.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

const maxReportBytes = 64_000_000;

/** Which tests a run is about; `tests` runs at least these. */
export type WhichTests =
	| {readonly kind: 'all'}
	| {readonly kind: 'files'; readonly files: readonly string[]}
	| {readonly kind: 'tests'; readonly tests: readonly TestCase[]};

export type TestExecution = {
	/** Where the project lies: the workspace, or a copy of it. Absolute. */
	readonly root: string;
	readonly which: WhichTests;
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
	/** To be added to the environment of a command. */
	readonly env?: Readonly<Record<string, string>>;
	/** Told the command as a person would type it, just before it starts. */
	readonly onStart?: (shown: string) => void;
	readonly onOutput?: (text: string) => void;
	/** Wraps the run of the command. */
	readonly guard?: <Result>(run: () => Promise<Result>) => Promise<Result>;
};

async function markOf(file: string | undefined): Promise<string> {
	const stats = file === undefined ? undefined : await stat(file).catch(() => undefined);
	return `${stats?.mtimeMs} ${stats?.size} ${stats?.ino}`;
}

async function readReport(file: string): Promise<string | undefined> {
	const read = await readTextFile(file, {maxBytes: maxReportBytes});
	return read.kind === 'text' ? read.text : undefined;
}

/** Runs the approved test command in the workspace or in a copy of it, and reads what it reported. Throws UserError without a command. */
export async function executeTests(services: Services, execution: TestExecution): Promise<TestReport> {
	const {options, childEnv} = services;
	const {root, which, signal, timeoutMs, env, onStart, onOutput = () => {}, guard = run => run()} = execution;
	const fact = services.store.state().workspace.testCommand;
	if (fact === undefined) {
		throw new UserError('This project has no test command yet', {nextStep: 'Name one: /test-command npm test'});
	}

	const folder = join(options.directories.state, workspaceKey(services.root), 'reports');
	await mkdir(folder, {recursive: true, mode: 0o700});
	const given = join(folder, options.newId());
	const plan = planTestRun({fact, scope: which, reportFile: given});
	const written = plan.ownReport === undefined ? undefined : join(root, plan.ownReport);
	// A report that the command writes where it likes may be one of yesterday.
	const before = await markOf(written);
	onStart?.(plan.shown);
	const result = await guard(() =>
		runCommand({
			command: plan.command,
			cwd: plan.folder === undefined ? root : join(root, plan.folder),
			env: {...childEnv, ...plan.env, ...env},
			timeoutMs,
			signal,
			onOutput,
		}),
	);
	const isWritten = written === undefined || (await markOf(written)) !== before;
	const report = plan.reads === 'report-file' && isWritten ? await readReport(written ?? given) : undefined;
	await rm(given, {force: true});
	const {read, list} = projectFiles({root, childEnv}, signal);
	const scope = which.kind === 'all' ? 'all' : 'related';
	return parseTestRun({fact, plan, scope, root, read, list, ...result, ...(report !== undefined && {report})});
}
