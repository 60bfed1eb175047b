const esc = '\u001B';

// Colours and weights only: CSI … m. Every other sequence keeps its text and shows its introducer as a token.
const colour = String.raw`\u001B\[[0-9;:]*m`;
// An emoji may be joined from several by U+200D and asks for colour with U+FE0F: the two invisible characters that carry meaning on screen.
const emojiGlue = String.raw`(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Extended_Pictographic}\d#*])\uFE0F`;
const invisible = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]`;

const onScreen = new RegExp(String.raw`\n|\r\n|${colour}|${emojiGlue}|${invisible}`, 'gu');
// A space that is not U+0020 looks like one and is not one for the shell; a long run of spaces pushes what follows out of sight.
const inCommand = new RegExp(String.raw`\n{3,}|\n| {21,}|${invisible}|(?! )\p{Zs}`, 'gu');
const plain = /^[\n\x20-\x7E]*$/;

const short: Readonly<Record<string, string>> = {
	'\r': String.raw`\r`,
	'\t': String.raw`\t`,
	'\b': String.raw`\b`,
	'\u0007': String.raw`\a`,
};

function token(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (code >= 0xa0) {
		return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
	}

	return short[character] ?? String.raw`\x${code.toString(16).padStart(2, '0')}`;
}

function shown(found: string): string {
	if (found === '\n' || found === '\r\n') {
		return '\n';
	}

	if (found === '\t') {
		return '    ';
	}

	if (found.length > 1 && found.startsWith(esc)) {
		return '';
	}

	return found === '\u200D' || found === '\uFE0F' ? found : token(found);
}

/**
 * A text that no terminal obeys: of control characters only line ends stay, a tab becomes four spaces, colours go, and all else that is
 * invisible (escape, C1, bidi, zero-width, tags, lone surrogates) is a visible token. Giving it the result again changes nothing.
 */
export function printable(text: string): string {
	if (plain.test(text)) {
		return text;
	}

	return text.replace(onScreen, (found: string, at: number) => (isGlueless(found, text, at) ? token(found) : shown(found)));
}

/** The two emoji characters also match as invisible where no emoji stands before them. */
function isGlueless(found: string, text: string, at: number): boolean {
	if (found !== '\u200D' && found !== '\uFE0F') {
		return false;
	}

	glue.lastIndex = at;
	return !glue.test(text);
}

const glue = new RegExp(emojiGlue, 'uy');

/**
 * A command as a person must see it before saying yes: on top of what `printable` does, nothing is dropped, tabs, unusual spaces and
 * emoji joints are tokens, and long runs of spaces or line ends are counted. Single line ends stay.
 */
export function visibleCommand(text: string): string {
	return text.replace(inCommand, (found: string) => {
		if (found === '\n') {
			return found;
		}

		if (found.startsWith('\n')) {
			return `<${found.length} line ends>\n`;
		}

		return found.length > 2 ? `<${found.length} spaces>` : token(found);
	});
}

/** Whether `visibleCommand` has something to show that a person would not see in the text itself. */
export function hasHiddenCharacters(text: string): boolean {
	return visibleCommand(text) !== text;
}
