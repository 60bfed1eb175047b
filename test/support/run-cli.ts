import {spawn} from 'node:child_process';
import {resolve} from 'node:path';

export const packageRoot = resolve(import.meta.dirname, '../..');
export const launcher = resolve(packageRoot, 'bin/kiro-tui.js');

export type CliRun = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type CliOptions = {
	readonly cwd: string;
	/** Config, state and home go here; nothing of the real home is read. */
	readonly home: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly input?: string;
	readonly signal?: AbortSignal;
};

/** What a process started by a test sees: a bare environment, so that no key or setting of the machine leaks in. */
export function cliEnvironment({home, env = {}}: Pick<CliOptions, 'home' | 'env'>): Record<string, string> {
	return {PATH: process.env.PATH ?? '', HOME: home, KIRO_TUI_HOME: `${home}/kiro`, LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env};
}

/** Runs the real binary without a terminal and resolves when it has ended. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
	const child = spawn(process.execPath, [launcher, ...args], {
		cwd: options.cwd,
		env: cliEnvironment(options),
		stdio: ['pipe', 'pipe', 'pipe'],
		...(options.signal && {signal: options.signal}),
	});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.end(options.input ?? '');
	return new Promise((done, fail) => {
		child.on('error', fail);
		child.on('close', code => done({code, stdout, stderr}));
	});
}
