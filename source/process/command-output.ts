import {StringDecoder} from 'node:string_decoder';

const headLength = 16 * 1024;
const tailLength = 48 * 1024;
const liveLength = 16 * 1024;
/** Often enough to look live, rare enough that a command that floods does not keep the screen busy. */
const liveMs = 60;

export type CommandOutput = {
	/** A receiver for one stream of the command; characters may be cut between chunks. */
	readonly receiver: () => {readonly write: (chunk: Uint8Array) => void; readonly end: () => void};
	/** The beginning and the end of everything received, with a line in between that says how much is left out. */
	readonly text: () => string;
	/** How many characters of it are left out. */
	readonly leftOut: () => number;
	/** Gives what is still waiting to `onOutput`, and nothing after that. */
	readonly close: () => void;
};

/** Passes output on in pieces, at most one every 60 ms; of a flood only the newest 16,000 characters. */
function createLive(onOutput: ((text: string) => void) | undefined) {
	let waiting = '';
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		timer = undefined;
		const text = waiting;
		waiting = '';
		if (text !== '') {
			onOutput?.(text);
		}
	};

	return {
		push(text: string) {
			if (onOutput === undefined) {
				return;
			}

			waiting = (waiting + text).slice(-liveLength);
			timer ??= setTimeout(flush, liveMs);
		},
		close() {
			clearTimeout(timer);
			flush();
		},
	};
}

/** Keeps the first 16,000 and the last 48,000 characters of a command's output, however much it prints. */
export function createCommandOutput(onOutput: ((text: string) => void) | undefined): CommandOutput {
	const live = createLive(onOutput);
	let head = '';
	let tail = '';
	let dropped = 0;
	let isClosed = false;
	const push = (text: string) => {
		if (isClosed || text === '') {
			return;
		}

		live.push(text);
		const room = headLength - head.length;
		head += text.slice(0, room);
		tail += text.slice(room);
		if (tail.length > tailLength * 2) {
			dropped += tail.length - tailLength;
			tail = tail.slice(-tailLength);
		}
	};

	const leftOut = () => dropped + Math.max(0, tail.length - tailLength);
	return {
		receiver() {
			const decoder = new StringDecoder('utf8');
			return {
				write: chunk => push(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
				end: () => push(decoder.end()),
			};
		},
		leftOut,
		text() {
			const kept = tail.slice(-tailLength);
			const left = leftOut();
			return left === 0 ? head + tail : `${head}\n[… ${left} characters left out …]\n${kept}`.toWellFormed();
		},
		close() {
			live.close();
			isClosed = true;
		},
	};
}
