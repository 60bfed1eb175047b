import {constants} from 'node:os';
import {stripVTControlCharacters} from 'node:util';
import {z} from 'zod';
import {isReadOnly} from '../permission/read-only.ts';
import {readShellCommand} from '../permission/shell-command.ts';
import {hardenedGitEnvironment} from '../process/git-environment.ts';
import {type CommandResult, type RunCommand, runCommand} from '../process/run.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';

const headCharacters = 4000;
const tailCharacters = 12_000;

const schema = z.strictObject({
	command: text('Run in the project root.').min(1),
	timeout_s: z.int().min(1).max(3600).optional().describe('Seconds after which it is stopped.'),
});

type Input = z.infer<typeof schema>;

/** What a command printed, without colours and overwritten lines, the middle left out when it is long. */
function trimmed({output, leftOut = 0}: CommandResult): string {
	const clean = stripVTControlCharacters(output)
		.replaceAll('\r\n', '\n')
		.replaceAll(/^.*\r(?!\n)/gm, '')
		.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
		.trimEnd();
	if (clean.length <= headCharacters + tailCharacters) {
		return clean;
	}

	const left = clean.length - headCharacters - tailCharacters + leftOut;
	return `${clean.slice(0, headCharacters)}\n[… ${left} characters left out: run it with grep, head or tail to see them …]\n${clean.slice(-tailCharacters)}`;
}

function endOf({outcome, exitCode}: CommandResult, timeoutMs: number): string {
	switch (outcome) {
		case 'exited': {
			const meaning = exitCode === 127 ? ' (a program was not found)' : '';
			return `exit code ${exitCode ?? 'unknown'}${meaning}`;
		}

		case 'timed-out': {
			return `stopped after ${timeoutMs / 1000} s without ending; it must end by itself and wait for no input`;
		}

		case 'stopped': {
			return 'stopped by the person';
		}

		case 'not-started': {
			return 'not started';
		}

		default: {
			return outcome satisfies never;
		}
	}
}

function leftBehind({leftRunning = []}: CommandResult): readonly string[] {
	return leftRunning.length === 0
		? []
		: [`[${leftRunning.length} of its processes still run in the background. Start nothing that keeps running.]`];
}

function onlyReads(command: string): boolean {
	const {kind, commands} = readShellCommand(command);
	return kind === 'plain' && commands.every(isReadOnly);
}

/** In a pipe a program may end because nobody reads on, as `head` does: that is no failure. */
function withoutBrokenPipe(result: CommandResult, command: string): CommandResult {
	return command.includes('|') && result.exitCode === 128 + constants.signals.SIGPIPE ? {...result, exitCode: 0} : result;
}

async function run({command, timeout_s}: Input, context: ToolContext): Promise<ToolOutcome> {
	const {root, env, signal, onOutput, commandTimeoutMs} = context;
	const timeoutMs = Math.min(timeout_s === undefined ? commandTimeoutMs : timeout_s * 1000, commandTimeoutMs);
	const isReading = onlyReads(command);
	const request: RunCommand = {
		command,
		cwd: root,
		// It runs unasked: the repository's own git configuration must not make more of it.
		env: isReading ? hardenedGitEnvironment(env) : env,
		timeoutMs,
		signal,
		onOutput,
		// Tests piped into tail fail when they fail; a grep that finds nothing fails no pipe of readers.
		pipefail: !isReading,
	};
	const result = withoutBrokenPipe(await context.guard(() => runCommand(request)), command);
	const output = trimmed(result);
	const end = endOf(result, timeoutMs);
	const seconds = (result.durationMs / 1000).toFixed(1);
	return {
		ok: result.outcome === 'exited' && result.exitCode === 0,
		forModel: [...(output === '' ? ['(no output)'] : [output]), ...leftBehind(result), `[${end}]`].join('\n'),
		display: {kind: 'lines', lines: output === '' ? [] : output.split('\n'), summary: `${end} · ${seconds} s`},
	};
}

/** Runs a command in bash, in the root of the project. */
export const runTool = defineTool<Input>({
	name: 'run',
	description:
		'Runs a command in bash and gives its output and exit code; of a pipe, that of the last command in it that failed. Nobody can type into it, and it must end by itself.',
	schema,
	action: ({command}) => ({kind: 'command', command}),
	title: ({command}) => command,
	run,
});
