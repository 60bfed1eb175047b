import {resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {hasPty, spawnInPty} from '../../support/pty.ts';

const readKeysPath = resolve(import.meta.dirname, '../../../source/tui/input/read-keys.ts');

/** Asks the terminal things, then prints every key; Ctrl+D ends it and shows whether the mode is back. */
const program = `
import {readKeys} from ${JSON.stringify(readKeysPath)};
const name = key => key.kind === 'text' ? (key.alt ? 'alt+' : '') + key.text : key.kind === 'key' ? '<' + (key.ctrl ? 'ctrl+' : '') + key.name + '>' : JSON.stringify(key);
process.stdout.write('\\x1b[?2004h\\x1b[c\\x1b[>c\\x1b[6n\\x1b[?2026$p\\x1b]11;?\\x07\\x1b[?u');
const stop = readKeys(process.stdin, key => {
	process.stdout.write(name(key) + ' ');
	if (key.kind === 'key' && key.ctrl && key.name === 'd') {
		stop();
		process.stdout.write('raw ' + process.stdin.isRaw + ' ');
	}
}, {escapeMs: 40});
process.stdout.write('ready ');
`;

function start() {
	return spawnInPty({
		file: process.execPath,
		args: ['--import', 'tsx', '--input-type=module', '-e', program],
		env: {PATH: process.env.PATH ?? ''},
		columns: 200,
	});
}

describe.skipIf(!hasPty)('a real terminal', () => {
	it('gives keys, pastes and Esc, and types none of its replies', async () => {
		await using shell = start();
		await shell.waitFor('ready');
		shell.type('é😀\r');
		await shell.waitFor('<enter>');
		shell.press('escape');
		await shell.waitFor('<escape>');
		shell.paste('two\nlines');
		await shell.waitFor(String.raw`"text":"two\nlines"`);
		shell.press('up', 'alt+b', 'ctrl+x', 'shift+tab', 'newline');
		await shell.waitFor('<newline>');
		shell.press('ctrl+d');
		expect(await shell.ended()).toMatchObject({exitCode: 0});
		expect(shell.screen.text()).toContain(
			'ready é 😀 <enter> <escape> {"kind":"paste","text":"two\\nlines"} <up> alt+b <ctrl+x> <tab> <newline> <ctrl+d> raw false',
		);
		expect(shell.screen.isBracketedPaste()).toBe(true);
	});

	it('says what was on screen when a wait fails', async () => {
		await using shell = start();
		await shell.waitFor('ready');
		await expect(shell.waitFor('never', {timeoutMs: 50})).rejects.toThrow(/"never" did not come within 50 ms[\s\S]*ready/);
	});
});
