export type EditPlan =
	| {readonly kind: 'ready'; readonly start: number; readonly end: number; readonly replacement: string; readonly text: string}
	| {readonly kind: 'not-found'}
	| {readonly kind: 'ambiguous'; readonly lines: readonly number[]};

export type PlannedEdit = {
	/** The file's text with its own line ends. */
	readonly text: string;
	/** Must occur exactly once; `\n` stands for whatever line end the file has there. */
	readonly find: string;
	/** Put in literally, with the line ends of its place. */
	readonly replacement: string;
	/** Makes texts equal that count as equal for the search; must keep every offset. */
	readonly blank?: (text: string) => string;
};

/** The text with `\n` for every `\r\n`, and the offset in the original of each of its characters. */
function withoutReturns(text: string): {readonly plain: string; readonly offsetOf: (at: number) => number} {
	if (!text.includes('\r\n')) {
		return {plain: text, offsetOf: at => at};
	}

	const parts = text.split('\r\n');
	const starts: number[] = [];
	let length = 0;
	for (const part of parts) {
		starts.push(length);
		length += part.length + 1;
	}

	return {
		plain: parts.join('\n'),
		offsetOf(at) {
			// Before each part that begins at or before this place, one return was dropped.
			let low = 0;
			let high = starts.length - 1;
			while (low < high) {
				const middle = Math.ceil((low + high) / 2);
				if ((starts[middle] ?? 0) <= at) {
					low = middle;
				} else {
					high = middle - 1;
				}
			}

			return at + low;
		},
	};
}

/** The line end of a place: what the replaced text has, else what most of the file has. */
function lineEndOf(text: string, replaced: string): string {
	const place = /\r?\n/.exec(replaced)?.[0];
	if (place !== undefined) {
		return place;
	}

	const returns = text.split('\r\n').length - 1;
	return returns > text.split('\n').length - 1 - returns ? '\r\n' : '\n';
}

function lineAt(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}

/** Plans an exact replacement without touching the disk; every other byte stays as it is, line ends and byte order mark too. */
export function planEdit({text, find, replacement, blank = same => same}: PlannedEdit): EditPlan {
	const {plain, offsetOf} = withoutReturns(text);
	const searched = blank(plain);
	const wanted = blank(find.replaceAll('\r\n', '\n'));
	const first = wanted === '' ? -1 : searched.indexOf(wanted);
	if (first === -1) {
		return {kind: 'not-found'};
	}

	const lines = [lineAt(plain, first)];
	for (let next = searched.indexOf(wanted, first + 1); next !== -1 && lines.length < 8; next = searched.indexOf(wanted, next + 1)) {
		lines.push(lineAt(plain, next));
	}

	if (lines.length > 1) {
		return {kind: 'ambiguous', lines};
	}

	const start = offsetOf(first);
	const end = offsetOf(first + wanted.length);
	const put = replacement.replaceAll('\r\n', '\n').replaceAll('\n', () => lineEndOf(text, text.slice(start, end)));
	return {kind: 'ready', start, end, replacement: put, text: text.slice(0, start) + put + text.slice(end)};
}

const maxShown = 160;

/** Where the text that was not found may be meant: lines of the file that begin like it but for white space. */
export function nearLines(text: string, find: string): readonly string[] {
	const wanted = find
		.split('\n')
		.map(line => line.trim())
		.find(line => line.length > 3);
	if (wanted === undefined) {
		return [];
	}

	return text.split(/\r?\n/).flatMap((line, index) => (line.includes(wanted) ? [`${index + 1}: ${line.slice(0, maxShown)}`] : []));
}
