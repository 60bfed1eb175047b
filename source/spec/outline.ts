import type {Line} from './lines.ts';
import {splitLines} from './lines.ts';
import {headingOf} from './markdown.ts';
import {parseRequirements} from './requirements.ts';
import {requirementTexts} from './sections.ts';
import {parseTasks} from './tasks.ts';

const shownCharacters = 90;

function cut(text: string): string {
	return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters).trimEnd()} …`;
}

function headingLine({text, number}: Line): string {
	return `${text.trimEnd()} (line ${number})`;
}

/** Each requirement with its criteria, by id, cut after some 90 characters. */
export function outlineRequirements(text: string): string {
	const {requirements} = parseRequirements(text);
	return requirements
		.flatMap(({number, title = '', line, criteria}) => [
			`## Requirement ${number}: ${title} (line ${line})`,
			...criteria.map(({id, text: own}) => `${id} ${cut(own)}`),
		])
		.join('\n');
}

/** The headings of a document, with their lines. */
export function outlineHeadings(text: string): string {
	return splitLines(text)
		.filter(line => headingOf(line) !== undefined)
		.map(headingLine)
		.join('\n');
}

/** The tasks with their numbers and titles, indented by depth. */
export function outlineTasks(text: string): string {
	return parseTasks(text)
		.tasks.map(({depth, number, title}) => `${'  '.repeat(depth)}- ${number ?? ''} ${cut(title)}`)
		.join('\n');
}

type Part = {readonly line: number; readonly text: string};

/** A document by its headings: each with what stands below it before the next. */
function partsOf(text: string): readonly Part[] {
	const lines = splitLines(text);
	const starts = lines.filter(line => headingOf(line) !== undefined).map(line => line.number);
	return starts.map((start, index) => ({
		line: start,
		text: lines
			.slice(start - 1, (starts[index + 1] ?? lines.length + 1) - 1)
			.map(line => line.text)
			.join('\n')
			.trimEnd(),
	}));
}

/** What a task is about, as a design names it. */
export type Subject = {
	/** Ids of criteria: `2.1`. */
	readonly criteria: readonly string[];
	/** Names in backticks: files, functions. */
	readonly names: readonly string[];
};

function speaksOf(text: string, {criteria, names}: Subject): boolean {
	const ids = criteria.map(id => id.replaceAll('.', String.raw`\.`)).join('|');
	return (ids !== '' && new RegExp(String.raw`(?<![\d.])(?:${ids})(?![\d]|\.\d)`).test(text)) || names.some(name => text.includes(name));
}

/** The parts of a design that name a criterion or a file of the subject, in order, as far as they fit. */
export function partsAbout(text: string, subject: Subject, maxCharacters: number): readonly string[] {
	let size = 0;
	return partsOf(text)
		.filter(part => speaksOf(part.text, subject))
		.filter(part => {
			size += part.text.length;
			return size <= maxCharacters;
		})
		.map(part => part.text);
}

/** The requirements that hold these criteria, whole. */
export function requirementsOf(text: string, criteria: readonly string[]): readonly string[] {
	const texts = requirementTexts(text);
	return parseRequirements(text)
		.requirements.filter(requirement => requirement.criteria.some(({id}) => criteria.includes(id)))
		.map(({number}) => texts[number] ?? '');
}

/** What a text puts in backticks and is long enough to say something. */
export function namesIn(text: string): readonly string[] {
	return [...new Set([...text.matchAll(/`([^`\n]{4,120})`/g)].map(([, name = '']) => name.replace(/\(\)$/, '')))];
}
