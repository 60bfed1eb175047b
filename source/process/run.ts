import {existsSync} from 'node:fs';
import {constants} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {type CommandOutput, createCommandOutput} from './command-output.ts';
import {findProgram} from './find-program.ts';
import {killGroup, type Member, membersOf, type ProcessGroup, stopGroup} from './process-group.ts';

export type RunCommand = {
	/** A line for bash, run exactly as shown to the person, or a program with its arguments. */
	readonly command: string | {readonly file: string; readonly args: readonly string[]};
	readonly cwd: string;
	/** The whole environment of the child: nothing of ours is added but a mark that finds its descendants again. */
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
	/** Live output, decoded, at most every 60 ms. */
	readonly onOutput?: (text: string) => void;
	/** In bash, a pipe ends with the exit code of the last command in it that failed, and not with that of its last command. */
	readonly pipefail?: boolean;
};

export type CommandResult = {
	readonly outcome: 'exited' | 'timed-out' | 'stopped' | 'not-started';
	/** 128 + n when signal n ended it. */
	readonly exitCode?: number;
	/** Standard output and error as they came: the first 16,000 and the last 48,000 characters. */
	readonly output: string;
	/** How many characters of it are left out. */
	readonly leftOut?: number;
	readonly durationMs: number;
	/** Processes that the command left behind; they are ended when this program ends. */
	readonly leftRunning?: readonly Member[];
};

/** A grandchild may hold the pipes open for ever; after the command itself has ended, this long is waited for the last output. */
const drainMs = 200;

const live = new Set<ProcessGroup>();
let commands = 0;
let isHooked = false;

/** Ends every command that runs, and what earlier commands left behind, at once and synchronously: for exits, signals and crashes. */
export function killAll(): void {
	for (const group of live) {
		killGroup(group);
	}

	live.clear();
}

type Program = {readonly file: string; readonly args: readonly string[]};

async function programFor({command, cwd, env, pipefail = false}: RunCommand): Promise<Program | undefined> {
	if (typeof command !== 'string') {
		const file = await findProgram(command.file, {env});
		return file === undefined ? undefined : {file, args: command.args};
	}

	// Never the person's own shell: what was judged was judged as bash.
	const bash = existsSync('/bin/bash') ? '/bin/bash' : await findProgram('bash', {env, root: cwd});
	const options = ['--noprofile', '--norc', ...(pipefail ? ['-o', 'pipefail'] : [])];
	return bash === undefined ? {file: '/bin/sh', args: ['-c', command]} : {file: bash, args: [...options, '-c', command]};
}

function start({file, args}: Program, {cwd, env}: RunCommand, mark: string) {
	const {BASH_ENV: _, ENV: __, ...rest} = env;
	return execa(file, [...args], {
		cwd,
		env: {...rest, KIRO_TUI_COMMAND: mark},
		extendEnv: false,
		detached: true,
		cleanup: false,
		stdin: 'ignore',
		buffer: false,
		reject: false,
		stripFinalNewline: false,
	});
}

type Child = ReturnType<typeof start>;

function receive(child: Child, output: CommandOutput): Promise<unknown> {
	const closed = [child.stdout, child.stderr].map(stream => {
		const receiver = output.receiver();
		stream?.on('data', (chunk: Buffer) => receiver.write(chunk));
		// A destroyed pipe may report an error of its own; the command's outcome is told by its exit.
		stream?.on('error', () => {});
		return new Promise<void>(resolve => {
			stream?.once('close', () => {
				receiver.end();
				resolve();
			});
		});
	});
	return Promise.all(closed);
}

type Exit = {readonly exitCode?: number};

function exitOf(child: Child): Promise<Exit> {
	return new Promise(resolve => {
		child.nodeChildProcess.once('exit', (code, signal) => {
			const number = code ?? (signal === null ? undefined : 128 + constants.signals[signal]);
			resolve(number === undefined ? {} : {exitCode: number});
		});
	});
}

/** Waits for the exit or the end of patience, whichever is first; the group is then stopped. */
async function waitFor(exited: Promise<Exit>, group: ProcessGroup, {timeoutMs, signal}: RunCommand): Promise<CommandResult['outcome']> {
	const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
	const asked = Promise.withResolvers<void>();
	const onAbort = () => asked.resolve();
	stop.addEventListener('abort', onAbort, {once: true});
	if (stop.aborted) {
		onAbort();
	}

	const outcome = await Promise.race([
		exited.then(() => 'exited' as const),
		asked.promise.then(() => (signal.aborted ? ('stopped' as const) : ('timed-out' as const))),
	]);
	stop.removeEventListener('abort', onAbort);
	if (outcome !== 'exited') {
		await stopGroup(group);
	}

	return outcome;
}

async function follow(child: Child, pid: number, mark: string, run: RunCommand): Promise<Omit<CommandResult, 'durationMs'>> {
	const group: ProcessGroup = {pid, mark, isLed: true};
	live.add(group);
	const output = createCommandOutput(run.onOutput);
	const closed = receive(child, output);
	const exited = exitOf(child).then(exit => {
		group.isLed = false;
		return exit;
	});
	const outcome = await waitFor(exited, group, run);
	const exit = await Promise.race([exited, sleep(1000, {}, {ref: false})]);
	await Promise.race([closed, sleep(drainMs, undefined, {ref: false})]);
	child.stdout?.destroy();
	child.stderr?.destroy();
	output.close();
	const leftRunning = membersOf(group);
	if (leftRunning.length === 0) {
		live.delete(group);
	}

	return {
		outcome,
		...('exitCode' in exit && outcome === 'exited' && {exitCode: Number(exit.exitCode)}),
		output: output.text(),
		...(output.leftOut() > 0 && {leftOut: output.leftOut()}),
		...(leftRunning.length > 0 && {leftRunning}),
	};
}

async function runProgram(run: RunCommand): Promise<Omit<CommandResult, 'durationMs'>> {
	const program = await programFor(run);
	if (program === undefined) {
		const name = typeof run.command === 'string' ? 'a shell' : run.command.file;
		return {outcome: 'not-started', output: `${name} was not found on PATH`};
	}

	if (!existsSync(run.cwd)) {
		return {outcome: 'not-started', output: `The folder ${run.cwd} does not exist`};
	}

	commands++;
	const mark = `${process.pid}.${commands}.${Math.trunc(performance.timeOrigin)}`;
	const child = start(program, run, mark);
	if (child.pid === undefined) {
		const {code} = await child;
		return {outcome: 'not-started', output: `${program.file} could not be started${code === undefined ? '' : ` (${code})`}`};
	}

	return follow(child, child.pid, mark, run);
}

/**
 * Runs a command in a process group of its own, without standard input and without our terminal. On a timeout or an abort the whole group is
 * asked to end, and ended two seconds later; the result comes even when a grandchild keeps the pipes open. Never rejects.
 */
export async function runCommand(run: RunCommand): Promise<CommandResult> {
	if (!isHooked) {
		isHooked = true;
		process.on('exit', killAll);
	}

	const startedAt = performance.now();
	const result: Omit<CommandResult, 'durationMs'> = run.signal.aborted ? {outcome: 'stopped', output: ''} : await runProgram(run);
	return {...result, durationMs: Math.round(performance.now() - startedAt)};
}
