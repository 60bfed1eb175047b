import {type Assumption, assumptionOn} from './assumptions.ts';
import {type Criterion, criteriaIn} from './criteria.ts';
import {type Line, splitLines} from './lines.ts';
import {headingOf} from './markdown.ts';
import type {Problem} from './problem.ts';
import {printedId, type RequirementHeading, requirementHeading, storyOn} from './requirement-line.ts';

export type {Criterion} from './criteria.ts';

export type Requirement = {
	/** As printed, without leading zeros: `2`, `1.1`, `US-1.1`. */
	readonly number: string;
	readonly title?: string;
	/** The user story or objective, without its label. */
	readonly story?: string;
	/** 1-based line of the heading. */
	readonly line: number;
	/** 1-based, the last line that belongs to it. */
	readonly endLine: number;
	readonly criteria: readonly Criterion[];
};

export type ParsedRequirements = {
	readonly requirements: readonly Requirement[];
	readonly assumptions: readonly Assumption[];
	readonly problems: readonly Problem[];
};

type Place = RequirementHeading & {readonly line: number; readonly level: number};
type Block = {readonly number: string; readonly title: string; readonly line: number; readonly endLine: number};

function headingPlaces(lines: readonly Line[]): readonly Place[] {
	return lines.flatMap(line => {
		const heading = headingOf(line);
		return heading === undefined ? [] : [{...requirementHeading(heading), line: line.number, level: heading.level}];
	});
}

/** The last line before the next heading that ends a block: another one of the list, or one as high as its own. */
function endOf(start: Place, places: readonly Place[], openings: ReadonlySet<Place>, lastLine: number): number {
	const next = places.find(place => place.line > start.line && (openings.has(place) || place.level <= start.level));
	return next === undefined ? lastLine : next.line - 1;
}

function blocksAt(openings: readonly Place[], places: readonly Place[], lastLine: number): readonly Block[] {
	const starts = new Set(openings);
	return openings.map(place => ({
		number: place.number,
		title: place.title,
		line: place.line,
		endLine: endOf(place, places, starts, lastLine),
	}));
}

/** A code such as `REQ-1.2` below requirement 1 names a criterion of it, not a requirement. */
function isCriterionHeading(place: Place, outer: Place | undefined): boolean {
	return outer !== undefined && place.level > outer.level && place.number.startsWith(`${outer.number}.`);
}

function namedBlocks(places: readonly Place[], lastLine: number): readonly Block[] {
	const openings: Place[] = [];
	for (const place of places.filter(candidate => candidate.kind === 'named')) {
		if (!isCriterionHeading(place, openings.at(-1))) {
			openings.push(place);
		}
	}

	return blocksAt(openings, places, lastLine);
}

/** Bugfix documents number paragraphs (`1.1 WHEN …`) below headings without numbers: the heading takes the number of its paragraphs. */
function paragraphBlocks(lines: readonly Line[], places: readonly Place[]): readonly Block[] {
	const openings = places.flatMap(place => {
		const end = places.find(other => other.line > place.line)?.line ?? lines.length + 1;
		const first = lines
			.slice(place.line, end - 1)
			.find(line => !line.isFenced && printedId(line.text.trim().replace(/^[-*+]\s+/, '')) !== undefined);
		const id = first === undefined ? undefined : printedId(first.text.trim().replace(/^[-*+]\s+/, ''))?.id;
		const number = id?.slice(0, id.lastIndexOf('.'));
		return number === undefined || number === '' || !/^\d/.test(number) ? [] : [{...place, number}];
	});
	const blocks = openings.map(place => {
		const next = places.find(other => other.line > place.line);
		const above = places.findLast(other => other.line < place.line && other.level < place.level);
		return {number: place.number, title: place.title, line: place.line, endLine: (next?.line ?? lines.length + 1) - 1, above};
	});
	return joinedBlocks(blocks);
}

/** Long lists are grouped under headings of their own, which share the number: they are one list, named by the heading above them. */
function joinedBlocks(blocks: readonly (Block & {readonly above: Place | undefined})[]): readonly Block[] {
	const joined: Block[] = [];
	let open: Place | undefined;
	for (const {above, ...block} of blocks) {
		const last = joined.at(-1);
		if (last !== undefined && above !== undefined && above === open && last.number === block.number) {
			joined[joined.length - 1] = {...last, title: above.title, line: above.line, endLine: block.endLine};
		} else {
			joined.push(block);
		}

		open = above;
	}

	return joined;
}

/** Headings without numbers that have acceptance criteria below them, numbered by position. */
function unnumberedBlocks(places: readonly Place[], lastLine: number): readonly Block[] {
	const owners = places
		.filter(place => place.kind === 'criteria')
		.flatMap(
			criteria => places.filter(place => place.line < criteria.line && place.level < criteria.level && place.kind === 'other').at(-1) ?? [],
		);
	const openings = [...new Set(owners)].map((place, index) => ({...place, number: `${index + 1}`}));
	return openings.map((place, index) => ({
		number: place.number,
		title: place.title,
		line: place.line,
		endLine: (openings[index + 1]?.line ?? lastLine + 1) - 1,
	}));
}

function criterionHeadings(lines: readonly Line[], block: Block): readonly Criterion[] {
	return lines.slice(block.line, block.endLine).flatMap((line, index, own) => {
		const heading = headingOf(line);
		const place = heading === undefined ? undefined : requirementHeading(heading);
		if (place?.kind !== 'named' || !place.number.startsWith(`${block.number}.`)) {
			return [];
		}

		const below = own.slice(index + 1).find(other => other.text.trim() !== '');
		const paragraph = below === undefined || headingOf(below) !== undefined ? '' : below.text;
		const [criterion] = criteriaIn([{...line, text: `- ${[place.title, paragraph.trim()].find(text => text !== '') ?? ''}`}], block.number);
		return [{id: place.number, text: criterion?.text ?? place.title, kind: criterion?.kind ?? 'other', line: line.number}];
	});
}

function storyIn(own: readonly Line[]): string | undefined {
	const starts = own.map(storyOn);
	const at = starts.findIndex(start => start !== undefined);
	if (at === -1) {
		return undefined;
	}

	const rest = own.slice(at + 1);
	const end = rest.findIndex(line => line.text.trim() === '' || headingOf(line) !== undefined);
	const wrapped = rest.slice(0, end === -1 ? rest.length : end).map(line => line.text.trim());
	return [starts[at], ...wrapped].join(' ').trim();
}

function requirementOf(block: Block, lines: readonly Line[]): Requirement {
	const own = lines.slice(block.line, block.endLine);
	const story = storyIn(own);
	const listed = criteriaIn(own, block.number);
	const headed = criterionHeadings(lines, block);
	return {
		number: block.number,
		...(block.title !== '' && {title: block.title}),
		...(story !== undefined && story !== '' && {story}),
		line: block.line,
		endLine: block.endLine,
		criteria: headed.length > listed.length ? headed : listed,
	};
}

function assumptionsIn(lines: readonly Line[], places: readonly Place[]): readonly Assumption[] {
	const found: Assumption[] = [];
	for (const place of places.filter(candidate => candidate.kind === 'assumptions')) {
		const end = places.find(other => other.line > place.line && other.level <= place.level)?.line ?? lines.length + 1;
		for (const line of lines.slice(place.line, end - 1)) {
			const assumption = assumptionOn(line, found.length + 1);
			if (assumption !== undefined) {
				found.push(assumption);
			}
		}
	}

	return found;
}

function problemsOf(requirements: readonly Requirement[]): readonly Problem[] {
	const seen = new Set<string>();
	return requirements.flatMap(({number, line, criteria}) => {
		const problems: Problem[] = [];
		if (seen.has(number)) {
			problems.push({line, code: 'duplicate-requirement', message: `Requirement ${number} is there twice`, severity: 'warning'});
		}

		if (criteria.length === 0) {
			problems.push({line, code: 'no-criteria', message: `Requirement ${number} has no acceptance criteria`, severity: 'warning'});
		}

		seen.add(number);
		return problems;
	});
}

/** Reads requirements.md or bugfix.md, in the dialects that formats.md lists. Any text parses; what looks odd is listed as a problem. */
export function parseRequirements(text: string): ParsedRequirements {
	const lines = splitLines(text);
	const places = headingPlaces(lines);
	const withCriteria = (blocks: readonly Block[]) =>
		blocks.map(block => requirementOf(block, lines)).filter(({criteria}) => criteria.length > 0);
	const named = namedBlocks(places, lines.length).map(block => requirementOf(block, lines));
	const alternatives = [
		() => withCriteria(paragraphBlocks(lines, places)),
		() =>
			withCriteria(
				blocksAt(
					places.filter(place => place.kind === 'numbered'),
					places,
					lines.length,
				),
			),
		() => withCriteria(unnumberedBlocks(places, lines.length)),
	];
	let requirements: readonly Requirement[] = named;
	for (const read of alternatives) {
		requirements = requirements.length > 0 ? requirements : read();
	}

	return {requirements, assumptions: assumptionsIn(lines, places), problems: problemsOf(requirements)};
}
