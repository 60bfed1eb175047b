/** Everything that a terminal may obey or hide although JSON lets it stand: C1, zero-width, bidi and tag characters, line separators. */
const unsafe = /[\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

function escaped(character: string): string {
	// By code unit: beyond the basic plane JSON writes a pair.
	return Array.from({length: character.length}, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

/** JSON that says the same and is safe to print: what a model, file or server chose never reaches the terminal raw. */
export function safeJson(value: unknown, indent?: number): string {
	return JSON.stringify(value, undefined, indent).replace(unsafe, escaped);
}
