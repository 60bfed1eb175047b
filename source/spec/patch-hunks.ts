/** One line of a patch: its sign, and its number in the file after the change, for a removed one in the file before it. */
type PatchLine = {readonly sign: ' ' | '+' | '-'; readonly text: string; readonly line: number; readonly hasLineEnd: boolean};

/** One hunk of a unified patch. */
export type Hunk = {
	/** As it stands in the patch, its head included. */
	readonly text: string;
	/** Where it begins in the file after the change, 1-based; 0 when that file is empty. */
	readonly start: number;
	readonly lines: readonly PatchLine[];
};

const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

type Counts = {old: number; fresh: number};
/** A hunk that is being read: what its head says is still to come, and the numbers of the next line. */
type Open = {readonly text: string[]; readonly start: number; readonly lines: PatchLine[]; readonly left: Counts; readonly next: Counts};

function opened(line: string): readonly Open[] {
	const [, old, olds, fresh, freshes] = head.exec(line) ?? [];
	if (old === undefined || fresh === undefined) {
		return [];
	}

	const left = {old: Number(olds ?? 1), fresh: Number(freshes ?? 1)};
	return [{text: [line], start: Number(fresh), lines: [], left, next: {old: Number(old), fresh: Number(fresh)}}];
}

function signOf(line: string): PatchLine['sign'] {
	if (line.startsWith('+')) {
		return '+';
	}

	return line.startsWith('-') ? '-' : ' ';
}

function addLine({lines, left, next}: Open, line: string) {
	if (line.startsWith('\\')) {
		const last = lines.pop();
		lines.push(...(last === undefined ? [] : [{...last, hasLineEnd: false}]));
		return;
	}

	const sign = signOf(line);
	lines.push({sign, text: line.slice(1), line: sign === '-' ? next.old : next.fresh, hasLineEnd: true});
	if (sign !== '+') {
		left.old--;
		next.old++;
	}

	if (sign !== '-') {
		left.fresh--;
		next.fresh++;
	}
}

/** Reads the hunks of the patch of one file. The counts of a head tell its lines from heads: a removed line may begin with `--`. */
export function hunksOf(patch: string): readonly Hunk[] {
	const hunks: Open[] = [];
	for (const line of patch.replace(/\n$/, '').split('\n')) {
		const open = hunks.at(-1);
		const isInside = open !== undefined && (open.left.old > 0 || open.left.fresh > 0);
		if (open !== undefined && (isInside || line.startsWith('\\'))) {
			addLine(open, line);
			open.text.push(line);
		} else {
			hunks.push(...opened(line));
		}
	}

	return hunks.map(({text, start, lines}) => ({text: text.join('\n'), start, lines}));
}

function sideOf(hunk: Hunk, left: PatchLine['sign']): readonly string[] {
	return hunk.lines.filter(line => line.sign !== left).map(({text, hasLineEnd}) => (hasLineEnd ? `${text}\n` : text));
}

function placesOf(lines: readonly string[], wanted: readonly string[]): readonly number[] {
	const places: number[] = [];
	for (let start = 0; start + wanted.length <= lines.length; start++) {
		if (wanted.every((line, index) => lines[start + index] === line)) {
			places.push(start);
		}
	}

	return places;
}

/**
 * The text without what a hunk changed, when it still holds the hunk's lines: where the hunk says, or moved to exactly one other place.
 * Undefined when it holds them nowhere, or at several places that might be meant.
 */
export function withoutHunk(text: string, hunk: Hunk): string | undefined {
	const lines = text === '' ? [] : text.split(/(?<=\n)/);
	const wanted = sideOf(hunk, '-');
	const places = placesOf(lines, wanted);
	const at = Math.max(0, hunk.start - 1);
	const isEmpty = wanted.length === 0;
	const start = isEmpty ? (lines.length === 0 ? 0 : undefined) : places.includes(at) ? at : places.length === 1 ? places[0] : undefined;
	return start === undefined ? undefined : [...lines.slice(0, start), ...sideOf(hunk, '+'), ...lines.slice(start + wanted.length)].join('');
}
