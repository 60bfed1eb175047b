import {vi} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import type {Intent} from '../../source/protocol/intent.ts';
import {createStore, type Store} from '../../source/protocol/store.ts';
import {App, type AppProps} from '../../source/tui/app.tsx';
import {asciiGlyphs, unicodeGlyphs} from '../../source/tui/glyphs.ts';
import type {Key} from '../../source/tui/input/key.ts';
import {namedKey} from '../../source/tui/input/key-codes.ts';
import {defaultKeymap} from '../../source/tui/input/keymap.ts';
import type {GuideLine} from '../../source/tui/world.ts';
import {type Frames, renderFrames} from '../support/render-frame.tsx';

export type Size = {readonly columns: number; readonly rows: number};

export type Stage = {
	readonly store: Store;
	/** The intents that were sent, in order. */
	readonly sent: readonly Intent[];
	/** What else keys set off: the names of the doors that were opened, with what went through them. */
	readonly opened: readonly string[];
	/** Presses keys one after the other, some milliseconds apart: `a`, `ctrl+x`, `enter`; a longer word is typed letter by letter. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	readonly key: (key: Key) => Promise<void>;
	/** Tells facts, and lets the picture follow. */
	readonly tell: (...events: readonly Event[]) => Promise<void>;
	/** Lets time pass. */
	readonly pass: (milliseconds: number) => Promise<void>;
	readonly resize: Frames['resize'];
	readonly frame: () => string;
	readonly close: () => void;
};

/** A moment that all scenes happen at. */
export const noon = Date.UTC(2026, 10, 20, 12, 0, 0);

const ways = [
	{title: 'A key of your own', detail: 'Set ANTHROPIC_API_KEY, or ANTHROPIC_AUTH_TOKEN, or log in with the SDK profile, and start again.'},
	{title: 'Another server', detail: 'Set ANTHROPIC_BASE_URL to one that speaks the Messages API.'},
	{title: 'A local model', detail: 'Ollama answers at 127.0.0.1:11434: ANTHROPIC_BASE_URL=http://127.0.0.1:11434 kiro-tui'},
	{title: 'The tour, without any model', detail: 'kiro-tui demo'},
];

function keyOf(name: string): Key {
	const parts = name.split('+');
	const last = parts.at(-1) ?? '';
	const modifiers = {ctrl: parts.includes('ctrl'), alt: parts.includes('alt'), shift: parts.includes('shift')};
	if (name === 'space') {
		return {kind: 'text', text: ' ', alt: false};
	}

	return [...name].length === 1 ? {kind: 'text', text: name, alt: false} : namedKey(last, modifiers);
}

const named = new Set([
	'enter',
	'escape',
	'tab',
	'backspace',
	'up',
	'down',
	'left',
	'right',
	'pageup',
	'pagedown',
	'home',
	'end',
	'space',
	'newline',
]);

function keysOf(word: string): readonly Key[] {
	return [...word].length === 1 || named.has(word) || word.includes('+')
		? [keyOf(word)]
		: [...word].map(letter => ({kind: 'text', text: letter, alt: false}));
}

type Options = {
	readonly guide?: GuideLine;
	readonly isAscii?: boolean;
	readonly history?: readonly string[];
	readonly isDarkened?: boolean;
};

/** The real app on a terminal of this size, with a real store; what it sends is written down. Time stands still until `pass`. */
export async function openStage(events: readonly Event[], size: Size, options: Options = {}): Promise<Stage> {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now: noon});
	const store = createStore();
	const sent: Intent[] = [];
	const opened: string[] = [];
	const listeners = new Set<(key: Key) => void>();
	for (const event of events) {
		store.append(event);
	}

	let frames: Frames | undefined;
	const props: AppProps = {
		store,
		send: intent => sent.push(intent),
		commands: [
			{name: 'approve', usage: '[requirements|design|tasks]', summary: 'approve the document on screen as it is now'},
			{name: 'budget', usage: '<dollars>', summary: 'pause before this sum is passed'},
			{name: 'start', usage: '[task]', summary: 'start a task, or the next one'},
			{name: 'stage', usage: 'requirements|design|tasks|implement|vibe', summary: 'go to a stage'},
			{name: 'tests', usage: '', summary: "run the project's tests"},
		],
		keys: {
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		listFiles: async () => ['README.md', 'src/cli.js', 'src/store.js', 'src/tasks.js', 'test/cli.test.js', 'evil\u202E.js'],
		feed: {feed: key => void frames?.feed(key), clear: () => undefined},
		doors: {
			openEditor: async (path, line) => void opened.push(`editor ${path}:${line}`),
			editText: async text => `${text} from the editor`,
			copy: text => void opened.push(`copy ${text}`),
			remember: text => void opened.push(`remember ${text}`),
			exit: () => void opened.push('exit'),
			suspend: () => void opened.push('suspend'),
			release: () => undefined,
			reclaim: () => undefined,
		},
		keymap: defaultKeymap,
		glyphs: options.isAscii === true ? asciiGlyphs : unicodeGlyphs,
		theme: 'mono',
		home: {version: '0.1.0', ways},
		...(options.guide !== undefined && {guide: {line: () => options.guide, subscribe: () => () => undefined}}),
		history: options.history ?? [],
		now: () => Date.now(),
		motion: {tickMs: 250, isStill: true},
	};
	frames = await renderFrames(<App {...props} />, size);
	const painted = frames;
	const key = async (pressed: Key): Promise<void> => {
		for (const listener of listeners) {
			listener(pressed);
		}

		await painted.settle();
	};

	return {
		store,
		sent,
		opened,
		key,
		async press(...words) {
			for (const word of words) {
				for (const pressed of keysOf(word)) {
					await key(pressed);
				}
			}
		},
		async tell(...facts) {
			for (const fact of facts) {
				store.append(fact);
			}

			await vi.advanceTimersByTimeAsync(50);
			await painted.settle();
		},
		async pass(milliseconds) {
			await vi.advanceTimersByTimeAsync(milliseconds);
			await painted.settle();
		},
		resize: painted.resize,
		frame: painted.lastFrame,
		close() {
			painted.unmount();
			vi.useRealTimers();
		},
	};
}
