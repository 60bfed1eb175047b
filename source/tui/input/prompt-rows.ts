import {printable} from '../../protocol/printable.ts';
import {cellsOf} from '../rows/cut-row.ts';
import type {Row, Span} from '../rows/row.ts';
import {type Atom, atomsOf} from './prompt-atoms.ts';
import type {PromptBuffer} from './prompt-buffer.ts';

type Place = {readonly offset: number; readonly row: number; readonly column: number};

type Layout = {readonly rows: readonly Row[]; readonly places: readonly Place[]};

const tab = '    ';

function shownAs({text, isPlaceholder}: Atom): Span {
	if (isPlaceholder) {
		return {text, tone: 'accent'};
	}

	return {text: text === '\t' ? tab : printable(text)};
}

/** Lays the text out: lines are broken at the edge like a terminal does it, so that typing never moves what is before the cursor. */
function layOut(buffer: Omit<PromptBuffer, 'killed'>, columns: number): Layout {
	const width = Math.max(1, columns);
	const rows: Span[][] = [[]];
	const places: Place[] = [];
	let column = 0;
	const breakRow = (): void => {
		rows.push([]);
		column = 0;
	};

	for (const atom of atomsOf(buffer)) {
		const cells =
			atom.text === '\n' ? [] : cellsOf([shownAs(atom)]).map(cell => (cell.width > width ? {...cell, text: '?', width: 1} : cell));
		if (column + (cells[0]?.width ?? 0) > width) {
			breakRow();
		}

		places.push({offset: atom.start, row: rows.length - 1, column});
		for (const cell of cells) {
			if (column + cell.width > width) {
				breakRow();
			}

			append(rows.at(-1) ?? [], {...cell.span, text: cell.text});
			column += cell.width;
		}

		if (atom.text === '\n') {
			breakRow();
		}
	}

	if (column === width) {
		breakRow();
	}

	return {rows, places: [...places, {offset: buffer.text.length, row: rows.length - 1, column}]};
}

function append(row: Span[], span: Span): void {
	const last = row.at(-1);
	if (last !== undefined && last.tone === span.tone) {
		row[row.length - 1] = {...last, text: last.text + span.text};
		return;
	}

	row.push(span);
}

function placeOfCursor({places}: Layout, cursor: number): Place {
	return places.findLast(place => place.offset <= cursor) ?? {offset: 0, row: 0, column: 0};
}

export type PromptView = {
	readonly rows: readonly Row[];
	/** Where the cursor is, counted from the first of `rows`. */
	readonly cursor: {readonly row: number; readonly column: number};
};

/** The part of the prompt around the cursor, at most `maxRows` rows of at most `columns` columns. */
export function promptRows(buffer: PromptBuffer, columns: number, maxRows: number): PromptView {
	const layout = layOut(buffer, columns);
	const {row, column} = placeOfCursor(layout, buffer.cursor);
	const last = Math.max(0, layout.rows.length - maxRows);
	const top = Math.min(last, Math.max(0, row - Math.floor(maxRows / 2)));
	return {rows: layout.rows.slice(top, top + maxRows), cursor: {row: row - top, column: Math.min(column, Math.max(0, columns - 1))}};
}

export type LineMove =
	| {readonly kind: 'moved'; readonly buffer: PromptBuffer}
	| /** There is no row that way: history's turn. */ {readonly kind: 'edge'};

function moveRow(buffer: PromptBuffer, columns: number, step: 1 | -1): LineMove {
	const layout = layOut(buffer, columns);
	const {row, column} = placeOfCursor(layout, buffer.cursor);
	const there = layout.places.filter(place => place.row === row + step);
	const target = there.findLast(place => place.column <= column) ?? there[0];
	return target === undefined ? {kind: 'edge'} : {kind: 'moved', buffer: {...buffer, cursor: target.offset}};
}

/** One row up, in the same column where the row is long enough. */
export function moveUp(buffer: PromptBuffer, columns: number): LineMove {
	return moveRow(buffer, columns, -1);
}

/** One row down. */
export function moveDown(buffer: PromptBuffer, columns: number): LineMove {
	return moveRow(buffer, columns, 1);
}
