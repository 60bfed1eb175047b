/**
 * The value of a string field in JSON that is still streaming in: what has arrived of it, unescaped; undefined before it begins. An escape
 * cut in the middle is left for the next piece.
 */
export function partialString(json: string, field: string): string | undefined {
	const start = new RegExp(`"${field}"\\s*:\\s*"`).exec(json);
	if (start === null) {
		return undefined;
	}

	const rest = json.slice(start.index + start[0].length);
	const raw = /^(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(rest)?.[0] ?? '';
	try {
		return String(
			JSON.parse(`"${raw.replaceAll(/[\u0000-\u001F]/g, character => JSON.stringify(character).slice(1, -1))}"`),
		).toWellFormed();
	} catch {
		return undefined;
	}
}
