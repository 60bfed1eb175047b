import {PassThrough} from 'node:stream';
import {describe, expect, it} from 'vitest';
import type {Key} from '../../../source/tui/input/key.ts';
import {readKeys} from '../../../source/tui/input/read-keys.ts';

function terminal() {
	const modes: boolean[] = [];
	const stdin = Object.assign(new PassThrough(), {isTTY: true, isRaw: false, setRawMode: (isRaw: boolean) => modes.push(isRaw)});
	return {stdin, modes};
}

/** The first key that arrives, however long it takes. */
function nextKey(stdin: ReturnType<typeof terminal>['stdin'], escapeMs: number): Promise<Key> {
	return new Promise(resolve => {
		const stop = readKeys(
			stdin,
			key => {
				stop();
				resolve(key);
			},
			{escapeMs},
		);
	});
}

describe('reading the terminal', () => {
	it('gives a lone ESC as the Esc key after the time, and puts the mode back', async () => {
		const {stdin, modes} = terminal();
		const key = nextKey(stdin, 5);
		stdin.write('\x1b');
		expect(await key).toMatchObject({name: 'escape'});
		expect(modes).toEqual([true, false]);
	});

	it('puts a sequence together that came in two reads', async () => {
		const {stdin} = terminal();
		const key = nextKey(stdin, 1000);
		stdin.write('\x1b');
		stdin.write('[A');
		expect(await key).toMatchObject({name: 'up'});
	});

	it('keeps nothing for itself after it was stopped by a key of the same read', async () => {
		const {stdin, modes} = terminal();
		const keys: Key[] = [];
		await new Promise<void>(resolve => {
			const stop = readKeys(
				stdin,
				key => {
					keys.push(key);
					stop();
					stop();
					setImmediate(resolve);
				},
				{escapeMs: 5},
			);
			stdin.write('ab\x1b');
		});
		expect(keys).toEqual([{kind: 'text', text: 'a', alt: false}]);
		expect(stdin.listenerCount('data')).toBe(0);
		expect(modes).toEqual([true, false]);
	});

	it('tells when the terminal is gone', async () => {
		const {stdin} = terminal();
		await new Promise<void>(resolve => {
			readKeys(stdin, () => undefined, {escapeMs: 5, onEnd: resolve});
			stdin.end();
		});
	});
});
