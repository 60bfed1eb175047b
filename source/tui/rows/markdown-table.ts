import type {Tokens} from 'marked';
import {padRow, rowWidth} from './cut-row.ts';
import {inlineRows} from './markdown-inline.ts';
import type {Row} from './row.ts';
import {wrapRow} from './wrap-row.ts';

const narrowest = 3;
const edge = {text: '|', tone: 'muted'} as const;
const space = {text: ' '} as const;

/** Takes from the widest column until all fit; undefined when there is no room for three characters in each. */
function fitWidths(natural: readonly number[], room: number): readonly number[] | undefined {
	if (room < natural.length * narrowest) {
		return undefined;
	}

	const widths = natural.map(width => Math.max(width, narrowest));
	let excess = widths.reduce((sum, width) => sum + width, 0) - room;
	while (excess > 0) {
		const widest = Math.max(...widths);
		widths[widths.indexOf(widest)] = widest - 1;
		excess--;
	}

	return widths;
}

function cellRow(cell: Tokens.TableCell): Row {
	return inlineRows(cell.tokens, cell.header ? {isBold: true} : {}).flatMap((row, index) => (index === 0 ? row : [space, ...row]));
}

function aligned(row: Row, width: number, align: Tokens.TableCell['align']): Row {
	const missing = Math.max(0, width - rowWidth(row));
	const before = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0;
	return padRow(before === 0 ? row : [{text: ' '.repeat(before)}, ...row], width);
}

function lineRows(cells: readonly Row[], widths: readonly number[], aligns: Tokens.Table['align']): readonly Row[] {
	const wrapped = widths.map((width, index) => wrapRow(cells[index] ?? [], width));
	const height = Math.max(...wrapped.map(rows => rows.length));
	return Array.from({length: height}, (_, line): Row => {
		const parts = wrapped.flatMap((rows, index) => [
			edge,
			space,
			...aligned(rows[line] ?? [], widths[index] ?? 0, aligns[index] ?? null),
			space,
		]);
		return [...parts, edge];
	});
}

/** Where a table has no room its lines become lists: the head of each column, then what it holds. */
function listRows(head: readonly Row[], body: readonly (readonly Row[])[], columns: number): readonly Row[] {
	return body.flatMap((cells, line) => {
		const rows = cells.flatMap((cell, index) => wrapRow([...(head[index] ?? []), {text: ': '}, ...cell], columns, {indent: 2}));
		return line === 0 ? rows : [[], ...rows];
	});
}

/** A table that is never wider than `columns`: its cells are wrapped. */
export function tableRows(table: Tokens.Table, columns: number): readonly Row[] {
	const head = table.header.map(cellRow);
	const body = table.rows.map(cells => cells.map(cellRow));
	const natural = head.map((cell, index) => Math.max(rowWidth(cell), ...body.map(cells => rowWidth(cells[index] ?? []))));
	const widths = fitWidths(natural, columns - (3 * natural.length + 1));
	if (widths === undefined) {
		return listRows(head, body, columns);
	}

	const rule: Row = [{text: `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, tone: 'muted'}];
	return [...lineRows(head, widths, table.align), rule, ...body.flatMap(cells => lineRows(cells, widths, table.align))];
}
