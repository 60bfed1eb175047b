import {isUnproven, type Matrix, type MatrixRow} from '../protocol/matrix.ts';
import {doubtsOf} from '../protocol/verdict.ts';
import {cut, inColumns} from './columns.ts';

/** `2/3`: how many of its tests passed last. */
export function passedOf({tests}: Pick<MatrixRow, 'tests'>): string {
	return tests.length === 0 ? '-' : `${tests.filter(test => test.status === 'passed').length}/${tests.length}`;
}

/** The day of a moment; a time of another day says little in a table. */
export function dayOf(at: string | undefined): string {
	return at === undefined ? '-' : at.slice(0, 10);
}

/** `[x]1.1 [ ]2.3`: the tasks of a criterion with their boxes. */
export function tasksOf({tasks}: Pick<MatrixRow, 'tasks'>): string {
	return tasks.length === 0 ? '-' : tasks.map(task => `[${task.marker}]${task.number}`).join(' ');
}

/** `$0.12`, or a dash when it is not known. */
export function dollarsOf({costUsd}: Pick<MatrixRow, 'costUsd'>): string {
	return costUsd === undefined ? '-' : `$${costUsd.toFixed(2)}`;
}

/** What a person must know of a criterion besides its grade, a sentence each. */
export function remarksOn(row: MatrixRow): readonly string[] {
	const failing = row.tests.filter(test => test.status === 'failed' || test.status === 'flaky');
	const files = row.changedFiles.slice(0, 3).join(', ');
	return [
		...row.byHand.map(({task, by, at, reason}) => `task ${task} accepted by hand by ${by}, ${dayOf(at)}: ${reason}`),
		...(row.unprovenSince === undefined ? [] : [`unproven since ${dayOf(row.unprovenSince)}: ${files} changed`]),
		...failing.map(({status, file, name}) => `${status === 'flaky' ? 'flaky' : 'fails'}: ${file === '' ? '' : `${file}: `}${name}`),
		...(row.revert === 'passes' ? ['its tests pass without the code of its task'] : []),
		...row.survivors.map(({path, description}) => `not noticed: ${path} ${description}`),
	];
}

/** `products: 2 of 3 criteria proven or passing`. */
export function headOf({spec, rows}: Matrix): string {
	const count = rows.filter(row => !isUnproven(row)).length;
	return rows.length === 0 ? `${spec}: no criteria` : `${spec}: ${count} of ${rows.length} criteria proven or passing`;
}

/** The matrix for people: a table of at most so many columns, and below it what is to be known of single criteria. */
export function matrixText(whole: Matrix, shown: Matrix, columns: number): string {
	const hasCosts = shown.rows.some(row => row.costUsd !== undefined);
	const cells = (first: readonly string[], cost: string, text: string) => [...first, ...(hasCosts ? [cost] : []), text];
	const rows = shown.rows.map(row =>
		cells(
			[row.criterion, `${row.grade}${row.byHand.length > 0 ? '*' : ''}`, passedOf(row), dayOf(row.at), tasksOf(row)],
			dollarsOf(row),
			row.text,
		),
	);
	const head = cells(['', 'evidence', 'tests', 'when', 'tasks'], 'cost', 'criterion');
	const table = inColumns([head, ...rows], [10, 9, 7, 10, 14, ...(hasCosts ? [8] : [])], columns);
	const remarks = shown.rows.flatMap(row => remarksOn(row).map(remark => cut(`${row.criterion} ${remark}`, columns)));
	const loose = whole.byHand.filter(hand => !whole.rows.some(row => row.byHand.includes(hand)));
	const hands = loose.map(({task, by, at, reason}) => cut(`task ${task} accepted by hand by ${by}, ${dayOf(at)}: ${reason}`, columns));
	const bare = [...new Set(doubtsOf(whole).flatMap(({task, why}) => (why === 'no-evidence' ? [task] : [])))];
	const ticked = bare.length === 0 ? [] : [cut(`ticked, no evidence: ${bare.join(', ')}`, columns)];
	const notes = [...remarks, ...hands, ...ticked];
	const parts = [[cut(headOf(whole), columns)], ...(rows.length === 0 ? [] : [table]), ...(notes.length === 0 ? [] : [notes])];
	return parts.map(part => `${part.join('\n')}\n`).join('\n');
}
