import type {Store} from '../protocol/store.ts';
import type {Effect} from './effect.ts';
import {historyOf} from './input/history.ts';
import type {Key} from './input/key.ts';
import {promptOf} from './input/prompt-buffer.ts';
import {press} from './keys/press.ts';
import {changeField, submitField} from './keys/press-field.ts';
import {releaseHeld} from './keys/soft-keys.ts';
import type {Step} from './keys/step.ts';
import {createPaintClock} from './paint-clock.ts';
import {settleView, viewAfter} from './settle-view.ts';
import {initialView, type View} from './view-state.ts';
import type {GuideLine, World} from './world.ts';

/** A line that goes with a recorded tour, as it changes. */
export type Guide = {readonly line: () => GuideLine | undefined; readonly subscribe: (listener: () => void) => () => void};

export type ViewStoreOptions = Pick<World, 'glyphs' | 'keymap' | 'commands' | 'home'> & {
	readonly store: Store;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly history: readonly string[];
	readonly guide?: Guide | undefined;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Milliseconds between two positions of the spinner, and whether it turns at all. */
	readonly motion: {readonly tickMs: number; readonly isStill: boolean};
};

export type ViewStore = {
	/** The newest picture's world; the same object until something changed. */
	readonly world: () => World;
	readonly subscribe: (listener: () => void) => () => void;
	readonly onEffect: (listener: (effect: Effect) => void) => () => void;
	readonly press: (key: Key) => void;
	readonly changeField: (value: string) => void;
	readonly submitField: (value: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Changes the picture's means: colours for code, what home shows, the files to mention. */
	readonly update: (means: Partial<Pick<World, 'highlight' | 'home' | 'files'>>) => void;
	/** Puts a text into the prompt: from the editor. */
	readonly write: (text: string) => void;
	readonly close: () => void;
};

/** Facts come faster than a picture is worth: at most one in so many milliseconds. */
const joinMs = 40;

type Means = Pick<World, 'columns' | 'rows' | 'home' | 'frame' | 'highlight' | 'files'>;

function meansOf({columns, rows, home, frame, highlight, files}: Means): Means {
	return {columns, rows, home, frame, ...(highlight !== undefined && {highlight}), ...(files !== undefined && {files})};
}

function worldOf({store, guide, now, glyphs, keymap, commands}: ViewStoreOptions, view: View, means: Means): World {
	const line = guide?.line();
	return {...means, ...(line !== undefined && {guide: line}), state: store.state(), view, now: now(), glyphs, keymap, commands};
}

/** Told of changes; a function each. */
function createListeners<Value>() {
	const listeners = new Set<(value: Value) => void>();
	return {
		tell(value: Value) {
			for (const listener of listeners) {
				listener(value);
			}
		},
		subscribe(listener: (value: Value) => void) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		clear: () => listeners.clear(),
	};
}

/** Holds what the eye needs beside the session's state, and joins both into the world that is painted. No timer runs while nothing happens. */
export function createViewStore(options: ViewStoreOptions): ViewStore {
	const {store, now, motion, guide, size, home} = options;
	const painted = createListeners<void>();
	const effects = createListeners<Effect>();
	let view: View = {...initialView, history: historyOf(options.history)};
	let world = worldOf(options, view, {...size, home, frame: 0});
	let lastPaint = 0;
	let flush: NodeJS.Timeout | undefined;

	const paint = (change: Partial<Means> = {}): void => {
		clearTimeout(flush);
		flush = undefined;
		lastPaint = now();
		view = settleView(view, store.state(), lastPaint);
		world = worldOf(options, view, {...meansOf(world), ...change});
		clock.set(world);
		painted.tell();
	};

	const current = (): World => {
		view = settleView(view, store.state(), now());
		return {...world, state: store.state(), view, now: now()};
	};

	const take = (step: Step): void => {
		view = step.view;
		paint();
		step.effects.forEach(effects.tell);
	};

	const clock = createPaintClock({
		tickMs: motion.tickMs,
		now,
		onWake: () => take(releaseHeld(current())),
		onTick: () => paint({frame: motion.isStill ? 0 : world.frame + 1}),
	});
	const stopStore = store.subscribe((event, state) => {
		view = settleView(viewAfter(view, event, now()), state, now());
		flush ??= setTimeout(paint, Math.max(0, joinMs - (now() - lastPaint)));
	});
	const stopGuide = guide?.subscribe(() => paint());
	paint();

	return {
		world: () => world,
		subscribe: painted.subscribe,
		onEffect: effects.subscribe,
		press: key => take(press(current(), key)),
		changeField: value => take(changeField(current(), value)),
		submitField: value => take(submitField(current(), value)),
		resize: (columns, rows) => (columns === world.columns && rows === world.rows ? undefined : paint({columns, rows})),
		update: paint,
		write: text => take({view: {...view, draft: promptOf(text), focus: {kind: 'prompt'}}, effects: []}),
		close() {
			stopStore();
			stopGuide?.();
			clearTimeout(flush);
			clock.stop();
			painted.clear();
			effects.clear();
		},
	};
}
