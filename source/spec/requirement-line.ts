import type {Line} from './lines.ts';
import {type Heading, withoutEmphasis} from './markdown.ts';

/** What a heading of requirements.md opens. */
export type RequirementHeading = {
	/** By the word or a code (`Requirement 2`, `需求 2`, `REQ-2`), by a bare number (`2. Title`), or not a requirement at all. */
	readonly kind: 'named' | 'numbered' | 'criteria' | 'assumptions' | 'other';
	readonly number: string;
	readonly title: string;
};

const words = 'requirements?|req|需求|要件|要求|anforderung|требование|exigence|requisito';
const named = new RegExp(`^(?:${words})\\s{0,4}[-#]?\\s{0,4}(\\d{1,6}(?:\\.\\d{1,6})*[a-z]?)(?![\\w])\\s{0,4}[:：.)、–—-]?\\s*(.*)$`, 'iu');
// Not P1, P2 …: those are correctness properties.
const coded = /^(?!P-?\d)([A-Z]{1,5}-?\d{1,6}(?:\.\d{1,6})*)(?:\s*[:：.)–—]|\s+-)\s*(.*)$/u;
const numbered = /^(\d{1,4}(?:\.\d{1,4})*)(?:[.)、:：]\s*|\s+)(\S.*)$/u;
const criteriaTitle =
	/^(?:acceptance criteria|ears format requirements|ears requirements|验收标准|验收条件|接受标准|受入基準|受け入れ基準|受入条件|akzeptanzkriterien|abnahmekriterien|критерии при[её]мки|critères d.acceptation|criterios de aceptación)/iu;
const assumptionsTitle =
	/^(?:\d+\.?\s*)?(?:assumptions?|假设|假設|前提|前提条件|仮定|annahmen|допущения|предположения|hypothèses|supuestos)\s*[:：]?$/iu;

/** Reads a heading of requirements.md; `REQ-2` and `R2` number requirement 2, other codes (`US-1.1`) are numbers of their own. */
export function requirementHeading(heading: Heading): RequirementHeading {
	const title = withoutEmphasis(heading.title);
	if (criteriaTitle.test(title)) {
		return {kind: 'criteria', number: '', title};
	}

	if (assumptionsTitle.test(title)) {
		return {kind: 'assumptions', number: '', title};
	}

	if (heading.level > 1) {
		const word = named.exec(title);
		if (word !== null) {
			return {kind: 'named', number: plainNumber(word[1] ?? ''), title: word[2] ?? ''};
		}

		const code = coded.exec(title);
		if (code !== null) {
			return {kind: 'named', number: plainNumber((code[1] ?? '').replace(/^R-?(?=\d)/, '')), title: code[2] ?? ''};
		}

		const bare = numbered.exec(title);
		if (bare !== null) {
			return {kind: 'numbered', number: bare[1] ?? '', title: bare[2] ?? ''};
		}
	}

	return {kind: 'other', number: '', title};
}

/** `REQ-001` is requirement 1: references never print the zeros. */
function plainNumber(number: string): string {
	return number.replace(/^0+(?=\d)/, '');
}

/** A label in bold that does the work of a criteria heading: `**Acceptance Criteria:**`. */
export function isCriteriaLabel(text: string): boolean {
	const [, label = ''] = /^\s*(?:[-*+]\s+)?(?:\*\*|__)([^*_]{2,60})(?:\*\*|__)\s{0,4}[:：]?\s{0,4}$/u.exec(text.trimEnd()) ?? [];
	return criteriaTitle.test(label.trim());
}

const story =
	/^\s*(?:\*\*|__)?(?:user story|user stories|objective|用户故事|用戶故事|ユーザーストーリー|目的|nutzergeschichte|пользовательская история|цель|récit utilisateur|historia de usuario)\s{0,4}(?:\*\*|__)?\s{0,4}[:：]\s{0,4}(?:\*\*|__)?\s*(.*)$/iu;
const asA = /^\s*\*\*(?:as an?|als|作为|として)\*\*\s+\S/iu;

/** The user story that starts on a line, without its label. */
export function storyOn(line: Line): string | undefined {
	if (line.isFenced) {
		return undefined;
	}

	const labelled = story.exec(line.text)?.[1];
	return labelled ?? (asA.test(line.text) ? line.text.trim() : undefined);
}

export type NumberedText = {readonly id: string; readonly text: string};

/** A text that prints its own full id: `1.1 WHEN …`, `**1.1** …`, `**FR-1.1**: …`. */
export function printedId(text: string): NumberedText | undefined {
	const [, bold, plain, rest = ''] =
		/^(?:(?:\*\*|__)((?:[A-Z]{1,5}-)?\d{1,6}(?:\.\d{1,6})*[a-z]?)[.:：]?(?:\*\*|__)|((?:[A-Z]{1,5}-)?\d{1,6}(?:\.\d{1,6})+[a-z]?)(?![\w%]))\s{0,4}[.:：)]?\s{0,4}(\S.*)$/u.exec(
			text,
		) ?? [];
	const id = bold ?? plain;
	return id === undefined ? undefined : {id: id.replace(/^REQ-0*/, ''), text: rest};
}
