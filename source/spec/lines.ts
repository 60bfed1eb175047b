/** One line of a text, with its place in it. */
export type Line = {
	/** 1-based. */
	readonly number: number;
	/** Offset of the first character. */
	readonly start: number;
	/** Offset after the last character, before the line end. */
	readonly end: number;
	readonly text: string;
	readonly eol: '' | '\n' | '\r\n' | '\r';
	/** Inside a fenced code block, or one of its fences. */
	readonly isFenced: boolean;
};

type PlainLine = Omit<Line, 'isFenced'>;
type Fence = {readonly mark: string; readonly indent: number; readonly canClose: boolean};

function eolAt(text: string, at: number): Line['eol'] {
	const character = text[at];
	if (character === '\n') {
		return '\n';
	}

	if (character === '\r') {
		return text[at + 1] === '\n' ? '\r\n' : '\r';
	}

	return '';
}

function plainLines(text: string): readonly PlainLine[] {
	const lines: PlainLine[] = [];
	const ends = /[\r\n]/g;
	for (let start = 0; start <= text.length; ) {
		ends.lastIndex = start;
		const end = ends.exec(text)?.index ?? text.length;
		const eol = eolAt(text, end);
		if (start < text.length || lines.length === 0) {
			lines.push({number: lines.length + 1, start, end, text: text.slice(start, end), eol});
		}

		start = end + Math.max(eol.length, 1);
	}

	return lines;
}

// Longer marks are told apart no further, so that a line of a million backticks costs nothing.
const longestMark = 20;
const fencePattern = /^(\s*)(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})(.*)$/;

function fenceIn(text: string): Fence | undefined {
	const [, indent = '', mark = '', info = ''] = fencePattern.exec(text) ?? [];
	// A backtick in the info string means inline code, not a fence.
	if (mark === '' || (mark.startsWith('`') && info.includes('`'))) {
		return undefined;
	}

	return {mark: mark.slice(0, longestMark), indent: indent.length, canClose: info.trim() === ''};
}

function closes(open: Fence, candidate: Fence | undefined): boolean {
	return candidate?.canClose === true && candidate.mark.startsWith(open.mark);
}

/** For each opening mark the last line that could close it; spares a search to the end for every fence that never closes. */
function lastClosers(fences: readonly (Fence | undefined)[]): ReadonlyMap<string, number> {
	const last = new Map<string, number>();
	for (const [index, fence] of fences.entries()) {
		for (let length = 3; fence?.canClose === true && length <= fence.mark.length; length++) {
			last.set(fence.mark.slice(0, length), index);
		}
	}

	return last;
}

function isOutside(text: string, open: Fence): boolean {
	return text.trim() !== '' && text.length - text.trimStart().length < open.indent;
}

/**
 * The index after the block that opens at `from`. A fence that is never closed ends the document, as in CommonMark; an indented one belongs
 * to a list item and ends with it, else one forgotten fence would hide every later task.
 */
function endOfBlock(lines: readonly PlainLine[], fences: readonly (Fence | undefined)[], from: number, lastCloser: number): number {
	const open = fences[from];
	for (let index = from + 1; open !== undefined && index < lines.length; index++) {
		if (lastCloser > from ? closes(open, fences[index]) : isOutside(lines[index]?.text ?? '', open)) {
			return lastCloser > from ? index + 1 : index;
		}
	}

	return lines.length;
}

/** Splits a text so that joining `text + eol` of all lines gives it back byte for byte; a byte order mark stays in the first line. */
export function splitLines(text: string): readonly Line[] {
	const lines = plainLines(text);
	const fences = lines.map(line => fenceIn(line.text));
	const last = lastClosers(fences);
	let fencedUntil = 0;
	return lines.map((line, index) => {
		const fence = fences[index];
		if (index >= fencedUntil && fence !== undefined) {
			fencedUntil = endOfBlock(lines, fences, index, last.get(fence.mark) ?? -1);
		}

		return {...line, isFenced: index < fencedUntil};
	});
}
