import type {Glyphs} from '../../../source/tui/rows/row.ts';

export const glyphs: Glyphs = {
	done: 'v',
	failed: 'x',
	working: '*',
	todo: 'o',
	waiting: '?',
	approved: '+',
	unproven: '!',
	bullet: '•',
	bar: '│',
	rule: '─',
	ellipsis: '…',
	arrow: '→',
};

export const asciiGlyphs: Glyphs = {...glyphs, bullet: '-', bar: '|', rule: '-', ellipsis: '...', arrow: '->'};
