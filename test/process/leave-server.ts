// A process of its own for the test of what a command leaves behind: prints the result and ends.
import {runCommand} from '../../source/process/run.ts';

const result = await runCommand({
	command: 'sleep 997 >/dev/null 2>&1 & echo begun',
	cwd: '/',
	env: {PATH: process.env.PATH ?? ''},
	timeoutMs: 20_000,
	signal: new AbortController().signal,
});
process.stdout.write(JSON.stringify(result));
