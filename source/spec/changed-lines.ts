import {diffArrays, FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch} from 'diff';
import {splitLines} from './lines.ts';

// Past this many edits a finer answer costs seconds (measured: 20,000 repetitive lines never end) and helps nobody.
const maxEditLength = 1000;
const context = 3;

function commonHead(one: readonly string[], other: readonly string[]): number {
	const limit = Math.min(one.length, other.length);
	let count = 0;
	while (count < limit && one[count] === other[count]) {
		count++;
	}

	return count;
}

function commonTail(one: readonly string[], other: readonly string[], head: number): number {
	const limit = Math.min(one.length, other.length) - head;
	let count = 0;
	while (count < limit && one.at(-1 - count) === other.at(-1 - count)) {
		count++;
	}

	return count;
}

/** The 1-based lines of `after` that are new or changed against `before`; line ends do not count. Past a bound everything between the first and the last change counts. */
export function changedLines(before: string, after: string): readonly number[] {
	const old = splitLines(before).map(line => line.text);
	const now = splitLines(after).map(line => line.text);
	const head = commonHead(old, now);
	const tail = commonTail(old, now, head);
	const parts = diffArrays(old.slice(head, old.length - tail), now.slice(head, now.length - tail), {maxEditLength});
	if (parts === undefined) {
		return Array.from({length: now.length - tail - head}, (_, index) => head + index + 1);
	}

	const changed: number[] = [];
	let line = head + 1;
	for (const part of parts.filter(candidate => !candidate.removed)) {
		for (let index = 0; index < part.count; index++, line++) {
			if (part.added) {
				changed.push(line);
			}
		}
	}

	return changed;
}

function splitKeeping(text: string): readonly string[] {
	return text === '' ? [] : text.split(/(?<=\n)/);
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
	return lines.flatMap(line => (line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, '\\ No newline at end of file']));
}

/** One hunk from the first to the last change, for texts that differ too much to be told apart line by line. */
function coarsePatch(before: string, after: string): StructuredPatch['hunks'] {
	const old = splitKeeping(before);
	const now = splitKeeping(after);
	const head = commonHead(old, now);
	const tail = commonTail(old, now, head);
	const from = Math.max(0, head - context);
	const kept = Math.min(tail, context);
	const oldEnd = old.length - tail;
	const nowEnd = now.length - tail;
	return [
		{
			oldStart: from + 1,
			oldLines: oldEnd + kept - from,
			newStart: from + 1,
			newLines: nowEnd + kept - from,
			lines: [
				...marked(' ', old.slice(from, head)),
				...marked('-', old.slice(head, oldEnd)),
				...marked('+', now.slice(head, nowEnd)),
				...marked(' ', old.slice(oldEnd, oldEnd + kept)),
			],
		},
	];
}

/** The change of one file in unified format with three lines of context; empty when nothing changed. Line ends count. */
export function unifiedDiff(path: string, before: string, after: string): string {
	if (before === after) {
		return '';
	}

	const names = [`a/${path}`, `b/${path}`] as const;
	const fine = structuredPatch(...names, before, after, '', '', {context, maxEditLength});
	const patch = fine ?? {oldFileName: names[0], newFileName: names[1], oldHeader: '', newHeader: '', hunks: coarsePatch(before, after)};
	return formatPatch(patch, FILE_HEADERS_ONLY);
}
