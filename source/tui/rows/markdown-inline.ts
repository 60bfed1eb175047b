import type {MarkedToken, Token} from 'marked';
import {printableLine} from './printable-lines.ts';
import type {Row, Span} from './row.ts';

type Look = Omit<Span, 'text'>;

const named: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' '};

function codePoint(digits: string, base: number): string {
	const point = Number.parseInt(digits, base);
	return point <= 0x10_ff_ff ? String.fromCodePoint(point) : '\ufffd';
}

/** The character references that people and models do write; the others stay as they are. */
function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi,
		(whole, hex?: string, decimal?: string, name?: string) => {
			if (hex !== undefined) {
				return codePoint(hex, 16);
			}

			return decimal === undefined ? (named[name?.toLowerCase() ?? ''] ?? whole) : codePoint(decimal, 10);
		},
	);
}

/** marked's own union, without the open one for extensions: this program adds none. */
export function known(token: Token): MarkedToken {
	return token as MarkedToken;
}

/** A line break inside a text. */
const lineBreak = Symbol('line break');

type Part = Span | typeof lineBreak;

function textPart(text: string, look: Look): readonly Part[] {
	const shown = printableLine(text);
	return shown === '' ? [] : [{...look, text: shown}];
}

function linkParts(token: Extract<MarkedToken, {type: 'link'}>, look: Look): readonly Part[] {
	const shown = partsOf(token.tokens, {...look, tone: 'link', isUnderlined: true});
	// The address is always said: a text that looks like one may lead to another.
	return token.text === token.href ? shown : [...shown, ...textPart(` (${token.href})`, {...look, tone: 'muted'})];
}

function partOf(token: MarkedToken, look: Look): readonly Part[] {
	switch (token.type) {
		case 'strong': {
			return partsOf(token.tokens, {...look, isBold: true});
		}

		case 'em': {
			return partsOf(token.tokens, {...look, isItalic: true});
		}

		case 'del': {
			return [
				...textPart('~~', {...look, tone: 'muted'}),
				...partsOf(token.tokens, {...look, tone: 'muted'}),
				...textPart('~~', {...look, tone: 'muted'}),
			];
		}

		case 'codespan': {
			return textPart(token.text, {...look, tone: 'code'});
		}

		case 'br': {
			return [lineBreak];
		}

		case 'link': {
			return linkParts(token, look);
		}

		case 'image': {
			return textPart(`[image: ${token.text}] (${token.href})`, {...look, tone: 'link'});
		}

		case 'text': {
			return token.tokens === undefined ? textPart(decodeEntities(token.text), look) : partsOf(token.tokens, look);
		}

		case 'escape': {
			return textPart(token.text, look);
		}

		case 'html': {
			return textPart(token.raw, {...look, tone: 'muted'});
		}

		case 'checkbox': {
			return [];
		}

		default: {
			return textPart(token.raw, look);
		}
	}
}

function partsOf(tokens: readonly Token[], look: Look): readonly Part[] {
	return tokens.flatMap(token => partOf(known(token), look));
}

/** Inline Markdown as rows that are not wrapped yet: one, and one more for each hard line break. */
export function inlineRows(tokens: readonly Token[], look: Look = {}): readonly Row[] {
	const rows: Span[][] = [[]];
	for (const part of partsOf(tokens, look)) {
		if (part === lineBreak) {
			rows.push([]);
		} else {
			rows.at(-1)?.push(part);
		}
	}

	return rows;
}
