import {graphemesOf} from './graphemes.ts';

type Text = {readonly text: string; readonly cursor: number; readonly pastes: Readonly<Record<string, string>>};

function escapePattern(text: string): string {
	return text.replace(/[[\]#]/g, String.raw`\$&`);
}

/** Finds the placeholders in a text; undefined when there can be none. */
export function placeholderPattern(pastes: Readonly<Record<string, string>>): RegExp | undefined {
	const placeholders = Object.keys(pastes);
	return placeholders.length === 0 ? undefined : new RegExp(placeholders.map(escapePattern).join('|'), 'g');
}

export type Atom = {readonly text: string; readonly start: number; readonly isPlaceholder: boolean};

/** A text as what the cursor steps over: characters as a person sees them, and whole placeholders. */
export function atomsOf({text, pastes}: Omit<Text, 'cursor'>): readonly Atom[] {
	const pattern = placeholderPattern(pastes);
	const atoms: Atom[] = [];
	let start = 0;
	const add = (parts: readonly string[], isPlaceholder: boolean): void => {
		for (const part of parts) {
			atoms.push({text: part, start, isPlaceholder});
			start += part.length;
		}
	};

	for (const match of pattern === undefined ? [] : text.matchAll(pattern)) {
		add(graphemesOf(text.slice(start, match.index)), false);
		add([match[0]], true);
	}

	add(graphemesOf(text.slice(start)), false);
	return atoms;
}

/** Where the character before the cursor begins. */
export function atomBefore(buffer: Text): number {
	return atomsOf(buffer).findLast(atom => atom.start < buffer.cursor)?.start ?? 0;
}

/** Where the character after the cursor ends. */
export function atomAfter(buffer: Text): number {
	return atomsOf(buffer).find(atom => atom.start > buffer.cursor)?.start ?? buffer.text.length;
}

function isWord(atom: Atom | undefined): boolean {
	return atom !== undefined && (atom.isPlaceholder || /[\p{L}\p{N}\p{M}_]/u.test(atom.text));
}

/** Where the word before the cursor begins, over what lies between. */
export function wordStart(buffer: Text): number {
	const atoms = atomsOf(buffer).filter(atom => atom.start < buffer.cursor);
	let index = atoms.length;
	while (index > 0 && !isWord(atoms[index - 1])) {
		index--;
	}

	while (index > 0 && isWord(atoms[index - 1])) {
		index--;
	}

	return atoms[index]?.start ?? buffer.cursor;
}

/** Where the word after the cursor ends. */
export function wordEnd(buffer: Text): number {
	const atoms = atomsOf(buffer).filter(atom => atom.start >= buffer.cursor);
	let index = 0;
	while (index < atoms.length && !isWord(atoms[index])) {
		index++;
	}

	while (index < atoms.length && isWord(atoms[index])) {
		index++;
	}

	return atoms[index]?.start ?? buffer.text.length;
}
