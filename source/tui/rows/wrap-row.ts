import {type Cell, cellsOf, rowOf, rowWidth} from './cut-row.ts';
import type {Row} from './row.ts';

type Options = {
	/** Columns that the second and later rows are moved in; at most half of the width is used. */
	readonly indent?: number;
};

function isSpace(cell: Cell | undefined): boolean {
	return cell?.text === ' ';
}

/** Chinese and Japanese have no spaces: a line may end before and after any wide character. */
function isWide(cell: Cell | undefined): boolean {
	return cell !== undefined && cell.width > 1;
}

/** Words with the spaces before them, and the wide characters one by one. */
function piecesOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
	const pieces: Cell[][] = [];
	let previous: Cell | undefined;
	for (const cell of cells) {
		const starts = previous === undefined || (isSpace(cell) && !isSpace(previous)) || isWide(cell) || (isWide(previous) && !isSpace(cell));
		if (starts) {
			pieces.push([cell]);
		} else {
			pieces.at(-1)?.push(cell);
		}

		previous = cell;
	}

	return pieces;
}

function widthOf(cells: readonly Cell[]): number {
	return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function withoutLeadingSpaces(cells: readonly Cell[]): readonly Cell[] {
	const start = cells.findIndex(cell => !isSpace(cell));
	return start === -1 ? [] : cells.slice(start);
}

/** Where no character of two columns fits there is no good answer, only one that does not break the frame. */
function narrowed(cells: readonly Cell[], columns: number): readonly Cell[] {
	return cells.map(cell => (cell.width > columns ? {...cell, text: '?', width: 1} : cell));
}

/** Collects lines; a word that is longer than a line is cut. */
function breakLines(cells: readonly Cell[], columns: number, indent: number): readonly (readonly Cell[])[] {
	const lines: Cell[][] = [];
	let line: Cell[] = [];
	let room = columns;
	const endLine = (): void => {
		lines.push(line);
		line = [];
		room = columns - indent;
	};

	const add = (cell: Cell): void => {
		if (cell.width > room) {
			endLine();
		}

		line.push(cell);
		room -= cell.width;
	};

	for (const piece of piecesOf(cells)) {
		const isOnNewLine = widthOf(piece) > room && line.length > 0;
		if (isOnNewLine) {
			endLine();
		}

		const isFirstOfText = lines.length === 0 && line.length === 0;
		// Spaces at which a line was broken are gone; those that open the text are its indentation.
		for (const cell of line.length === 0 && !isFirstOfText ? withoutLeadingSpaces(piece) : piece) {
			add(cell);
		}
	}

	return [...lines, line];
}

/**
 * Breaks a row into rows that are never wider than `columns` (at least 1): between words, before and after wide characters, and inside
 * a word only when it is longer than a row. Nothing but the spaces at a break is lost. An empty row stays one row.
 */
export function wrapRow(row: Row, columns: number, {indent = 0}: Options = {}): readonly Row[] {
	const width = Math.max(1, columns);
	if (rowWidth(row) <= width) {
		return [row];
	}

	const moved = Math.max(0, Math.min(indent, Math.floor(width / 2)));
	const cells = narrowed(cellsOf(row), Math.max(1, width - moved));
	return breakLines(cells, width, moved).map((line, index) => {
		const wrapped = rowOf(line);
		return index > 0 && moved > 0 ? [{text: ' '.repeat(moved)}, ...wrapped] : wrapped;
	});
}
