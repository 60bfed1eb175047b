// Started by memory.ts in a process of its own: reads a flood of output one way, and prints what that took as JSON.
import {spawn} from 'node:child_process';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {runCommand} from '../../source/process/run.ts';

const [way, command = ''] = process.argv.slice(2);
const env = {PATH: process.env.PATH ?? ''};

/** Reads output and throws it away. */
async function readBare(line: string): Promise<void> {
	const child = spawn('/bin/sh', ['-c', line], {env, stdio: ['ignore', 'pipe', 'inherit']});
	child.stdout.on('data', () => undefined);
	await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
}

/** Reads output as every command of the agent and every test run is read, live words included. */
async function readOurs(line: string): Promise<void> {
	let live = 0;
	const signal = new AbortController().signal;
	const result = await runCommand({
		command: line,
		cwd: process.cwd(),
		env,
		timeoutMs: 60_000,
		signal,
		onOutput: text => {
			live += text.length;
		},
	});
	if (result.outcome !== 'exited' || result.exitCode !== 0 || live === 0) {
		throw new Error(`${line} was ${result.outcome} with ${result.exitCode}, ${live} characters were live`);
	}
}

/** Runs work and gives by how many bytes the resident memory was larger at most. */
async function growthOf(work: () => Promise<void>): Promise<number> {
	const peakBefore = process.resourceUsage().maxRSS;
	const before = process.memoryUsage.rss();
	let peak = before;
	const look = () => {
		peak = Math.max(peak, process.memoryUsage.rss());
	};
	const timer = setInterval(look, 5);
	await work();
	clearInterval(timer);
	look();
	// The system's own high-water mark misses nothing between two looks, but it knows of everything before as well.
	const {maxRSS} = process.resourceUsage();
	return (maxRSS > peakBefore ? Math.max(peak, maxRSS * 1024) : peak) - before;
}

const read = way === 'bare' ? readBare : readOurs;
await read('echo warm');
setFlagsFromString('--expose-gc');
runInNewContext('gc()');
const startedAt = performance.now();
const growth = await growthOf(() => read(command));
console.log(JSON.stringify({ms: performance.now() - startedAt, megabytes: growth / 1_000_000}));
