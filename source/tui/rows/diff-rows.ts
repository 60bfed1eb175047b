import {cutRow} from './cut-row.ts';
import {overlayRow, type Range} from './overlay-row.ts';
import {printableLines} from './printable-lines.ts';
import type {Row} from './row.ts';

type DiffLine = {readonly kind: 'added' | 'removed' | 'same' | 'hunk' | 'note'; readonly text: string};

/** Above this a line is a bundle or data, and no one looks for the changed word in it. */
const longestCompared = 400;

const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

function kindOf(line: string): 'added' | 'removed' | 'same' {
	if (line.startsWith('+')) {
		return 'added';
	}

	return line.startsWith('-') ? 'removed' : 'same';
}

/** Reads a unified patch. The counts of a hunk tell its lines from headers: a removed line may begin with `--`. */
function diffLines(patch: string): readonly DiffLine[] {
	let old = 0;
	let fresh = 0;
	return printableLines(patch.replace(/\n$/, '')).map((line): DiffLine => {
		const isInHunk = old > 0 || fresh > 0;
		const counts = isInHunk ? null : hunk.exec(line);
		if (counts !== null) {
			old = Number(counts[1] ?? 1);
			fresh = Number(counts[2] ?? 1);
			return {kind: 'hunk', text: line};
		}

		if (!isInHunk || line.startsWith('\\')) {
			return {kind: 'note', text: line};
		}

		const kind = kindOf(line);
		old -= kind === 'added' ? 0 : 1;
		fresh -= kind === 'removed' ? 0 : 1;
		return {kind, text: line.slice(1)};
	});
}

function wordsOf(line: string): readonly string[] {
	return line.match(/\w+|\s+|[^\w\s]/gu) ?? [];
}

/** The part in which two lines differ, at whole words; undefined when they have too little in common for it to help. */
function differenceIn(one: string, other: string): readonly [Range, Range] | undefined {
	if (Math.max(one.length, other.length) > longestCompared) {
		return undefined;
	}

	const first = wordsOf(one);
	const second = wordsOf(other);
	const shorter = Math.min(first.length, second.length);
	let start = 0;
	while (start < shorter && first[start] === second[start]) {
		start++;
	}

	let end = 0;
	while (end < shorter - start && first[first.length - 1 - end] === second[second.length - 1 - end]) {
		end++;
	}

	const range = (words: readonly string[]): Range => ({
		start: words.slice(0, start).join('').length,
		end: words.slice(0, words.length - end).join('').length,
	});
	const same =
		first.slice(0, start).join('').trim().length +
		first
			.slice(first.length - end)
			.join('')
			.trim().length;
	return same * 3 < Math.max(one.trim().length, other.trim().length) ? undefined : [range(first), range(second)];
}

/** The changed words of each line, by its index: removed and added lines that stand together in equal number are pairs. */
function emphasised(lines: readonly DiffLine[]): ReadonlyMap<number, Range> {
	const ranges = new Map<number, Range>();
	const endOfRun = (from: number, kind: DiffLine['kind']): number => {
		let end = from;
		while (lines[end]?.kind === kind) {
			end++;
		}

		return end;
	};

	for (let start = 0; start < lines.length; start++) {
		const middle = endOfRun(start, 'removed');
		const end = endOfRun(middle, 'added');
		const count = middle - start;
		for (let index = start; index < middle && end - middle === count; index++) {
			const [removed, added] = differenceIn(lines[index]?.text ?? '', lines[index + count]?.text ?? '') ?? [];
			ranges.set(index, removed ?? nothing).set(index + count, added ?? nothing);
		}

		start = Math.max(start, end - 1);
	}

	return ranges;
}

const nothing: Range = {start: 0, end: 0};
const signs = {added: '+ ', removed: '- ', same: '  ', hunk: '', note: ''} as const;
const tones = {added: 'added', removed: 'removed', same: 'plain', hunk: 'accent', note: 'muted'} as const;

type Options = {
	readonly columns: number;
	readonly ellipsis?: string;
	/** In a card the places of the hunks are left out too: a gap between two of them is all that is told. */
	readonly isCard?: boolean;
};

/** Which files are compared is said above the rows, by whoever shows them. */
const fileHead = /^(?:---|\+\+\+|diff --git|index) /;

/**
 * A unified patch as rows: signs and tones for what is gone and new, and the changed words of a line emphasised. Rows are cut at `columns`.
 * The lines that name the two files are left out.
 */
export function diffRows(patch: string, {columns, ellipsis = '…', isCard = false}: Options): readonly Row[] {
	const all = diffLines(patch).filter(({kind, text}) => kind !== 'note' || !fileHead.test(text));
	const lines = isCard
		? all.flatMap((line, index) => (line.kind === 'hunk' ? (index === 0 ? [] : [{...line, text: ellipsis}]) : [line]))
		: all;
	const ranges = emphasised(lines);
	return lines.map(({kind, text}, index) => {
		const range = ranges.get(index) ?? nothing;
		const line: Row = [{text, tone: tones[kind]}];
		const row = range.end > range.start ? overlayRow(line, [range], {isBold: true, isUnderlined: true}) : line;
		return cutRow([{text: signs[kind], tone: tones[kind]}, ...row], columns, ellipsis);
	});
}
