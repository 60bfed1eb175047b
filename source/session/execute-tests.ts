import {mkdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {runCommand} from '../process/run.ts';
import type {TestCommandFact} from '../protocol/event.ts';
import {joinReports} from '../protocol/join-reports.ts';
import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import {type AskedCommands, isBelow, parseTestRun, planTestRun, splitFolder} from '../test-runners/index.ts';
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

/** Which commands run these tests. */
export function commandsFor(which: WhichTests): AskedCommands {
	switch (which.kind) {
		case 'all': {
			return 'whole';
		}

		case 'files': {
			return {files: which.files};
		}

		case 'tests': {
			return {files: which.tests.map(test => test.file)};
		}

		default: {
			return which satisfies never;
		}
	}
}

export type TestExecution = {
	/** Approved; run one after the other, each for the tests that are its own. */
	readonly commands: readonly TestCommandFact[];
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

/** The command that a file's tests belong to: that of the nearest folder around it. */
function isFileOf({command}: TestCommandFact, file: string, commands: readonly TestCommandFact[]): boolean {
	const folderOf = (fact: Pick<TestCommandFact, 'command'>) => splitFolder(fact.command).folder ?? '';
	const own = folderOf({command});
	return isBelow(own, file) && !commands.map(folderOf).some(other => other.length > own.length && isBelow(other, file));
}

/** The tests of a run that one of its commands is started for; undefined when none of them is its own. */
function shareOf(which: WhichTests, fact: TestCommandFact, commands: readonly TestCommandFact[]): WhichTests | undefined {
	switch (which.kind) {
		case 'all': {
			return which;
		}

		case 'files': {
			const files = which.files.filter(file => isFileOf(fact, file, commands));
			return files.length === 0 ? undefined : {kind: 'files', files};
		}

		case 'tests': {
			// Whose a test without a file is, is not known.
			const tests = which.tests.filter(({file}) => file === '' || isFileOf(fact, file, commands));
			return tests.length === 0 ? undefined : {kind: 'tests', tests};
		}

		default: {
			return which satisfies never;
		}
	}
}

/**
 * Runs approved test commands in the workspace or in a copy of it, and reads what they reported, as one run. Throws UserError without a
 * command.
 */
export async function executeTests(services: Services, execution: TestExecution): Promise<TestReport> {
	const {commands, which} = execution;
	const own = commands.flatMap(fact => {
		const share = commands.length === 1 ? which : shareOf(which, fact, commands);
		return share === undefined ? [] : [{fact, share}];
	});
	const shares = own.length > 0 ? own : commands.map(fact => ({fact, share: {kind: 'all'} as const}));
	const reports: TestReport[] = [];
	for (const {fact, share} of shares) {
		const report = await executeCommand(services, fact, {...execution, which: share});
		reports.push(report);
		if (report.problem === 'stopped') {
			break;
		}
	}

	const [first, ...more] = reports;
	if (first === undefined) {
		throw new UserError('This project has no test command yet', {nextStep: 'Name one: /test-command npm test'});
	}

	return joinReports([first, ...more]);
}

async function executeCommand(services: Services, fact: TestCommandFact, execution: TestExecution): Promise<TestReport> {
	const {options, childEnv} = services;
	const {root, which, signal, timeoutMs, env, onStart, onOutput = () => {}, guard = run => run()} = execution;
	const folder = join(options.directories.state, workspaceKey(services.root), 'reports');
	// A runner may need files of its own beside its report.
	const own = join(folder, options.newId());
	await mkdir(own, {recursive: true, mode: 0o700});
	const given = join(own, 'report');
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
	await rm(own, {recursive: true, force: true});
	const {read, list} = projectFiles({root, childEnv}, signal);
	const scope = which.kind === 'all' ? 'all' : 'related';
	const told = await parseTestRun({fact, plan, scope, root, read, list, ...result, ...(report !== undefined && {report})});
	return told.command === fact.command ? told : {...told, testCommand: fact.command};
}
