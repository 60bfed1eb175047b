import {render} from 'ink';
import type {Intent} from '../protocol/intent.ts';
import type {State} from '../protocol/state.ts';
import type {Store} from '../protocol/store.ts';
import {type Announcement, announcementOf, announceSequence, clipboardSequence, titleSequence, windowTitle} from './announce.ts';
import {App, type Doors} from './app.tsx';
import {asciiGlyphs, unicodeGlyphs} from './glyphs.ts';
import type {Key} from './input/key.ts';
import {createKeyFeed} from './input/key-feed.ts';
import {defaultKeymap, type Keymap} from './input/keymap.ts';
import {type KeySource, readKeys} from './input/read-keys.ts';
import {loadHighlight} from './rows/highlight-rows.ts';
import {armTerminalReset, enterModes, leaveModes} from './terminal-modes.ts';
import type {Guide} from './view-store.ts';
import type {CommandInfo, HomeFacts} from './world.ts';

/** What of the surroundings decides how the picture looks and moves. Read from the environment by `main.ts`. */
export type TuiEnvironment = {
	/** `NO_COLOR`, `--no-color`. */
	readonly noColor: boolean;
	/** `--ascii`, or a locale that is not UTF-8. */
	readonly isAscii: boolean;
	readonly isSsh: boolean;
	/** Inside tmux or screen. */
	readonly isMultiplexed: boolean;
	readonly hasReducedMotion: boolean;
	readonly platform: string;
};

export type TuiOptions = {
	readonly session: {readonly store: Store; readonly send: (intent: Intent) => Promise<unknown>};
	readonly commands: readonly CommandInfo[];
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly environment: TuiEnvironment;
	readonly home: HomeFacts;
	readonly laterHome?: Promise<HomeFacts>;
	readonly keymap?: Keymap;
	/** Opens a file at a line in the person's editor and resolves when it was closed. The terminal is the editor's meanwhile. */
	readonly openEditor: (path: string, line: number) => Promise<void>;
	readonly editText: (text: string) => Promise<string | undefined>;
	/** The project's files for `@`, git-ignored ones left out, by their paths from the root. Asked each time a mention begins. */
	readonly listFiles?: () => Promise<readonly string[]>;
	/** A desktop notification, where there is a notifier. */
	readonly notify: (announcement: Announcement) => void;
	/** The system's own clipboard, beside the terminal's. */
	readonly copy: (text: string) => void;
	readonly history?: {readonly entries: readonly string[]; readonly add: (text: string) => void};
	readonly guide?: Guide;
	/** Sent as soon as the folder is trusted. */
	readonly initialIdea?: string;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** One line after the screen is gone: how to come back. */
	readonly farewell: () => string;
	/** Ends the app from outside, with the exit code as the reason: a tour that is over. */
	readonly signal?: AbortSignal;
};

/** A lone ESC may be the start of a sequence: over a network its bytes come apart. */
const escapeMs = {local: 30, ssh: 60};

/** A folder that cannot be listed has nothing to offer. */
const nothing = (): readonly string[] => [];

const signals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** Keys for everyone who listens, from a reading that can be paused while another program has the terminal. What comes before anyone listens is kept. */
function createKeys(stdin: KeySource, options: {readonly escapeMs: number; readonly onEnd: () => void}) {
	const listeners = new Set<(key: Key) => void>();
	let kept: Key[] = [];
	let isWindowFocused = true;
	const tell = (key: Key): void => {
		isWindowFocused = key.kind === 'focus' ? key.isFocused : isWindowFocused;
		if (listeners.size === 0) {
			kept.push(key);
		}

		for (const listener of listeners) {
			listener(key);
		}
	};

	let stop: (() => void) | undefined;
	return {
		subscribe(listener: (key: Key) => void) {
			listeners.add(listener);
			const early = kept;
			kept = [];
			early.forEach(tell);
			return () => {
				listeners.delete(listener);
			};
		},
		isWindowFocused: () => isWindowFocused,
		start() {
			stop ??= readKeys(stdin, tell, options);
		},
		stop() {
			stop?.();
			stop = undefined;
		},
	};
}

/** Puts the trust question, and sends the idea from the command line when the answer allows it. */
function begin({session, initialIdea}: TuiOptions, send: (intent: Intent) => void): () => void {
	const {store} = session;
	const sendIdea = (): void => {
		if (initialIdea !== undefined) {
			send({type: 'send', text: initialIdea});
		}
	};

	const {trust} = store.state().workspace;
	if (trust !== 'asked') {
		sendIdea();
		return () => undefined;
	}

	const stop = store.subscribe(event => {
		if (event.type !== 'workspace.trusted') {
			return;
		}

		stop();
		if (event.trust === 'trusted') {
			sendIdea();
		}
	});
	send({type: 'command', text: '/trust'});
	return stop;
}

/** Title, bell and notifications: what a person sees who looks at another window. */
function announce({session, stdout, environment, notify}: TuiOptions, isFocused: () => boolean): () => void {
	let title = '';
	let before: State = session.store.state();
	const stop = session.store.subscribe((event, state) => {
		const news = announcementOf(event, state, before);
		before = state;
		if (news !== undefined && !isFocused()) {
			stdout.write(announceSequence(news, environment.isMultiplexed));
			notify(news);
		}

		const next = windowTitle(state);
		if (next !== title) {
			title = next;
			stdout.write(titleSequence(title));
		}
	});
	return stop;
}

/**
 * Shows the session on the whole screen until the person leaves. Resolves with the exit code: 0, or 128 and the number of the signal that
 * ended it. Rejects with what nobody expected, the terminal put back.
 */
export async function runTui(options: TuiOptions): Promise<number> {
	const {session, stdin, stdout, environment, history, now, listFiles} = options;
	const ended = Promise.withResolvers<number>();
	const terminal = armTerminalReset(stdout);
	const keys = createKeys(stdin, {
		escapeMs: environment.isSsh ? escapeMs.ssh : escapeMs.local,
		onEnd: () => ended.resolve(signals.SIGHUP),
	});
	const feed = createKeyFeed();
	const send = (intent: Intent): void => {
		session.send(intent).catch((error: unknown) => ended.reject(error));
	};

	const doors: Doors = {
		openEditor: options.openEditor,
		editText: options.editText,
		copy(text) {
			stdout.write(clipboardSequence(text, environment.isMultiplexed));
			options.copy(text);
		},
		remember: text => history?.add(text),
		exit: () => ended.resolve(0),
		// To the whole group, as the terminal would: npm in front of us has to stop too, or the shell does not come back.
		suspend: () => void process.kill(0, 'SIGSTOP'),
		release() {
			stdout.write(leaveModes);
			keys.stop();
		},
		reclaim() {
			stdout.write(enterModes);
			keys.start();
		},
	};
	const requests = createRequests();
	// Before the first frame: whoever types at once must find no terminal that echoes, and turns Enter into a line end.
	keys.start();
	const instance = render(
		<App
			store={session.store}
			send={send}
			commands={options.commands}
			keys={keys}
			feed={feed}
			doors={doors}
			keymap={options.keymap ?? defaultKeymap}
			glyphs={environment.isAscii ? asciiGlyphs : unicodeGlyphs}
			theme={environment.noColor ? 'mono' : 'colour'}
			home={options.home}
			{...(options.laterHome !== undefined && {laterHome: options.laterHome})}
			{...(options.guide !== undefined && {guide: options.guide})}
			loadHighlight={loadHighlight}
			{...(listFiles !== undefined && {listFiles: () => listFiles().catch(nothing)})}
			history={history?.entries ?? []}
			now={now}
			spareRows={environment.platform === 'win32' ? 1 : 0}
			motion={{tickMs: environment.hasReducedMotion ? 1000 : environment.isSsh ? 500 : 250, isStill: environment.hasReducedMotion}}
			requests={requests}
		/>,
		{
			stdin: feed.stdin,
			stdout,
			exitOnCtrlC: false,
			patchConsole: false,
			alternateScreen: true,
			incrementalRendering: true,
			maxFps: 25,
			interactive: true,
		},
	);
	stdout.write(enterModes);
	const stops = [announce(options, keys.isWindowFocused), begin(options, send), listenToSignals(ended.resolve, requests.tell)];
	options.signal?.addEventListener('abort', () => ended.resolve(Number(options.signal?.reason ?? 0)), {once: true});
	try {
		// An error in a component ends Ink's own promise first.
		return await Promise.race([ended.promise, instance.waitUntilExit().then(() => 0)]);
	} finally {
		for (const stop of stops) {
			stop();
		}

		keys.stop();
		stdout.write(leaveModes);
		instance.unmount();
		await instance.waitUntilExit().catch(() => undefined);
		terminal.disarm();
		terminal.remove();
		stdout.write(`${options.farewell()}\n`);
	}
}

type Request = 'suspend' | 'redraw';

function createRequests() {
	const listeners = new Set<(request: Request) => void>();
	return {
		subscribe(listener: (request: Request) => void) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		tell(request: Request) {
			for (const listener of listeners) {
				listener(request);
			}
		},
	};
}

/** Signals that end the app give it their code; stopping puts the terminal back first, and waking paints what a shell wrote over. */
function listenToSignals(end: (code: number) => void, ask: (request: Request) => void): () => void {
	const handlers: readonly (readonly [NodeJS.Signals, () => void])[] = [
		...Object.entries(signals).map(([name, code]) => [name as keyof typeof signals, () => end(code)] as const),
		['SIGTSTP', () => ask('suspend')],
		['SIGCONT', () => ask('redraw')],
	];
	for (const [name, handler] of handlers) {
		process.on(name, handler);
	}

	return () => {
		for (const [name, handler] of handlers) {
			process.off(name, handler);
		}
	};
}
