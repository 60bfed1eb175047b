import {overlayRow, type Range} from './overlay-row.ts';
import type {Row, Span, Tone} from './row.ts';

/** What stands out in a line of a spec document: EARS keywords, code, bold text. Case matters: "if" in a sentence is no keyword. */
const inline = /`[^`]+`|\*\*[^*]+\*\*|\b(?:WHEN|IF|WHILE|WHERE|THEN|SHALL(?: NOT)?|FOR ALL)\b/g;
/** Lines on which `1.2` is the number of a criterion and not a version, as in `_Requirements: 1.2_`. */
const reference = /(?<!\p{L})(?:Requirements?|Req|Validates|Criteria|Depends|Propert(?:y|ies)|Proof|Tests)(?!\p{L})/iu;
const identifier = /(?<![\p{L}\d.])\d+(?:\.\d+)+(?![\p{L}\d])/gu;
const opening = /^\s*(?:[-*+] \[.\]\*? (?:\d+(?:\.\d+)*\.?)?|[-*+] (?:[A-Z]\d+\b)?|\d+(?:\.\d+)*[.)])/;

function lookOf(part: string): Omit<Span, 'text'> {
	if (part.startsWith('`')) {
		return {tone: 'code'};
	}

	return part.startsWith('*') ? {isBold: true} : {tone: 'keyword', isBold: true};
}

function inlineSpans(line: string): Row {
	const spans: Span[] = [];
	let at = 0;
	for (const match of line.matchAll(inline)) {
		spans.push({text: line.slice(at, match.index)}, {text: match[0], ...lookOf(match[0])});
		at = match.index + match[0].length;
	}

	return [...spans, {text: line.slice(at)}].filter(span => span.text !== '');
}

function rangesOf(line: string, pattern: RegExp): readonly Range[] {
	return Array.from(line.matchAll(pattern), match => ({start: match.index, end: match.index + match[0].length}));
}

function toneOfLine(line: string): Tone | undefined {
	if (/^#{1,6}(?:\s|$)/.test(line)) {
		return 'heading';
	}

	return /^\s*>|^\s*<!--/.test(line) ? 'muted' : undefined;
}

/** One line of Markdown as it is written, lightly coloured. `line` is printable. */
export function sourceLine(line: string): Row {
	const tone = toneOfLine(line);
	if (tone !== undefined) {
		return [{text: line, tone, ...(tone === 'heading' && {isBold: true})}];
	}

	const start = opening.exec(line)?.[0].length ?? 0;
	const ids = reference.test(line) ? rangesOf(line, identifier) : [];
	const marked = start === 0 ? [] : [{start: 0, end: start}];
	return overlayRow(inlineSpans(line), [...marked, ...ids.filter(range => range.start >= start)], {tone: 'accent'});
}

function escapePattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

function mentions(line: string, name: string): readonly Range[] {
	return rangesOf(line, new RegExp(String.raw`(?<![\w./-])${escapePattern(name)}(?![\w/-]|\.\w)`, 'g'));
}

/** Where a line names what does not exist. An entry is a path, or a path and a symbol that is not in it: then the symbol is what is missing. */
export function missingIn(line: string, missing: readonly string[]): readonly Range[] {
	const ranges = missing.flatMap(entry => {
		const [path = '', symbol] = entry.split(' ');
		return symbol === undefined || mentions(line, path).length === 0 ? mentions(line, entry) : mentions(line, symbol);
	});
	// Two entries may name the same place.
	const sorted = ranges.toSorted((one, other) => one.start - other.start || other.end - one.end);
	return sorted.filter((range, index) => sorted.slice(0, index).every(before => before.end <= range.start));
}
