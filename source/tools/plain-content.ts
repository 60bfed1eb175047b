/**
 * The text inside a code fence that stands around the whole of it, as weaker models send a file; any other text as it is. A text that holds the
 * same fence inside is one only where it begins with a title, as a document does.
 */
export function unfenced(text: string): string {
	const lines = text.trim().split('\n');
	const [, fence] = /^(`{3,}|~{3,})[\w.+-]*\s*$/.exec(lines[0] ?? '') ?? [];
	if (fence === undefined || lines.length < 3 || lines.at(-1) !== fence) {
		return text;
	}

	const inside = lines.slice(1, -1);
	const isDocument = inside.find(line => line.trim() !== '')?.startsWith('# ') === true;
	return isDocument || !inside.some(line => line.startsWith(fence)) ? `${inside.join('\n')}\n` : text;
}

/** A text in one line that names so many line ends was meant to have them. */
const minNamed = 4;

/** How often a text without line ends holds the two characters `\n`, where that is suspicious. */
export function namedLineEnds(text: string): number | undefined {
	const named = text.trim().includes('\n') ? 0 : text.split(String.raw`\n`).length - 1;
	return named >= minNamed ? named : undefined;
}
