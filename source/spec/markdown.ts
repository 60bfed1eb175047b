import type {Line} from './lines.ts';

export type Heading = {readonly level: number; readonly title: string};

/** The ATX heading on a line, if there is one outside fences. */
export function headingOf(line: Line): Heading | undefined {
	const [, marks, title] = line.isFenced ? [] : (/^\s{0,3}(#{1,6})(?:\s+(.*))?$/.exec(line.text) ?? []);
	return marks === undefined ? undefined : {level: marks.length, title: withoutClosingMarks(title ?? '')};
}

function withoutClosingMarks(title: string): string {
	const trimmed = title.trim();
	const words = trimmed.split(/\s+/);
	return /^#+$/.test(words.at(-1) ?? '') ? withoutEnd(trimmed, '#').trim() : trimmed;
}

/** Columns of white space before the text; a tab reaches the next multiple of four. */
export function indentOf(text: string): number {
	let columns = 0;
	for (const character of text) {
		if (character === '\t') {
			columns += 4 - (columns % 4);
		} else if (character === ' ' || character === '\u3000') {
			columns += 1;
		} else if (character !== '\uFEFF') {
			break;
		}
	}

	return columns;
}

/** A text without these characters at its end; a pattern such as `/#+$/` would take quadratic time on a long run in the middle. */
function withoutEnd(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text[end - 1] ?? '')) {
		end--;
	}

	return text.slice(0, end);
}

/** A text without the asterisks and underscores that set it bold or italic at its ends. */
export function withoutEmphasis(text: string): string {
	return withoutEnd(text.trim().replace(/^[*_]+/, ''), '*_').trim();
}

export type ListItem = {readonly indent: number; readonly ordinal?: string; readonly text: string};

/** The list item that starts on a line; `ordinal` as printed (`3`, `4a`) when the list is ordered. */
export function listItemOf(line: Line): ListItem | undefined {
	const [, ordinal, text] = line.isFenced ? [] : (/^\s*(?:[-*+•]|(\d{1,9}[a-z]?)[.)、])\s+(\S.*)$/.exec(line.text) ?? []);
	if (text === undefined) {
		return undefined;
	}

	const item = {indent: indentOf(line.text), text: text.trimEnd()};
	return ordinal === undefined ? item : {...item, ordinal};
}
