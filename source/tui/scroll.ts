import type {Content} from './content.ts';

/** Where a pane stands. An anchor names a block and a row in it, so that new text above or another width does not move the reader. */
export type Scroll = {readonly kind: 'rest'} | {readonly kind: 'at'; readonly block: string; readonly row: number};

export const resting: Scroll = {kind: 'rest'};

function lastTop(content: Content, rows: number): number {
	return Math.max(0, content.rows.length - rows);
}

/** The index of the first visible row. */
export function topOf(content: Content, scroll: Scroll, rows: number): number {
	const last = lastTop(content, rows);
	if (scroll.kind === 'rest') {
		return content.rest === 'tail' ? last : Math.min(content.rest, last);
	}

	const block = content.rows.findIndex(row => row.block === scroll.block);
	return block === -1 ? last : Math.min(block + scroll.row, last);
}

/** The scroll whose first visible row is this one. At the place where the pane rests it rests again, so that a tail is followed. */
export function scrollAt(content: Content, top: number, rows: number): Scroll {
	const last = lastTop(content, rows);
	const index = Math.max(0, Math.min(top, last));
	if (content.rest === 'tail' ? index === last : index === Math.min(content.rest, last)) {
		return resting;
	}

	const row = content.rows[index];
	if (row === undefined) {
		return resting;
	}

	let first = index;
	while (content.rows[first - 1]?.block === row.block) {
		first--;
	}

	return {kind: 'at', block: row.block, row: index - first};
}

export function scrollBy(content: Content, scroll: Scroll, rows: number, delta: number): Scroll {
	return scrollAt(content, topOf(content, scroll, rows) + delta, rows);
}

/** The scroll that shows a target's rows with the least movement. */
export function scrollTo(content: Content, scroll: Scroll, rows: number, target: string): Scroll {
	const first = content.rows.findIndex(row => row.target === target);
	if (first === -1) {
		return scroll;
	}

	const last = content.rows.findLastIndex(row => row.target === target);
	const top = topOf(content, scroll, rows);
	if (first < top) {
		return scrollAt(content, first, rows);
	}

	return last >= top + rows ? scrollAt(content, Math.min(first, last - rows + 1), rows) : scroll;
}
