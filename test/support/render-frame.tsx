import {EventEmitter} from 'node:events';
import {Box, render} from 'ink';
import type {ReactNode} from 'react';
import stringWidth from 'string-width';
import type {Key} from '../../source/tui/input/key.ts';
import {createKeyFeed} from '../../source/tui/input/key-feed.ts';

type Size = {readonly columns: number; readonly rows: number};

export type Frames = {
	/** Shows another tree and waits until it is painted. */
	readonly rerender: (node: ReactNode) => Promise<void>;
	/** Gives keys to Ink's own input hooks, one after the other. */
	readonly feed: (...keys: readonly Key[]) => Promise<void>;
	/** Gives the terminal another size. */
	readonly resize: (size: Size) => Promise<void>;
	/** Waits until what was set off has been painted. */
	readonly settle: () => Promise<void>;
	/** The frame on screen: exactly as many lines as the terminal has rows, spaces at their ends taken off. */
	readonly lastFrame: () => string;
	readonly unmount: () => void;
};

type FakeStdout = EventEmitter & {columns: number; rows: number; frame: string; write: (text: string) => boolean; isTTY: boolean};

/** In Ink's debug mode every write is one whole frame. */
function createStdout({columns, rows}: Size): FakeStdout {
	const stdout: FakeStdout = Object.assign(new EventEmitter(), {
		columns,
		rows,
		frame: '',
		isTTY: true,
		write(text: string) {
			// Modes are set by writes of their own, which paint nothing.
			stdout.frame = text !== '' && plain(text) === '' ? stdout.frame : text;
			return true;
		},
	});
	return stdout;
}

function plain(frame: string): string {
	return frame.replace(/\u001b\[[\d;:?]*[a-zA-Z]/g, '');
}

function checked(frame: string, {columns, rows}: Size): string {
	const lines = plain(frame).split('\n');
	const wide = lines.find(line => stringWidth(line) > columns);
	if (wide !== undefined) {
		throw new Error(`A line is ${stringWidth(wide)} columns wide, the terminal has ${columns}:\n${wide}`);
	}

	if (lines.length > rows) {
		throw new Error(`The frame has ${lines.length} lines, the terminal has ${rows} rows:\n${lines.join('\n')}`);
	}

	return Array.from({length: rows}, (_, index) => (lines[index] ?? '').trimEnd()).join('\n');
}

/** React commits in a microtask and Ink paints in the same turn; effects that set state again take a few more. */
async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) {
		await new Promise(resolve => setImmediate(resolve));
	}
}

/** Renders a tree with Ink's real renderer onto a terminal of exactly this size. Throws as soon as a frame does not fit. */
export async function renderFrames(node: ReactNode, size: Size): Promise<Frames> {
	const stdout = createStdout(size);
	const feed = createKeyFeed();
	const instance = render(node, {
		stdout: stdout as unknown as NodeJS.WritableStream,
		stderr: createStdout(size) as unknown as NodeJS.WritableStream,
		stdin: feed.stdin,
		debug: true,
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	await turns(5);
	return {
		async rerender(next) {
			instance.rerender(next);
			await turns(5);
		},
		async feed(...keys) {
			for (const key of keys) {
				feed.feed(key);
			}

			await turns(3 * keys.length + 5);
		},
		async resize({columns, rows}) {
			Object.assign(stdout, {columns, rows});
			stdout.emit('resize');
			await turns(5);
		},
		settle: () => turns(10),
		lastFrame: () => checked(stdout.frame, stdout),
		unmount: () => instance.unmount(),
	};
}

/** One frame of a tree as plain text of exactly this size. The tree gets a box of that size around it, as the app's root has. */
export async function renderFrame(node: ReactNode, {columns, rows}: Size): Promise<string> {
	const frames = await renderFrames(
		<Box width={columns} height={rows} flexDirection="column">
			{node}
		</Box>,
		{columns, rows},
	);
	const frame = frames.lastFrame();
	frames.unmount();
	return frame;
}
