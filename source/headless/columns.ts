import {printable} from '../protocol/printable.ts';

/** East Asian wide characters and emoji; beyond the basic plane everything, since a line that is too short is better than one that is too long. */
const wide =
	/[\u1100-\u115F\u2E80-\uA4CF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE10-\uFE1F\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{10000}-\u{10FFFF}]|\p{Emoji_Presentation}/u;
const mark = /^(?:\p{Mn}|\p{Me}|\u200D)$/u;

function widthOf(text: string): number {
	return [...text].reduce((sum, character) => sum + (mark.test(character) ? 0 : wide.test(character) ? 2 : 1), 0);
}

/** A text as one printable line. */
export function oneLine(text: string): string {
	return printable(text.replaceAll(/\s+/g, ' ').trim());
}

/** One printable line of at most so many columns; what is cut is marked. */
export function cut(text: string, columns: number): string {
	const line = oneLine(text);
	if (widthOf(line) <= columns) {
		return line;
	}

	let kept = '';
	let width = 0;
	for (const character of line) {
		width += widthOf(character);
		if (width > columns - 1) {
			break;
		}

		kept += character;
	}

	return `${kept.trimEnd()}…`;
}

/** Rows below each other in columns as wide as their widest cell, at most `limits`; the last column takes what is left of `total`. */
export function inColumns(rows: readonly (readonly string[])[], limits: readonly number[], total = 80): readonly string[] {
	const gap = 2;
	const widths = limits.map((limit, column) => Math.min(limit, Math.max(0, ...rows.map(row => widthOf(oneLine(row[column] ?? ''))))));
	const taken = widths.reduce((sum, width) => sum + width + gap, 0);
	return rows.map(row => {
		const cells = widths.map((width, column) => {
			const cell = cut(row[column] ?? '', width);
			return `${cell}${' '.repeat(width - widthOf(cell) + gap)}`;
		});
		return `${cells.join('')}${cut(row[limits.length] ?? '', Math.max(8, total - taken))}`.trimEnd();
	});
}
