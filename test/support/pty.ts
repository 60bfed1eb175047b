import {createScreen, type Screen} from './screen.ts';

type NodePty = typeof import('@lydell/node-pty');

async function loadPty(): Promise<NodePty | undefined> {
	try {
		return await import('@lydell/node-pty');
	} catch {
		return undefined;
	}
}

const pty = await loadPty();

/** For `describe.skipIf(!hasPty)`: whether a pseudo terminal can be made on this machine. */
export const hasPty = pty !== undefined;

if (!hasPty) {
	console.warn('skipped: @lydell/node-pty has no binary for this machine, so nothing is tested in a real terminal');
}

const sequences = {
	enter: '\r',
	newline: '\n',
	escape: '\x1b',
	tab: '\t',
	'shift+tab': '\x1b[Z',
	backspace: '\x7f',
	delete: '\x1b[3~',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	home: '\x1b[H',
	end: '\x1b[F',
	pageup: '\x1b[5~',
	pagedown: '\x1b[6~',
	'wheel-up': '\x1b[<64;10;10M',
	'wheel-down': '\x1b[<65;10;10M',
	'focus-in': '\x1b[I',
	'focus-out': '\x1b[O',
} as const;

type PressableKey = keyof typeof sequences | `ctrl+${string}` | `alt+${string}`;

function sequenceFor(key: PressableKey): string {
	if (key.startsWith('ctrl+')) {
		return String.fromCharCode(key.charCodeAt(5) & 0x1f);
	}

	return key.startsWith('alt+') ? `\x1b${key.slice(4)}` : sequences[key as keyof typeof sequences];
}

type Options = {
	readonly file: string;
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	readonly columns?: number;
	readonly rows?: number;
};

type Condition = string | RegExp | ((screen: Screen) => boolean);

export type PtyProgram = {
	readonly screen: Screen;
	readonly pid: number;
	/** Sends a text as if it was typed at once. */
	readonly type: (text: string) => void;
	readonly paste: (text: string) => void;
	readonly press: (...keys: readonly PressableKey[]) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Resolves as soon as the screen shows it; looks again whenever the program wrote something. Throws with the screen after the time. */
	readonly waitFor: (condition: Condition, options?: {readonly timeoutMs?: number}) => Promise<void>;
	/** Waits until the program has ended by itself. */
	readonly ended: (options?: {readonly timeoutMs?: number}) => Promise<{readonly exitCode: number; readonly signal: number | undefined}>;
	readonly kill: (signal?: string) => void;
	/** Everything the program wrote, as it wrote it. */
	readonly raw: () => string;
	/** Ends the program if it still runs; for `await using`. */
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

function isMet(condition: Condition, screen: Screen): boolean {
	if (typeof condition === 'function') {
		return condition(screen);
	}

	return typeof condition === 'string' ? screen.text().includes(condition) : condition.test(screen.text());
}

function describe(condition: Condition): string {
	return typeof condition === 'string' ? `"${condition}"` : `${condition}`;
}

/** Rejects when a promise takes too long; only for tests that fail anyway. */
async function within<Value>(promise: Promise<Value>, timeoutMs: number, explain: () => string): Promise<Value> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(explain())), timeoutMs);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Starts a program in a real pseudo terminal and shows its screen. Only when `hasPty`. */
export function spawnInPty({file, args = [], env = {}, cwd = process.cwd(), columns = 80, rows = 24}: Options): PtyProgram {
	if (pty === undefined) {
		throw new Error('There is no pseudo terminal here: guard the test with hasPty');
	}

	const child = pty.spawn(file, [...args], {name: 'xterm-256color', cols: columns, rows, cwd, env: {...env}});
	const screen = createScreen(columns, rows, reply => child.write(reply));
	const looks = new Set<() => void>();
	let raw = '';
	let painted = Promise.resolve();
	const look = (): void => {
		for (const one of looks) {
			one();
		}
	};

	child.onData(data => {
		raw += data;
		painted = painted.then(() => screen.write(data)).then(look);
	});
	const exit = new Promise<{exitCode: number; signal: number | undefined}>(resolve => {
		child.onExit(({exitCode, signal}) => resolve({exitCode, signal}));
	});
	let hasEnded = false;
	void exit.then(() => {
		hasEnded = true;
		look();
	});
	const shown = (): string => `The screen:\n${screen.text()}`;
	return {
		screen,
		pid: child.pid,
		type: text => child.write(text),
		paste: text => child.write(`\x1b[200~${text}\x1b[201~`),
		press: (...keys) => child.write(keys.map(sequenceFor).join('')),
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		async waitFor(condition, {timeoutMs = 15_000} = {}) {
			const met = new Promise<void>((resolve, reject) => {
				const check = (): void => {
					if (isMet(condition, screen)) {
						looks.delete(check);
						resolve();
					} else if (hasEnded) {
						looks.delete(check);
						void painted.then(() =>
							isMet(condition, screen) ? resolve() : reject(new Error(`The program ended before ${describe(condition)}. ${shown()}`)),
						);
					}
				};
				looks.add(check);
				check();
			});
			await within(met, timeoutMs, () => `${describe(condition)} did not come within ${timeoutMs} ms. ${shown()}`);
		},
		async ended({timeoutMs = 15_000} = {}) {
			const result = await within(exit, timeoutMs, () => `The program did not end within ${timeoutMs} ms. ${shown()}`);
			await painted;
			return result;
		},
		kill: signal => child.kill(signal),
		raw: () => raw,
		async [Symbol.asyncDispose]() {
			if (!hasEnded) {
				child.kill('SIGKILL');
				await exit;
			}
		},
	};
}
