import {type CriterionKind, classifyCriterion} from './ears.ts';
import type {Line} from './lines.ts';
import {headingOf, indentOf, listItemOf} from './markdown.ts';
import {isCriteriaLabel, printedId, requirementHeading, storyOn} from './requirement-line.ts';

/** One acceptance criterion. */
export type Criterion = {
	/** `<requirement>.<index>`, by position as Markdown numbers a list; as printed where the document prints whole ids or letters. */
	readonly id: string;
	/** On one line, with wrapped lines and nested points joined. */
	readonly text: string;
	readonly kind: CriterionKind;
	/** 1-based. */
	readonly line: number;
};

type Found = {readonly line: number; readonly printed?: string; readonly ordinal?: string; parts: string[]};

type Area = {readonly level: number; readonly isLabelled: boolean};

const paragraphOpening = /^\s*(?:\*\*|__)?(?:when|if|while|where|for (?:all|any|each|every))(?:\*\*|__)?\s/iu;
const continuation = /^\s*(?:\*\*|__)?(?:then|and|or|but)(?:\*\*|__)?\s/iu;

function areaAfter(line: Line, area: Area | undefined): Area | undefined {
	const heading = headingOf(line);
	if (heading === undefined) {
		return !line.isFenced && isCriteriaLabel(line.text) ? {level: 7, isLabelled: true} : area;
	}

	if (requirementHeading(heading).kind === 'criteria') {
		return {level: heading.level, isLabelled: true};
	}

	// A deeper heading groups the criteria; one of the same level or above ends them.
	return area !== undefined && heading.level > area.level ? area : undefined;
}

/** What opens a criterion, before it is known whether the list is one of bullets or numbers. */
function openingOn(line: Line):
	| (Omit<Found, 'parts'> & {
			readonly text: string;
			readonly shape: 'ordered' | 'bullet' | 'paragraph' | 'printed';
			readonly indent: number;
	  })
	| undefined {
	if (line.isFenced || isCriteriaLabel(line.text) || storyOn(line) !== undefined) {
		return undefined;
	}

	const item = listItemOf(line);
	const indent = item?.indent ?? indentOf(line.text);
	const whole = printedId(item?.text ?? line.text.trim());
	if (whole !== undefined) {
		return {line: line.number, printed: whole.id, text: whole.text, shape: 'printed', indent};
	}

	if (item !== undefined) {
		const shape = item.ordinal === undefined ? 'bullet' : 'ordered';
		return {line: line.number, ...(item.ordinal !== undefined && {ordinal: item.ordinal}), text: item.text, shape, indent};
	}

	return paragraphOpening.test(line.text) ? {line: line.number, text: line.text.trim(), shape: 'paragraph', indent} : undefined;
}

type Scan = {area: Area | undefined; shape: string | undefined; indent: number; wasBlank: boolean; readonly found: Found[]};

/** Whether an opening starts a criterion here, and is not a detail of the one before. */
function starts(opening: NonNullable<ReturnType<typeof openingOn>>, scan: Scan): boolean {
	if (scan.shape === undefined) {
		return true;
	}

	if (opening.indent > scan.indent + 1) {
		return false;
	}

	return opening.shape === scan.shape || (opening.shape === 'paragraph' && scan.wasBlank);
}

function readLine(line: Line, scan: Scan, isOpen: (text: string, shape: string) => boolean) {
	const before = scan.area;
	scan.area = areaAfter(line, scan.area);
	if (scan.area !== before || headingOf(line) !== undefined) {
		scan.shape = undefined;
		return;
	}

	const opening = openingOn(line);
	if (opening !== undefined && (scan.area?.isLabelled === true || isOpen(opening.text, opening.shape)) && starts(opening, scan)) {
		const {text, shape, indent, ...place} = opening;
		scan.found.push({...place, parts: [text]});
		scan.shape = shape;
		scan.indent = indent;
	} else if (scan.shape !== undefined && line.text.trim() !== '' && !line.isFenced) {
		const isOwn = !scan.wasBlank || indentOf(line.text) > scan.indent || continuation.test(line.text);
		scan.found.at(-1)?.parts.push(...(isOwn && !/^\s*(?:-{3,}|\*{3,}|<!--.*)\s*$/.test(line.text) ? [line.text.trim()] : []));
	}

	scan.wasBlank = line.text.trim() === '';
}

function scanLines(lines: readonly Line[], isOpen: (text: string, shape: string) => boolean): readonly Found[] {
	const scan: Scan = {area: undefined, shape: undefined, indent: 0, wasBlank: true, found: []};
	for (const line of lines) {
		readLine(line, scan, isOpen);
	}

	return scan.found;
}

/** The kind by the sentence; a bugfix describes the defect as WHEN … THEN without a duty, which is right there. */
function kindOf(text: string): CriterionKind {
	const kind = classifyCriterion(text);
	return kind === 'other' && /^(?:\*\*)?when\b.+\bthen\b/iu.test(text) ? 'event' : kind;
}

function identified(found: readonly Found[], number: string): readonly Criterion[] {
	let position = 0;
	return found.map(({line, printed, ordinal, parts}) => {
		// Spaces within a line may be what is demanded.
		const text = parts
			.map(part => part.trim())
			.join(' ')
			.trim();
		const isWhole = printed !== undefined && (/[A-Z]/.test(printed) || printed.startsWith(`${number}.`));
		const hasLetter = ordinal !== undefined && /[a-z]$/.test(ordinal);
		// 1a, 1b, 2: the letters share the first position.
		const stated = isWhole ? printed.slice(number.length + 1) : hasLetter ? ordinal : undefined;
		position = stated === undefined ? position + 1 : Math.max(position, Number.parseInt(stated, 10) || 0);
		return {id: isWhole ? printed : `${number}.${stated ?? position}`, text, kind: kindOf(text), line};
	});
}

/** The criteria of one requirement: below its criteria heading or label, else whatever in it reads as an EARS sentence or prints an id. */
export function criteriaIn(lines: readonly Line[], number: string): readonly Criterion[] {
	const labelled = scanLines(lines, () => false);
	if (labelled.length > 0) {
		return identified(labelled, number);
	}

	return identified(
		scanLines(lines, (text, shape) => shape === 'printed' || classifyCriterion(text) !== 'other'),
		number,
	);
}
