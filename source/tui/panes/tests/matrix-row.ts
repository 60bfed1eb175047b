import type {TestStatus} from '../../../protocol/criterion-tests.ts';
import type {MatrixRow} from '../../../protocol/matrix.ts';
import type {FrameGlyphs} from '../../glyphs.ts';
import {cutRow, padRow} from '../../rows/cut-row.ts';
import {formatAge, formatDollars} from '../../rows/format.ts';
import {printableLine} from '../../rows/printable-lines.ts';
import type {Row, Span, Tone} from '../../rows/row.ts';

export type MatrixLook = {
	readonly columns: number;
	readonly glyphs: FrameGlyphs;
	/** Milliseconds since the epoch; ages are told against it. */
	readonly now: number;
	/** Columns of the ids, the longest of the spec. */
	readonly idColumns: number;
};

type Column = {readonly title: string; readonly columns: number; readonly cell: (row: MatrixRow, look: MatrixLook) => Span};

export const statusWords: Readonly<Record<TestStatus, string>> = {
	passed: 'passed',
	failed: 'failed',
	skipped: 'skipped',
	flaky: 'flaky',
	unknown: 'not run',
};

export const statusTones: Readonly<Record<TestStatus, Tone>> = {
	passed: 'good',
	failed: 'bad',
	skipped: 'warning',
	flaky: 'warning',
	unknown: 'muted',
};

/** What a criterion has shown, in a word; what a person took on without proof is said where nothing better is known. */
function gradeCell({grade, unprovenSince, byHand}: MatrixRow, {glyphs}: MatrixLook): Span {
	const isShown = grade === 'proven' || grade === 'passing';
	if (isShown) {
		return {text: `${glyphs.done} ${grade}${byHand.length > 0 ? ' *' : ''}`, tone: 'good'};
	}

	if (grade === 'red') {
		return {text: `${glyphs.failed} red`, tone: 'bad'};
	}

	const words = unprovenSince === undefined ? (byHand.length > 0 ? 'by hand' : grade) : 'unproven since';
	return {text: `${glyphs.unproven} ${words}`, tone: 'warning'};
}

function taskCell({tasks}: MatrixRow): Span {
	const [first, ...others] = tasks;
	const more = others.length === 0 ? '' : ` +${others.length}`;
	return first === undefined ? {text: '-', tone: 'muted'} : {text: `[${first.marker}]${printableLine(first.number)}${more}`};
}

function testsCell({tests}: MatrixRow): Span {
	const passed = tests.filter(({status}) => status === 'passed').length;
	return tests.length === 0 ? {text: '-', tone: 'muted'} : {text: `${passed}/${tests.length}`};
}

const always: readonly Column[] = [
	{title: 'evidence', columns: 17, cell: gradeCell},
	{title: 'last', columns: 8, cell: ({lastResult}) => ({text: statusWords[lastResult], tone: statusTones[lastResult]})},
	{title: 'task', columns: 9, cell: taskCell},
];

/** In this order, as far as there is room. */
const whereRoom: readonly Column[] = [
	{title: 'tests', columns: 6, cell: testsCell},
	{
		title: 'age',
		columns: 7,
		cell: ({at}, {now}) => ({text: at === undefined ? '-' : formatAge(now - Date.parse(at)), tone: 'muted'}),
	},
	{title: 'cost', columns: 7, cell: ({costUsd}) => ({text: costUsd === undefined ? '-' : formatDollars(costUsd), tone: 'muted'})},
];

/** A criterion in fewer columns than this is no text any more. */
const fewestForText = 12;

function columnsFor({columns, idColumns}: MatrixLook): readonly Column[] {
	let left = columns - idColumns - always.reduce((sum, column) => sum + column.columns, 0);
	const more: Column[] = [];
	for (const column of whereRoom) {
		if (column.columns <= left) {
			more.push(column);
			left -= column.columns;
		}
	}

	const text: Column = {title: 'criterion', columns: left, cell: row => ({text: printableLine(row.text)})};
	return [...always, ...more, ...(more.length === whereRoom.length && left >= fewestForText ? [text] : [])];
}

function lineOf(first: Span, cells: readonly (readonly [Column, Span])[], {columns, glyphs, idColumns}: MatrixLook): Row {
	const parts = cells.flatMap(([column, cell]): Row => padRow(cutRow([cell], column.columns - 1, glyphs.ellipsis), column.columns));
	return cutRow([...padRow([first], idColumns), ...parts], columns, glyphs.ellipsis);
}

/** The names of the columns that fit. */
export function matrixHead(look: MatrixLook): Row {
	const cells = columnsFor(look).map(column => [column, {text: column.title, tone: 'muted'}] as const);
	return lineOf({text: 'id', tone: 'muted'}, cells, look);
}

/** One criterion in one line. */
export function matrixLine(row: MatrixRow, look: MatrixLook): Row {
	const cells = columnsFor(look).map(column => [column, column.cell(row, look)] as const);
	return lineOf({text: printableLine(row.criterion), tone: 'accent'}, cells, look);
}
