import {type Line, splitLines} from './lines.ts';
import {headingOf, withoutEmphasis} from './markdown.ts';
import {type Mention, mentionsIn} from './mentions.ts';
import {referencesIn} from './reference-lines.ts';

/** A correctness property: `### Property 3: Round trip` with its `**Validates: Requirements 1.2**`. */
type Property = {
	readonly number: string;
	readonly title: string;
	/** 1-based. */
	readonly line: number;
	/** References as written. */
	readonly validates: readonly string[];
};

export type ParsedDesign = {
	readonly properties: readonly Property[];
	/** Files, and symbols of files, that the design takes for existing. */
	readonly mentions: readonly Mention[];
};

const propertyTitle =
	/^(?:correctness )?(?:property|属性|性质|正确性属性|プロパティ|特性|性質|eigenschaft|свойство|propriété|propiedad)\s*#?(\d{1,4}(?:\.\d{1,4})*)(?![\w])\s*[:：.)–—-]?\s*(.*)$/iu;

function titleOn(line: Line): string | undefined {
	if (line.isFenced) {
		return undefined;
	}

	const heading = headingOf(line);
	if (heading !== undefined) {
		return withoutEmphasis(heading.title);
	}

	// `**Property 3: Round trip**`, also as a list item.
	return /^\s*(?:[-*+]\s+|\d{1,4}[.)]\s+)?(?:\*\*|__)([^*]+)(?:\*\*|__)/u.exec(line.text)?.[1];
}

function propertyOn(line: Line): Omit<Property, 'validates'> | undefined {
	const [, number, title = ''] = propertyTitle.exec(titleOn(line) ?? '') ?? [];
	return number === undefined ? undefined : {number, title: withoutEmphasis(title), line: line.number};
}

function propertiesIn(lines: readonly Line[]): readonly Property[] {
	type Open = Omit<Property, 'validates'> & {readonly validates: string[]};
	// A testing strategy often lists the properties again: the first place counts.
	const properties = new Map<string, Open>();
	let open: Open | undefined;
	for (const line of lines) {
		const property = propertyOn(line);
		if (property !== undefined) {
			open = properties.get(property.number) ?? {...property, validates: []};
			properties.set(property.number, open);
		} else if (headingOf(line) !== undefined) {
			open = undefined;
		}

		if (open !== undefined && !line.isFenced) {
			open.validates.push(...referencesIn(line.text));
		}
	}

	return [...properties.values()];
}

/** Reads design.md. Any text parses. */
export function parseDesign(text: string): ParsedDesign {
	const lines = splitLines(text);
	return {properties: propertiesIn(lines), mentions: mentionsIn(lines)};
}
