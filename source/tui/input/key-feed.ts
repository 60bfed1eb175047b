import {EventEmitter} from 'node:events';
import type {Key} from './key.ts';

/** Most keys kept for a field that is not on screen yet. */
const mostKept = 10_000;

export type KeyFeed = {
	/** For Ink's `stdin`. It never touches the terminal: raw mode is ours. */
	readonly stdin: NodeJS.ReadableStream;
	/** Hands a key to Ink's own input hooks, each only after the one before was rendered. Keys wait until a hook listens. */
	readonly feed: (key: Key) => void;
	/** Forgets what no hook has taken: to be called when a field closes. */
	readonly clear: () => void;
};

const left = '\x1b[D';
const right = '\x1b[C';
const backspace = '\x7f';
/** ink-text-input inserts nothing for Home, but puts a cursor that an arrow moved out of the text back into it. */
const home = '\x1b[H';

/**
 * A key as Ink reads it, for a field of one line; several reads where one would make ink-text-input 6 err. Chords give none: it would
 * type their letter. Neither do up, down and Tab, which belong to the app.
 */
function readsFor(key: Key): readonly string[] {
	if (key.kind === 'paste') {
		const line = key.text.replace(/[\n\t]+/g, ' ');
		return [`\x1b[200~${line}\x1b[201~`];
	}

	if (key.kind === 'text') {
		return key.alt ? [] : [key.text];
	}

	if (key.kind !== 'key' || key.ctrl || key.alt) {
		return [];
	}

	switch (key.name) {
		case 'enter': {
			return ['\r'];
		}

		case 'escape': {
			// Kitty's form: for a bare ESC Ink would wait whether more comes.
			return ['\x1b[27u'];
		}

		case 'backspace': {
			return [backspace];
		}

		case 'delete': {
			// It deletes to the left for both keys; one step to the right first makes it this key. At the end of the text nothing is deleted.
			return [right, backspace];
		}

		case 'left': {
			return [left, home];
		}

		case 'right': {
			return [right, home];
		}

		default: {
			return [];
		}
	}
}

/** Makes the stream that Ink gets instead of the terminal's. */
export function createKeyFeed(): KeyFeed {
	const emitter = new EventEmitter();
	emitter.setMaxListeners(0);
	let waiting: string[] = [];
	let current: string | undefined;
	let isScheduled = false;

	const deliver = (): void => {
		isScheduled = false;
		if (emitter.listenerCount('readable') === 0) {
			return;
		}

		current = waiting.shift();
		if (current !== undefined) {
			emitter.emit('readable');
			schedule();
		}
	};

	// Ink updates state with the priority of a discrete event, so React renders in a microtask: by the next turn of the loop it has.
	const schedule = (): void => {
		if (!isScheduled && waiting.length > 0) {
			isScheduled = true;
			setImmediate(deliver);
		}
	};

	emitter.on('newListener', (event: string) => {
		if (event === 'readable') {
			schedule();
		}
	});

	const stdin = Object.assign(emitter, {
		isTTY: true,
		readable: true,
		read(): string | null {
			const read = current ?? null;
			current = undefined;
			return read;
		},
		setEncoding: () => stdin,
		setRawMode: () => stdin,
		ref: () => stdin,
		unref: () => stdin,
		resume: () => stdin,
		pause: () => stdin,
	});

	return {
		// Ink uses nothing else of a stream than what is above (components/App.js, stream.js of Ink 8.0.0).
		stdin: stdin as unknown as NodeJS.ReadableStream,
		feed(key) {
			if (waiting.length < mostKept) {
				waiting.push(...readsFor(key));
				schedule();
			}
		},
		clear() {
			waiting = [];
		},
	};
}

/** What an edit of a one-line field really leaves: ink-text-input deletes half of an emoji, and the other half goes with it. */
export function wholeCharacters(value: string): string {
	return value.replace(/\p{Surrogate}/gu, '').replace(/[\u200d\ufe0f]+$/, '');
}
