import type {State} from '../protocol/state.ts';
import type {FrameGlyphs} from './glyphs.ts';
import type {Keymap} from './input/keymap.ts';
import type {Highlight} from './rows/highlight-rows.ts';
import type {View} from './view-state.ts';

/** What home shows that comes from outside the session. */
export type HomeFacts = {
	readonly version: string;
	/** The ways to get a model, shown while there is none. */
	readonly ways: readonly {readonly title: string; readonly detail: string}[];
};

/** One line that goes with a recorded tour: on every frame. */
export type GuideLine = {readonly label: string; readonly caption: string};

/** A slash command as menus list it. */
export type CommandInfo = {readonly name: string; readonly usage: string; readonly summary: string};

/** Everything a frame is made from, and a key is judged by. */
export type World = {
	readonly state: State;
	readonly view: View;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: FrameGlyphs;
	readonly keymap: Keymap;
	readonly commands: readonly CommandInfo[];
	readonly home: HomeFacts;
	/** The project's files, once a mention asked for them. */
	readonly files?: readonly string[];
	readonly guide?: GuideLine;
	/** Without it code has no colours. */
	readonly highlight?: Highlight;
	/** Counts up while something is at work; stands still with reduced motion. */
	readonly frame: number;
};
