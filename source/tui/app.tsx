import {useApp, useWindowSize} from 'ink';
import {useEffect, useState, useSyncExternalStore} from 'react';
import type {Intent} from '../protocol/intent.ts';
import type {Store} from '../protocol/store.ts';
import type {Effect} from './effect.ts';
import type {FrameGlyphs} from './glyphs.ts';
import type {Key} from './input/key.ts';
import type {KeyFeed} from './input/key-feed.ts';
import type {Keymap} from './input/keymap.ts';
import type {Highlight} from './rows/highlight-rows.ts';
import {Screen} from './screen.tsx';
import type {Theme} from './theme.ts';
import {createViewStore, type Guide, type ViewStore} from './view-store.ts';
import type {CommandInfo, HomeFacts} from './world.ts';

/** What lies outside the picture: each is one thing that a key may set off. */
export type Doors = {
	readonly openEditor: (path: string, line: number) => Promise<void>;
	/** Lets the person write a text in their editor; undefined when they left it as it was. */
	readonly editText: (text: string) => Promise<string | undefined>;
	readonly copy: (text: string) => void;
	readonly remember: (text: string) => void;
	readonly exit: () => void;
	/** Stops the process until a shell wakes it. */
	readonly suspend: () => void;
	/** Gives the terminal to another program, and takes it back. */
	readonly release: () => void;
	readonly reclaim: () => void;
};

export type AppProps = {
	readonly store: Store;
	readonly send: (intent: Intent) => void;
	readonly commands: readonly CommandInfo[];
	/** Every key a person presses. */
	readonly keys: {readonly subscribe: (listener: (key: Key) => void) => () => void};
	/** Where the one-line field gets its keys from. */
	readonly feed: Pick<KeyFeed, 'feed' | 'clear'>;
	readonly doors: Doors;
	readonly keymap: Keymap;
	readonly glyphs: FrameGlyphs;
	readonly theme: Theme;
	readonly home: HomeFacts;
	/** Facts for home that take a moment, such as which local servers answer. */
	readonly laterHome?: Promise<HomeFacts>;
	readonly loadHighlight?: () => Promise<Highlight>;
	/** The project's files, by their paths from its root; asked when a mention begins. */
	readonly listFiles?: () => Promise<readonly string[]>;
	readonly guide?: Guide;
	readonly history: readonly string[];
	readonly now: () => number;
	/** Lines at the bottom that are left alone. */
	readonly spareRows?: number;
	readonly motion: {readonly tickMs: number; readonly isStill: boolean};
	/** What signals ask for: to stop as with Ctrl+Z, or to paint again what a shell wrote over. */
	readonly requests?: {readonly subscribe: (listener: (request: 'suspend' | 'redraw') => void) => () => void};
};

type Terminal = {readonly withTerminal: (work: () => Promise<void>) => Promise<void>};

/** Does what a key set off. What fails in an editor or at the clipboard is theirs to say; the picture goes on. */
async function run(effect: Effect, props: AppProps, {withTerminal}: Terminal, {write, update}: ViewStore): Promise<void> {
	const {doors, feed, send} = props;
	switch (effect.kind) {
		case 'send': {
			return send(effect.intent);
		}

		case 'exit': {
			return doors.exit();
		}

		case 'copy': {
			return doors.copy(effect.text);
		}

		case 'open-file': {
			return withTerminal(() => doors.openEditor(effect.path, effect.line));
		}

		case 'edit-prompt': {
			let text: string | undefined;
			await withTerminal(async () => {
				text = await doors.editText(effect.text);
			});
			return text === undefined ? undefined : write(text.replace(/\n$/, ''));
		}

		case 'suspend': {
			return withTerminal(async () => doors.suspend());
		}

		case 'redraw': {
			return withTerminal(async () => undefined);
		}

		case 'feed': {
			return feed.feed(effect.key);
		}

		case 'clear-feed': {
			return feed.clear();
		}

		case 'list-files': {
			const files = await props.listFiles?.();
			return files === undefined ? undefined : update({files});
		}

		case 'remember': {
			return doors.remember(effect.text);
		}

		default: {
			return effect satisfies never;
		}
	}
}

/** The connected root: joins the session's state with what the eye needs, and paints one screen of both. */
export function App(props: AppProps) {
	const {suspendTerminal} = useApp();
	const window = useWindowSize();
	// Windows scrolls when the last cell of the last line is written.
	const rows = window.rows - (props.spareRows ?? 0);
	const {columns} = window;
	const [viewStore] = useState(() => createViewStore({...props, size: {columns, rows}}));
	const world = useSyncExternalStore(viewStore.subscribe, viewStore.world);

	useEffect(() => {
		let isAway = false;
		const withTerminal = async (work: () => Promise<void>): Promise<void> => {
			// The terminal is given away once; waking up (SIGCONT) while it is away paints everything anyway.
			if (isAway) {
				return;
			}

			isAway = true;
			try {
				await suspendTerminal(async () => {
					props.doors.release();
					try {
						await work();
					} finally {
						props.doors.reclaim();
					}
				});
			} finally {
				isAway = false;
			}
		};
		const stops = [
			viewStore.onEffect(effect => void run(effect, props, {withTerminal}, viewStore)),
			props.keys.subscribe(viewStore.press),
			props.requests?.subscribe(kind => void run({kind}, props, {withTerminal}, viewStore)),
			viewStore.close,
		];
		void props.laterHome?.then(home => viewStore.update({home}));
		void props.loadHighlight?.().then(highlight => viewStore.update({highlight}));
		return () => {
			for (const stop of stops) {
				stop?.();
			}
		};
		// The props of a running app never change: it is rendered once.
	}, [props, suspendTerminal, viewStore]);

	// Keys are judged by the size that is on screen.
	useEffect(() => viewStore.resize(columns, rows), [viewStore, columns, rows]);

	return (
		<Screen
			world={{...world, columns, rows}}
			theme={props.theme}
			onFieldChange={viewStore.changeField}
			onFieldSubmit={viewStore.submitField}
		/>
	);
}
