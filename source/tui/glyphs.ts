import type {Glyphs} from './rows/row.ts';

/** The marks of the frame around the panes, on top of those of status. */
export type FrameGlyphs = Glyphs & {
	/** Between two panes. */
	readonly divider: string;
	/** The rule of the pane that has the focus. */
	readonly heavyRule: string;
	/** Before the thing that a key would act on. */
	readonly cursor: string;
	readonly prompt: string;
	readonly spinner: readonly string[];
	/** More rows above, and below. */
	readonly above: string;
	readonly below: string;
};

export const unicodeGlyphs: FrameGlyphs = {
	done: '✓',
	failed: '✗',
	working: '●',
	todo: '○',
	waiting: '?',
	approved: '✓',
	unproven: '!',
	bullet: '•',
	bar: '▏',
	rule: '─',
	ellipsis: '…',
	arrow: '→',
	divider: '│',
	heavyRule: '━',
	cursor: '›',
	prompt: '›',
	spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
	above: '↑',
	below: '↓',
};

/** For terminals and people that want plain characters: ui.md's sketches use these. */
export const asciiGlyphs: FrameGlyphs = {
	done: 'v',
	failed: 'x',
	working: '*',
	todo: 'o',
	waiting: '?',
	approved: '+',
	unproven: '!',
	bullet: '-',
	bar: '|',
	rule: '-',
	ellipsis: '~',
	arrow: '->',
	divider: '|',
	heavyRule: '=',
	cursor: '>',
	prompt: '>',
	spinner: ['|', '/', '-', '\\'],
	above: '^',
	below: 'v',
};
