import {type Line, splitLines} from './lines.ts';
import {headingOf, withoutEmphasis} from './markdown.ts';

export type Section = {
	/** What stands below the heading, before the first heading inside it. */
	readonly text: string;
	/** The titles one level below. */
	readonly titles: readonly string[];
};

function bodyOf(lines: readonly Line[]): string {
	const end = lines.findIndex(line => headingOf(line) !== undefined);
	return lines
		.slice(0, end === -1 ? lines.length : end)
		.map(line => line.text.trimEnd())
		.join('\n')
		.trim();
}

/** The first section of a document whose title matches; undefined when there is none. */
export function sectionText(text: string, title: RegExp): Section | undefined {
	const lines = splitLines(text);
	const at = lines.findIndex(line => title.test(withoutEmphasis(headingOf(line)?.title ?? '')));
	const level = at === -1 ? undefined : headingOf(lines[at] as Line)?.level;
	if (level === undefined) {
		return undefined;
	}

	const rest = lines.slice(at + 1);
	const end = rest.findIndex(line => (headingOf(line)?.level ?? 7) <= level);
	const own = rest.slice(0, end === -1 ? rest.length : end);
	const headings = own.flatMap(line => headingOf(line) ?? []);
	const next = Math.min(...headings.map(heading => heading.level));
	return {text: bodyOf(own), titles: headings.filter(heading => heading.level === next).map(heading => withoutEmphasis(heading.title))};
}
