import {cleanPaste} from './clean-paste.ts';
import {abandonedKeys, type InputMode, nextStep, type Step, settledKeys} from './input-steps.ts';
import type {Key} from './key.ts';

export type InputParser = {
	/** Takes what was read; returns the keys that are whole. A character that the reading cut in two is put together. */
	readonly push: (chunk: Uint8Array | string) => readonly Key[];
	/**
	 * Says that nothing came for a while (30 to 50 ms): a lone ESC becomes the Esc key. What has clearly begun to be a sequence, a reply or
	 * a paste waits for 25 such calls, about a second; then a sequence is dropped and a paste is handed over as far as it came.
	 */
	readonly flush: () => readonly Key[];
	/** Whether something is held back, so that `flush` has to be called again. */
	readonly isWaiting: () => boolean;
};

/** A longer paste arrives as several keys: a file pasted by accident must not fill the memory. */
const longestPaste = 1_000_000;
const patience = 25;

type PasteBuffer = {
	/** Returns a paste when enough has come together. */
	readonly add: (text: string) => readonly Key[];
	readonly end: () => readonly Key[];
};

function createPasteBuffer(): PasteBuffer {
	let text = '';
	const end = (): readonly Key[] => {
		const cleaned = cleanPaste(text);
		text = '';
		return cleaned === '' ? [] : [{kind: 'paste', text: cleaned}];
	};

	return {
		add(more) {
			const keys: Key[] = [];
			let at = 0;
			while (at < more.length) {
				const taken = more.slice(at, at + Math.max(1, longestPaste - text.length));
				text += taken;
				at += taken.length;
				// Neither CR LF nor a surrogate pair may be parted.
				if (text.length >= longestPaste && !/[\r\ud800-\udbff]$/.test(taken)) {
					keys.push(...end());
				}
			}

			return keys;
		},
		end,
	};
}

/** Makes a parser of terminal input. It never throws, no text key holds a control character, and no reply of the terminal is taken for typing. */
export function createInputParser(): InputParser {
	const decoder = new TextDecoder();
	const paste = createPasteBuffer();
	let mode: InputMode = 'ground';
	let pending = '';
	let quiet = 0;

	const take = (step: Exclude<Step, 'incomplete'>): readonly Key[] => {
		const pasted = step.pasted === undefined ? [] : paste.add(step.pasted);
		const ended = mode === 'paste' && step.mode === 'ground' ? paste.end() : [];
		mode = step.mode ?? mode;
		return [...step.keys, ...pasted, ...ended];
	};

	const read = (text: string): readonly Key[] => {
		const taken: (readonly Key[])[] = [];
		let at = 0;
		while (at < text.length) {
			const step = nextStep(mode, text, at);
			if (step === 'incomplete') {
				break;
			}

			taken.push(take(step));
			at = step.next;
		}

		pending = text.slice(at);
		return taken.flat();
	};

	const giveUp = (): readonly Key[] => {
		const keys = mode === 'paste' ? [...paste.add(pending), ...paste.end()] : abandonedKeys(pending);
		mode = 'ground';
		pending = '';
		return keys;
	};

	return {
		push(chunk) {
			quiet = 0;
			const text = typeof chunk === 'string' ? decoder.decode() + chunk : decoder.decode(chunk, {stream: true});
			return read(pending + text);
		},
		flush() {
			quiet++;
			const settled = mode === 'ground' ? settledKeys(pending) : undefined;
			if (settled !== undefined) {
				pending = '';
				return settled;
			}

			return quiet >= patience ? giveUp() : [];
		},
		isWaiting: () => pending !== '' || mode !== 'ground',
	};
}
