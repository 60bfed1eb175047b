import {overlayRow} from './overlay-row.ts';
import {printableLines} from './printable-lines.ts';
import type {Row, Span} from './row.ts';
import {missingIn, sourceLine} from './source-line.ts';
import {wrapRow} from './wrap-row.ts';

export type DocumentRow = {
	readonly row: Row;
	/** 1-based line of the source. */
	readonly line: number;
};

type Options = {
	readonly text: string;
	readonly columns: number;
	/** 1-based lines that are new or changed: marked by `+`. */
	readonly changedLines: ReadonlySet<number> | readonly number[];
	readonly hasLineNumbers: boolean;
	/** Paths, or paths with a symbol, that the text names and that do not exist. */
	readonly missing: readonly string[];
	/** Marked by `>`. */
	readonly cursorLine?: number | undefined;
};

/** Line numbers go before the text gets narrower than this. */
const narrowestText = 24;

/** Names that do not exist are underlined, and the first of a line is said to be so: an underline alone tells nothing. */
function markMissing(row: Row, line: string, missing: readonly string[]): Row {
	const ranges = missing.length === 0 ? [] : missingIn(line, missing);
	return ranges.length === 0
		? row
		: [
				...overlayRow(row, ranges, {tone: 'bad', isUnderlined: true}),
				{
					text: `  not found: ${[...new Set(ranges.map(({start, end}) => line.slice(start, end)))].join(', ')}`,
					tone: 'bad',
					isItalic: true,
				},
			];
}

/** Columns before the text of a list item, so that its further rows stand below it. */
function indentOf(line: string): number {
	return /^\s*(?:(?:[-*+]|\d+(?:\.\d+)*[.)])\s+(?:\[.\]\*?\s+)?)?/.exec(line)?.[0].length ?? 0;
}

type Gutter = {readonly first: (line: number) => readonly Span[]; readonly others: readonly Span[]; readonly width: number};

function gutterOf(options: Options, lines: number): Gutter {
	const changed = new Set(options.changedLines);
	const digits = Math.max(2, `${lines}`.length);
	const hasNumbers = options.hasLineNumbers && options.columns - digits - 5 >= narrowestText;
	const change = (line: number): Span => (changed.has(line) ? {text: '+', tone: 'added'} : {text: ' '});
	const cursor = (line: number): Span => (line === options.cursorLine ? {text: '>', tone: 'selected', isBold: true} : {text: ' '});
	if (!hasNumbers) {
		return {width: 3, first: line => [cursor(line), change(line), {text: ' '}], others: [{text: '   '}]};
	}

	return {
		width: digits + 5,
		first: line => [change(line), {text: ` ${`${line}`.padStart(digits)}`, tone: 'muted'}, cursor(line), {text: '| ', tone: 'muted'}],
		others: [{text: ' '.repeat(digits + 3)}, {text: '| ', tone: 'muted'}],
	};
}

function isFence(line: string): boolean {
	return /^\s*(?:```|~~~)/.test(line);
}

/** A document of a spec as it is written, coloured a little, wrapped, each row with the line it shows. */
export function documentRows(options: Options): readonly DocumentRow[] {
	const lines = printableLines(options.text.replace(/\n$/, ''));
	const gutter = gutterOf(options, lines.length);
	const columns = Math.max(1, options.columns - gutter.width);
	let isCode = false;
	return lines.flatMap((text, index) => {
		const line = index + 1;
		const wasCode = isCode;
		isCode = isFence(text) ? !isCode : isCode;
		const styled: Row = wasCode || isCode ? [{text, tone: 'code'}] : markMissing(sourceLine(text), text, options.missing);
		const rows = wrapRow(styled, columns, {indent: indentOf(text)});
		return rows.map((row, part): DocumentRow => ({line, row: [...(part === 0 ? gutter.first(line) : gutter.others), ...row]}));
	});
}
