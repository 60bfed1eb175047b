import {lexer, type MarkedToken, type Token, type Tokens} from 'marked';
import {cutRow} from './cut-row.ts';
import type {Highlight} from './highlight-rows.ts';
import {inlineRows, known} from './markdown-inline.ts';
import {tableRows} from './markdown-table.ts';
import {printableLines} from './printable-lines.ts';
import type {Glyphs, Row, Span} from './row.ts';
import type {BlockCache} from './row-cache.ts';
import {wrapRow} from './wrap-row.ts';

export type MarkdownOptions = {
	readonly columns: number;
	readonly glyphs: Glyphs;
	/** Without it code has no colours. */
	readonly highlight?: Highlight | undefined;
	/** Keeps the rows of whole blocks, so that of a growing text only its last block is made anew. */
	readonly blocks?: BlockCache | undefined;
};

/** Lists and quotes inside one another are moved in only so far; below that width they stay. */
const narrowest = 10;

function codeRows(token: Tokens.Code, {columns, highlight}: MarkdownOptions): readonly Row[] {
	const lines = printableLines(token.text);
	const language = token.lang?.split(/\s/)[0] ?? '';
	const rows = highlight?.(lines.join('\n'), language) ?? lines.map((text): Row => [{text, tone: 'code'}]);
	const margin: Span = {text: '  '};
	return rows.flatMap(row => wrapRow(row, columns - 2).map((wrapped): Row => [margin, ...wrapped]));
}

function wrapAll(rows: readonly Row[], columns: number): readonly Row[] {
	return rows.flatMap(row => wrapRow(row, columns));
}

/** Rows with something before the first one and as much space, or the same thing, before the others. */
function prefixed(rows: readonly Row[], first: Span, others: Span): readonly Row[] {
	return rows.map((row, index) => {
		const prefix = index === 0 ? first : others;
		return row.length === 0 && prefix.text.trim() === '' ? row : [prefix, ...row];
	});
}

function narrower(options: MarkdownOptions, columns: number): MarkdownOptions {
	return {...options, columns: Math.max(Math.min(narrowest, options.columns), options.columns - columns)};
}

function itemRows(item: Tokens.ListItem, mark: string, options: MarkdownOptions): readonly Row[] {
	const box = item.task ? (item.checked === true ? '[x] ' : '[ ] ') : '';
	const inner = blocksRows(item.tokens, narrower(options, mark.length + box.length), item.loose);
	const rows = inner.length === 0 ? [[]] : inner;
	return prefixed(rows, {text: mark + box, tone: 'accent'}, {text: ' '.repeat(mark.length + box.length)});
}

function listRows(list: Tokens.List, options: MarkdownOptions): readonly Row[] {
	return list.items.flatMap((item, index): readonly Row[] => {
		const mark = list.ordered ? `${(list.start === '' ? 1 : list.start) + index}. ` : `${options.glyphs.bullet} `;
		const rows = itemRows(item, mark, options);
		return list.loose && index > 0 ? [[], ...rows] : rows;
	});
}

function blockRows(token: MarkedToken, options: MarkdownOptions): readonly Row[] {
	const {columns, glyphs} = options;
	switch (token.type) {
		case 'heading': {
			const mark: Span = {text: `${'#'.repeat(token.depth)} `, tone: 'heading', isBold: true};
			return inlineRows(token.tokens, {tone: 'heading', isBold: true}).flatMap(row => wrapRow([mark, ...row], columns));
		}

		case 'paragraph': {
			return wrapAll(inlineRows(token.tokens), columns);
		}

		case 'text': {
			return wrapAll(inlineRows(token.tokens ?? [token]), columns);
		}

		case 'code': {
			return codeRows(token, options);
		}

		case 'list': {
			return listRows(token, options);
		}

		case 'blockquote': {
			const bar: Span = {text: `${glyphs.bar} `, tone: 'muted'};
			return prefixed(blocksRows(token.tokens, narrower(options, 2), true), bar, bar);
		}

		case 'table': {
			return tableRows(token, columns);
		}

		case 'hr': {
			return [[{text: glyphs.rule.repeat(columns), tone: 'muted'}]];
		}

		case 'space':
		case 'checkbox': {
			return [];
		}

		default: {
			// HTML and definitions of links: shown as they are written.
			return printableLines(token.raw.trimEnd()).flatMap(text => wrapRow([{text, tone: 'muted'}], columns));
		}
	}
}

function cachedRows(token: MarkedToken, options: MarkdownOptions, isOpen: boolean): readonly Row[] {
	const {blocks, columns, highlight, glyphs} = options;
	if (blocks === undefined || isOpen) {
		return blockRows(token, options);
	}

	const form = `${token.type} ${columns} ${glyphs.bullet}${glyphs.bar}${glyphs.rule} ${highlight === undefined ? 'plain' : 'coloured'}`;
	return blocks.rowsOf(`${form} ${token.raw}`, () => blockRows(token, options));
}

function blocksRows(tokens: readonly Token[], options: MarkdownOptions, isSpaced: boolean): readonly Row[] {
	const rows: Row[] = [];
	for (const [index, token] of tokens.entries()) {
		const own = cachedRows(known(token), options, index === tokens.length - 1);
		if (own.length > 0 && rows.length > 0 && isSpaced) {
			rows.push([]);
		}

		rows.push(...own);
	}

	return rows;
}

/** Thousands of quotes inside one another exhaust the stack of the lexer; no sensible text has twenty. */
const tooDeep = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){40}/m;

/** Markdown as rows that are never wider than `columns`; a text that is still being written is fine. HTML is shown, not obeyed. */
export function markdownRows(text: string, options: MarkdownOptions): readonly Row[] {
	if (text.trim() === '') {
		return [];
	}

	const source = printableLines(text).join('\n');
	if (tooDeep.test(source)) {
		return source.split('\n').flatMap(line => wrapRow([{text: line}], options.columns));
	}

	// A list inside a very narrow pane may still be wider than it.
	return blocksRows(lexer(source), options, true).map(row => cutRow(row, options.columns, options.glyphs.ellipsis));
}
