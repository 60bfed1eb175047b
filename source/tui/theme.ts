import type {TextProps} from 'ink';
import type {Span, Tone} from './rows/row.ts';

/** How meaning is shown. `mono` is for NO_COLOR: weights and underlines only. */
export type Theme = 'colour' | 'mono';

type Look = Pick<TextProps, 'color' | 'dimColor' | 'bold' | 'italic' | 'underline' | 'inverse'>;

// ANSI names only, so that the person's own palette decides; nothing is grey by number, which a light background would swallow.
const colours: Readonly<Record<Tone, Look>> = {
	plain: {},
	muted: {dimColor: true},
	accent: {color: 'cyan'},
	good: {color: 'green'},
	bad: {color: 'red'},
	warning: {color: 'yellow'},
	added: {color: 'green'},
	removed: {color: 'red'},
	heading: {color: 'cyan', bold: true},
	code: {color: 'yellow'},
	keyword: {color: 'magenta'},
	string: {color: 'green'},
	comment: {dimColor: true},
	link: {color: 'blue', underline: true},
	person: {color: 'magenta', bold: true},
	selected: {inverse: true},
};

const weights: Readonly<Record<Tone, Look>> = {
	plain: {},
	muted: {dimColor: true},
	accent: {bold: true},
	good: {},
	bad: {bold: true},
	warning: {bold: true},
	added: {},
	removed: {dimColor: true},
	heading: {bold: true},
	code: {},
	keyword: {},
	string: {},
	comment: {dimColor: true},
	link: {underline: true},
	person: {bold: true},
	selected: {inverse: true},
};

/** The props of Ink's `<Text>` for one span: its tone as the theme shows it, and the span's own weights on top. */
export function textProps(span: Span, theme: Theme): Look {
	const look = (theme === 'mono' ? weights : colours)[span.tone ?? 'plain'];
	return {
		...look,
		...(span.isBold === true && {bold: true}),
		...(span.isItalic === true && {italic: true}),
		...(span.isUnderlined === true && {underline: true}),
	};
}
