import {spawnSync} from 'node:child_process';
import {resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {resetSequence} from '../../source/tui/terminal-modes.ts';

const modes = resolve(import.meta.dirname, '../../source/tui/terminal-modes.ts');

/** What a process writes that arms the reset and then ends this way. */
function written(ending: string): {readonly out: string; readonly code: number | null} {
	const script = `import {armTerminalReset} from ${JSON.stringify(modes)};\nconst terminal = armTerminalReset(process.stdout);\n${ending}`;
	const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {encoding: 'utf8'});
	return {out: run.stdout, code: run.status};
}

describe('the terminal is put back', () => {
	test('when the process exits, when an error is not caught, and when a promise is', () => {
		expect(written('process.exit(3)')).toEqual({out: resetSequence, code: 3});
		expect(written('throw new Error("x")')).toEqual({out: resetSequence, code: 1});
		expect(written('Promise.reject(new Error("x"))')).toEqual({out: resetSequence, code: 1});
	});

	test('once, and not at all when the app left by itself', () => {
		expect(written('terminal.reset(); terminal.reset();').out).toBe(resetSequence);
		expect(written('terminal.disarm();').out).toBe('');
	});
});
