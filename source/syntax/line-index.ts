/** Finds lines in a text. Lines are 1-based and end with LF, CRLF or a lone CR. */
export type LineIndex = {
	/** The line of an offset. */
	readonly lineAt: (offset: number) => number;
	/** Offset of a line's first character; the length of the text when there is no such line. */
	readonly startOf: (line: number) => number;
	readonly count: number;
};

/** Reads the text once; each question then takes a binary search. */
export function indexLines(text: string): LineIndex {
	const starts = [0];
	for (const {0: end, index} of text.matchAll(/\r\n|\n|\r/g)) {
		starts.push(index + end.length);
	}

	return {
		lineAt(offset) {
			let [low, high] = [0, starts.length - 1];
			while (low < high) {
				const middle = Math.ceil((low + high) / 2);
				if ((starts[middle] ?? 0) <= offset) {
					low = middle;
				} else {
					high = middle - 1;
				}
			}

			return low + 1;
		},
		startOf: line => starts[line - 1] ?? text.length,
		count: starts.length,
	};
}

/** The offsets from the first to the last of these lines, so that a walk can leave out all that is outside. */
export function spanOf(index: LineIndex, lines: ReadonlySet<number>): {readonly from: number; readonly to: number} {
	let [first, last] = [Number.POSITIVE_INFINITY, 0];
	for (const line of lines) {
		[first, last] = [Math.min(first, line), Math.max(last, line)];
	}

	return {from: index.startOf(first), to: index.startOf(last + 1)};
}
