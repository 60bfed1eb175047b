import type {Row, Span} from './row.ts';

export type Range = {readonly start: number; readonly end: number};

/** Gives the characters of some ranges (offsets in the row's text, in order, apart from each other) another look on top of their own. */
export function overlayRow(row: Row, ranges: readonly Range[], look: Omit<Span, 'text'>): Row {
	let offset = 0;
	return row.flatMap(span => {
		const start = offset;
		offset += span.text.length;
		const edges = ranges.flatMap(range => [range.start, range.end]).filter(edge => edge > start && edge < offset);
		const cuts = [start, ...edges, offset];
		return cuts.slice(0, -1).map((from, index): Span => {
			const text = span.text.slice(from - start, (cuts[index + 1] ?? offset) - start);
			return ranges.some(range => from >= range.start && from < range.end) ? {...span, ...look, text} : {...span, text};
		});
	});
}
