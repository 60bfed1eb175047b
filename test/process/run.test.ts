import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {childEnvironment} from '../../source/process/child-env.ts';
import {type RunCommand, runCommand} from '../../source/process/run.ts';
import {tempFolder} from '../support/temp-folder.ts';

const env = childEnvironment({env: process.env, packageRoot: fileURLToPath(new URL('../..', import.meta.url))});
const never = new AbortController().signal;

function run(command: RunCommand['command'], options: Partial<RunCommand> = {}) {
	return runCommand({command, cwd: '/', env, timeoutMs: 20_000, signal: never, ...options});
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// A process that ended and was not waited for yet counts as ended.
		return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
	} catch {
		return false;
	}
}

async function untilGone(pid: number) {
	while (isAlive(pid)) {
		await sleep(10);
	}
}

const pidIn = (output: string) => Number(/pid (\d+)/.exec(output)?.[1]);

test('a command ends with its code and its output, standard error too', async () => {
	expect(await run('echo out; echo err >&2; exit 3')).toMatchObject({
		outcome: 'exited',
		exitCode: 3,
		output: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
	});
	expect(await run('kill -TERM $$')).toMatchObject({outcome: 'exited', exitCode: 143});
	expect(await run({file: 'printf', args: ['%s', '$(echo no shell); x']})).toMatchObject({exitCode: 0, output: '$(echo no shell); x'});
});

test('what cannot be started is an outcome, not an exception', async () => {
	expect(await run({file: 'no-such-program', args: []})).toMatchObject({
		outcome: 'not-started',
		output: 'no-such-program was not found on PATH',
	});
	expect(await run('true', {cwd: '/no/such/folder'})).toMatchObject({
		outcome: 'not-started',
		output: 'The folder /no/such/folder does not exist',
	});
	expect(await run('true', {signal: AbortSignal.abort()})).toMatchObject({outcome: 'stopped', output: ''});
});

test('after a timeout the result comes although a grandchild holds the pipe, and nothing is left', async () => {
	const result = await run('echo begun; sleep 999 & echo "pid $!"; wait', {timeoutMs: 300});

	expect(result).toMatchObject({outcome: 'timed-out', output: expect.stringContaining('begun')});
	expect(result.leftRunning).toBeUndefined();
	await untilGone(pidIn(result.output));
});

test('a command that ignores the request to end is ended all the same', async () => {
	const stop = new AbortController();
	const running = run('trap "" TERM; echo "pid $$"; while :; do sleep 0.1; done', {
		signal: stop.signal,
		onOutput: () => stop.abort(),
	});

	const result = await running;

	expect(result.outcome).toBe('stopped');
	await untilGone(pidIn(result.output));
});

test('a daemon that leaves the group is stopped with the command all the same', async ({skip}) => {
	skip(process.platform !== 'linux', 'only Linux tells which processes a command left behind');
	const result = await run('setsid sleep 998 & echo "pid $!"; sleep 999', {timeoutMs: 300});

	expect(result.outcome).toBe('timed-out');
	await untilGone(pidIn(result.output));
});

test('300 MB of output cost little memory, and beginning and end are kept', {timeout: 60_000}, async () => {
	const before = process.memoryUsage().rss;
	let peak = before;
	let pieces = 0;
	const result = await run('echo first; yes | head -c 300000000; echo last', {
		timeoutMs: 60_000,
		onOutput(text) {
			pieces++;
			expect(text.length).toBeLessThanOrEqual(16_384);
			peak = Math.max(peak, process.memoryUsage().rss);
		},
	});

	expect(result).toMatchObject({outcome: 'exited', exitCode: 0});
	expect(result.output).toMatch(/^first\ny\n/);
	expect(result.output).toMatch(/\ny\nlast\n$/);
	expect(result.output).toContain('characters left out');
	expect(result.output.length).toBeLessThan(70_000);
	expect(peak - before).toBeLessThan(150_000_000);
	expect(pieces).toBeLessThan(result.durationMs / 50 + 5);
});

test('characters cut between two chunks arrive whole', async () => {
	const {output} = await run(String.raw`printf '\xf0\x9f'; sleep 0.05; printf '\x99\x82'`);

	expect(output).toBe('🙂');
});

test('a command reads nothing and has no terminal', async () => {
	expect(await run('cat; (: < /dev/tty) 2>/dev/null && echo tty; echo end')).toMatchObject({output: 'end\n'});
});

test('what a shell would read at its start is not read', async () => {
	await using folder = await tempFolder();
	const evil = await folder.write('evil.sh', 'echo evil\n');

	expect(await run('echo fine', {env: {...env, BASH_ENV: evil, ENV: evil, HOME: folder.path}})).toMatchObject({output: 'fine\n'});
});

test('a server left behind is told, and ends when the program ends', async ({skip}) => {
	skip(process.platform !== 'linux', 'only Linux tells which processes a command left behind');
	const runner = fileURLToPath(new URL('leave-server.ts', import.meta.url));
	const child = spawn(process.execPath, [runner], {stdio: ['ignore', 'pipe', 'inherit']});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => {
		output += chunk.toString();
	});
	await new Promise(resolve => {
		child.on('close', resolve);
	});

	const {leftRunning} = JSON.parse(output) as {leftRunning: {pid: number; command: string}[]};
	expect(leftRunning.map(({command}) => command)).toEqual(['sleep 997']);
	await untilGone(leftRunning[0]!.pid);
});
