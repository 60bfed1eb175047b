import {execa} from 'execa';

export type QuietRun = {
	/** Absolute path of the program. */
	readonly file: string;
	readonly args: readonly string[];
	readonly cwd: string;
	/** The whole environment. */
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
	readonly input?: string;
	readonly signal?: AbortSignal;
};

export type QuietResult = {readonly isOk: boolean; readonly output: string; readonly errors: string};

const maxOutput = 16_000_000;

/** Runs a small program of our own choosing, never through a shell, and gives what it printed. Never rejects. */
export async function runQuietly({file, args, cwd, env, timeoutMs, input, signal}: QuietRun): Promise<QuietResult> {
	const result = await execa(file, [...args], {
		cwd,
		env,
		extendEnv: false,
		reject: false,
		timeout: timeoutMs,
		forceKillAfterDelay: 500,
		killDescendants: true,
		maxBuffer: maxOutput,
		stripFinalNewline: false,
		...(input === undefined ? {stdin: 'ignore' as const} : {input}),
		...(signal !== undefined && {cancelSignal: signal}),
	});
	return {isOk: result.exitCode === 0 && !result.failed, output: String(result.stdout ?? ''), errors: String(result.stderr ?? '')};
}
