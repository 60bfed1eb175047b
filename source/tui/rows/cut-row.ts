import stringWidth from 'string-width';
import {graphemesOf} from '../input/graphemes.ts';
import type {Row, Span} from './row.ts';

export function rowText(row: Row): string {
	return row.map(span => span.text).join('');
}

/** Columns that a row takes on the screen, measured as Ink does. */
export function rowWidth(row: Row): number {
	return stringWidth(rowText(row));
}

/** One character of a row with the look of its span. */
export type Cell = {readonly text: string; readonly width: number; readonly span: Span};

function spanAt(row: Row): (offset: number) => Span {
	let index = 0;
	let end = row[0]?.text.length ?? 0;
	return offset => {
		while (offset >= end && index < row.length - 1) {
			index++;
			end += row[index]?.text.length ?? 0;
		}

		return row[index] ?? {text: ''};
	};
}

/** `stringWidth` without its preparations for the characters that nearly all text is made of. */
function characterWidth(text: string): number {
	return text.length === 1 && text >= ' ' && text <= '~' ? 1 : stringWidth(text);
}

/** A row as characters. A mark that starts a span belongs to the character before it, as on the screen. */
export function cellsOf(row: Row): readonly Cell[] {
	const at = spanAt(row);
	let offset = 0;
	return graphemesOf(rowText(row)).map(text => {
		const cell = {text, width: characterWidth(text), span: at(offset)};
		offset += text.length;
		return cell;
	});
}

/** Characters as spans again; neighbours of one span are one. */
export function rowOf(cells: readonly Cell[]): Row {
	const row: Span[] = [];
	let last: Span | undefined;
	for (const {text, span} of cells) {
		const previous = row.at(-1);
		if (previous !== undefined && last === span) {
			row[row.length - 1] = {...previous, text: previous.text + text};
		} else {
			row.push({...span, text});
		}

		last = span;
	}

	return row;
}

/** The longest beginning that takes at most so many columns, and what it takes. */
function fitting(cells: readonly Cell[], columns: number): {readonly count: number; readonly width: number} {
	let width = 0;
	let count = 0;
	for (const cell of cells) {
		if (width + cell.width > columns) {
			break;
		}

		width += cell.width;
		count++;
	}

	return {count, width};
}

/** A row that is at most so many columns wide; what was cut off is told by the ellipsis. */
export function cutRow(row: Row, columns: number, ellipsis = '…'): Row {
	if (rowWidth(row) <= columns) {
		return row;
	}

	const mark = stringWidth(ellipsis) <= columns ? ellipsis : '';
	const cells = cellsOf(row);
	const {count} = fitting(cells, Math.max(0, columns - stringWidth(mark)));
	const kept = rowOf(cells.slice(0, count));
	return mark === '' ? kept : [...kept, {text: mark, tone: 'muted'}];
}

/** A row with spaces at its end, so that it is at least so many columns wide. */
export function padRow(row: Row, columns: number): Row {
	const missing = columns - rowWidth(row);
	return missing > 0 ? [...row, {text: ' '.repeat(missing)}] : row;
}

/** The row without its first columns, for scrolling sideways. Half of a wide character is a space. */
export function scrollRow(row: Row, skipped: number): Row {
	const cells = cellsOf(row);
	const {count, width} = fitting(cells, skipped);
	const isHalf = width < skipped && count < cells.length;
	const rest = rowOf(cells.slice(isHalf ? count + 1 : count));
	return isHalf ? [{text: ' '}, ...rest] : rest;
}

/** `left` and, at the right edge, `right`; the left one gives way when there is not room for both. */
export function spreadRow(left: Row, right: Row, columns: number, ellipsis = '…'): Row {
	const width = rowWidth(right);
	if (width === 0) {
		return cutRow(left, columns, ellipsis);
	}

	if (width + 2 > columns) {
		return cutRow([...left, {text: '  '}, ...right], columns, ellipsis);
	}

	return [...padRow(cutRow(left, columns - width - 2, ellipsis), columns - width), ...right];
}
