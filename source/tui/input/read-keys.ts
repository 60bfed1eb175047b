import type {Key} from './key.ts';
import {createInputParser} from './parse-input.ts';

/** What is needed of the terminal's input; `process.stdin` is one. */
export type KeySource = {
	readonly isTTY?: boolean;
	readonly isRaw?: boolean;
	setRawMode?(isRaw: boolean): unknown;
	on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
	on(event: 'end' | 'close', listener: () => void): unknown;
	off(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
	off(event: 'end' | 'close', listener: () => void): unknown;
	resume(): unknown;
	pause(): unknown;
};

type Options = {
	/** How long a lone ESC may be the start of a sequence, in milliseconds: 30 to 50. */
	readonly escapeMs: number;
	/** The terminal is gone. */
	readonly onEnd?: () => void;
};

/** Puts the terminal into raw mode and tells every key. Returns how to stop, which puts back the mode that was; stopping twice is harmless. */
export function readKeys(stdin: KeySource, onKey: (key: Key) => void, {escapeMs, onEnd}: Options): () => void {
	const parser = createInputParser();
	const wasRaw = stdin.isRaw === true;
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;

	const tell = (keys: readonly Key[]): void => {
		for (const key of keys) {
			// A key may stop the reading (an editor opens); what was typed after it in the same burst is not for us.
			if (isStopped) {
				return;
			}

			onKey(key);
		}
	};

	const settle = (): void => {
		tell(parser.flush());
		arm();
	};

	const arm = (): void => {
		clearTimeout(timer);
		timer = !isStopped && parser.isWaiting() ? setTimeout(settle, escapeMs) : undefined;
	};

	const onData = (chunk: Uint8Array | string): void => {
		tell(parser.push(chunk));
		arm();
	};

	const onClose = (): void => {
		if (!isStopped) {
			onEnd?.();
		}
	};

	stdin.setRawMode?.(true);
	stdin.on('data', onData);
	stdin.on('end', onClose);
	stdin.on('close', onClose);
	stdin.resume();
	return () => {
		if (isStopped) {
			return;
		}

		isStopped = true;
		clearTimeout(timer);
		stdin.off('data', onData);
		stdin.off('end', onClose);
		stdin.off('close', onClose);
		stdin.setRawMode?.(wasRaw);
		stdin.pause();
	};
}
