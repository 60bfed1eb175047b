import {stripVTControlCharacters} from 'node:util';
import {z} from 'zod';
import {isReadOnly} from '../permission/read-only.ts';
import {readShellCommand} from '../permission/shell-command.ts';
import {hardenedGitEnvironment} from '../process/git-environment.ts';
import {type CommandResult, runCommand} from '../process/run.ts';
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

/** What only reads runs unasked: the repository's own git configuration must not make more of it. */
function envFor(command: string, env: ToolContext['env']): ToolContext['env'] {
	const {kind, commands} = readShellCommand(command);
	return kind === 'plain' && commands.every(isReadOnly) ? hardenedGitEnvironment(env) : env;
}

async function run({command, timeout_s}: Input, context: ToolContext): Promise<ToolOutcome> {
	const {root, env, signal, onOutput, commandTimeoutMs} = context;
	const timeoutMs = Math.min(timeout_s === undefined ? commandTimeoutMs : timeout_s * 1000, commandTimeoutMs);
	const result = await context.guard(() => runCommand({command, cwd: root, env: envFor(command, env), timeoutMs, signal, onOutput}));
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
		'Runs a command in bash and gives its output and exit code; of a pipe, that of its last command. Nobody can type into it, and it must end by itself.',
	schema,
	action: ({command}) => ({kind: 'command', command}),
	title: ({command}) => command,
	run,
});
