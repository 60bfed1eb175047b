/** What a piece of text means; `theme.ts` turns it into colour, and never colour alone tells it. */
export type Tone =
	| 'plain'
	| 'muted'
	| 'accent'
	| 'good'
	| 'bad'
	| 'warning'
	| 'added'
	| 'removed'
	| 'heading'
	| 'code'
	| 'keyword'
	| 'string'
	| 'comment'
	| 'link'
	| 'person'
	| 'selected';

export type Span = {
	/** Printable already: no control characters, no line ends, no tabs. */
	readonly text: string;
	readonly tone?: Tone;
	readonly isBold?: boolean;
	readonly isItalic?: boolean;
	readonly isUnderlined?: boolean;
};

/** One line of the screen. Whoever paints it cuts it at the pane's edge. */
export type Row = readonly Span[];

/** The marks of status; ASCII where a terminal or a person wants that. */
export type Glyphs = {
	readonly done: string;
	readonly failed: string;
	readonly working: string;
	readonly todo: string;
	readonly waiting: string;
	readonly approved: string;
	readonly unproven: string;
	readonly bullet: string;
	readonly bar: string;
	readonly rule: string;
	readonly ellipsis: string;
	readonly arrow: string;
};
