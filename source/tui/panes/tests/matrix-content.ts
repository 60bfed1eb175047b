import {liveMatrix} from '../../../protocol/live-matrix.ts';
import {isUnproven, type Matrix, onlyUnproven} from '../../../protocol/matrix.ts';
import type {State} from '../../../protocol/state.ts';
import {type Content, type ContentRow, createMemo, plainRows} from '../../content.ts';
import type {Span} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import type {World} from '../../world.ts';
import {matrixDetails} from './matrix-details.ts';
import {type MatrixLook, matrixHead, matrixLine} from './matrix-row.ts';

/** The name under which an opened criterion is kept among what is open. */
export function openedKey(criterion: string): string {
	return `criterion ${criterion}`;
}

const filtered = createMemo<Matrix>();

/** The matrix as it is shown: whole, or what is not proven or passing alone. */
export function shownMatrix({state, view}: Pick<World, 'state' | 'view'>): Matrix {
	const whole = liveMatrix(state);
	return view.isUnprovenOnly ? filtered(whole, 'unproven', () => onlyUnproven(whole)) : whole;
}

/** What the title says beside the tab: how many criteria want a look, and whether the others are hidden. */
export function matrixWords(state: State, isUnprovenOnly: boolean): readonly Span[] {
	const {rows} = liveMatrix(state);
	if (rows.length === 0) {
		return [];
	}

	const count = rows.filter(isUnproven).length;
	const text = isUnprovenOnly ? `only ${count} of ${rows.length} unproven` : `${count} of ${rows.length} unproven`;
	return [{text: `  ${text}`, tone: count === 0 ? 'good' : 'warning'}];
}

function sentence(text: string, columns: number): Content {
	return {rows: plainRows(wrapRow([{text, tone: 'muted'}], columns), 'none'), rest: 0};
}

const memo = createMemo<readonly ContentRow[]>();

function rowsOf(matrix: Matrix, opened: ReadonlySet<string>, look: MatrixLook): readonly ContentRow[] {
	const rows = matrix.rows.flatMap((row): readonly ContentRow[] => [
		{row: matrixLine(row, look), block: row.criterion, target: row.criterion, line: row.line},
		...(opened.has(openedKey(row.criterion)) ? matrixDetails(row, look) : []),
	]);
	return [...plainRows([matrixHead(look)], 'head'), ...rows];
}

/** Criterion, evidence, last result, tasks and what else fits, one line each; an opened one with its tests below. */
export function matrixContent(world: World, columns: number): Content {
	const {state, view, glyphs, now} = world;
	if (state.spec === undefined) {
		return sentence('No spec is open: the matrix shows the criteria of one.', columns);
	}

	const whole = liveMatrix(state);
	const matrix = shownMatrix(world);
	if (matrix.rows.length === 0) {
		return sentence(
			whole.rows.length === 0 ? 'The requirements hold no criteria yet.' : `All ${whole.rows.length} criteria are proven or passing.`,
			columns,
		);
	}

	const idColumns = Math.min(12, Math.max(3, ...matrix.rows.map(({criterion}) => criterion.length))) + 2;
	const opened = [...view.expanded].filter(key => key.startsWith('criterion '));
	// Ages change by the minute, and nothing else does while the state stays the same.
	const form = `${columns} ${glyphs.rule} ${Math.floor(now / 60_000)} ${opened.join()}`;
	const rows = memo(matrix, form, () => rowsOf(matrix, view.expanded, {columns, glyphs, now, idColumns}));
	return {rows, rest: 0};
}
