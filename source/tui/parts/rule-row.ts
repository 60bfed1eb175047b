import {cutRow, rowWidth} from '../rows/cut-row.ts';
import type {Row, Tone} from '../rows/row.ts';

type Options = {
	readonly columns: number;
	readonly rule: string;
	readonly tone: Tone;
	readonly ellipsis: string;
	/** The words at the right stay whole and those at the left are cut; else the right ones go. */
	readonly keepsRight?: boolean;
};

/** A rule across the whole width with words in it: `── Design  rev 3 ──────────── 37-57/214 ──`. */
export function ruleRow(left: Row, right: Row, {columns, rule, tone, ellipsis, keepsRight = false}: Options): Row {
	const line = (count: number): Row => (count > 0 ? [{text: rule.repeat(count), tone}] : []);
	const start: Row = rowWidth(left) === 0 ? [] : [...line(2), {text: ' '}, ...left, {text: ' '}];
	const end: Row = rowWidth(right) === 0 ? [] : [{text: ' '}, ...right, {text: ' '}, ...line(2)];
	const room = columns - rowWidth(start) - rowWidth(end);
	if (room >= 1) {
		return [...start, ...line(room), ...end];
	}

	const spare = columns - rowWidth(end) - 1;
	if (keepsRight && spare > 3) {
		return [...cutRow(start, spare - 1, ellipsis), {text: ' '}, ...line(1), ...end];
	}

	const cut = cutRow(start, columns, ellipsis);
	return [...cut, ...line(columns - rowWidth(cut))];
}
