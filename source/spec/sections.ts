import {splitLines} from './lines.ts';
import {parseRequirements} from './requirements.ts';

/** The text of each requirement, from its heading to its last line that is not blank, by its number; the last of equal numbers counts. */
export function requirementTexts(text: string): Readonly<Record<string, string>> {
	const lines = splitLines(text);
	return Object.fromEntries(
		parseRequirements(text).requirements.map(({number, line, endLine}) => [
			number,
			lines
				.slice(line - 1, endLine)
				.map(own => own.text + own.eol)
				.join('')
				.trimEnd(),
		]),
	);
}
