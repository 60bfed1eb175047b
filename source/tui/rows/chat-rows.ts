import type {ChatItem} from '../../protocol/state.ts';
import {callRows} from './call-rows.ts';
import {cutRow} from './cut-row.ts';
import {formatDollars, formatDuration} from './format.ts';
import type {Highlight} from './highlight-rows.ts';
import {markdownRows} from './markdown-rows.ts';
import {printableLine, printableLines} from './printable-lines.ts';
import {failureRows, reportHead} from './report-rows.ts';
import type {Glyphs, Row, Span, Tone} from './row.ts';
import type {BlockCache} from './row-cache.ts';
import {wrapRow} from './wrap-row.ts';

export type ChatOptions = {
	readonly columns: number;
	readonly isExpanded: boolean;
	readonly glyphs: Glyphs;
	readonly highlight?: Highlight | undefined;
	readonly blocks?: BlockCache | undefined;
	/** The key that opens a card, as shown. */
	readonly expandKey?: string;
};

type Item<Kind extends ChatItem['kind']> = Extract<ChatItem, {kind: Kind}>;

/** Who speaks, in a column of its own; in a narrow pane above the text. */
const speakerWidth = 6;
const narrow = 40;

function spoken(speaker: Span, columns: number, rowsFor: (columns: number) => readonly Row[]): readonly Row[] {
	if (columns < narrow) {
		return [[speaker], ...rowsFor(columns)];
	}

	const label: Span = {...speaker, text: speaker.text.padEnd(speakerWidth)};
	const rows = rowsFor(columns - speakerWidth);
	const [first = [], ...others] = rows;
	return [[label, ...first], ...others.map((row): Row => (row.length === 0 ? [] : [{text: ' '.repeat(speakerWidth)}, ...row]))];
}

function textRows(text: string, columns: number, look: Omit<Span, 'text'> = {}): readonly Row[] {
	return printableLines(text.trimEnd()).flatMap(line => wrapRow([{...look, text: line}], columns));
}

function agentRows(item: Item<'agent'>, options: ChatOptions): readonly Row[] {
	const rows = spoken({text: 'Agent', tone: 'accent', isBold: true}, options.columns, columns =>
		markdownRows(item.text, {...options, columns}),
	);
	const note: Row = [{text: '(this answer broke off)', tone: 'warning'}];
	return item.isIncomplete === true ? [...rows, ...wrapRow(note, options.columns)] : rows;
}

function thinkingRows(item: Item<'thinking'>, {columns, glyphs, isExpanded}: ChatOptions): readonly Row[] {
	const head: Span = item.isStreaming ? {text: `${glyphs.working} Thinking`, tone: 'muted'} : {text: 'Thought', tone: 'muted'};
	const lines = printableLines(item.text).filter(line => line.trim() !== '');
	if (isExpanded) {
		return [[head], ...textRows(item.text, columns, {tone: 'muted', isItalic: true})];
	}

	// While it goes on the newest line is the news; afterwards the first one says what it was about.
	const line = (item.isStreaming ? lines.at(-1) : lines[0]) ?? '';
	return [cutRow([head, {text: line === '' ? '' : `  ${line.trim()}`, tone: 'muted', isItalic: true}], columns, glyphs.ellipsis)];
}

function noticeRows(item: Item<'notice'>, {columns, glyphs}: ChatOptions): readonly Row[] {
	const looks: Readonly<Record<typeof item.level, {readonly glyph: string; readonly tone: Tone}>> = {
		info: {glyph: glyphs.bullet, tone: 'muted'},
		warning: {glyph: glyphs.unproven, tone: 'warning'},
		error: {glyph: glyphs.failed, tone: 'bad'},
	};
	const {glyph, tone} = looks[item.level];
	const rows = printableLines(item.text.trimEnd()).flatMap((line, index) =>
		wrapRow([{text: `${index === 0 ? glyph : ' '} ${line}`, tone}], columns, {indent: 2}),
	);
	return item.nextStep === undefined
		? rows
		: [...rows, ...wrapRow([{text: `  ${glyphs.arrow} ${printableLine(item.nextStep)}`, tone: 'accent'}], columns, {indent: 4})];
}

/** Between the parts of a result line; ASCII where the glyphs are. */
function separator(glyphs: Glyphs): string {
	return /^[\x20-\x7e]*$/.test(glyphs.rule + glyphs.ellipsis) ? ' - ' : ' · ';
}

/** The line that ends a task: `[x] 1.1 · [1.2] passing · 3m10s · $0.21`, or `[-] 1.1 · says done, 1 red`. */
function taskResultText(item: Item<'task'>, glyphs: Glyphs): string | undefined {
	const {result} = item;
	if (result === undefined) {
		return undefined;
	}

	const isDone = result.outcome === 'done';
	const spent = isDone ? [formatDuration(result.durationMs), ...(result.costUsd === undefined ? [] : [formatDollars(result.costUsd)])] : [];
	return [`[${isDone ? 'x' : '-'}] ${item.task}`, result.why, ...spent].map(printableLine).join(separator(glyphs));
}

function taskRows(item: Item<'task'>, {columns, glyphs}: ChatOptions): readonly Row[] {
	const result = taskResultText(item, glyphs);
	const glyph = result === undefined ? `${glyphs.working} ` : '';
	const title: Row = [
		{text: `${glyph}Task ${printableLine(item.task)}  `, tone: 'heading', isBold: true},
		{text: printableLine(item.title), tone: 'heading'},
	];
	const tone: Tone = item.result?.outcome === 'done' ? 'good' : item.result?.outcome === 'failed' ? 'bad' : 'warning';
	return [
		...wrapRow(title, columns, {indent: 2}),
		...(result === undefined ? [] : wrapRow([{text: result, tone, isBold: true}], columns, {indent: 4})),
	];
}

function testsRows(item: Item<'tests'>, {columns, glyphs, isExpanded}: ChatOptions): readonly Row[] {
	const {report, newFailures} = item;
	return [reportHead(report, {columns, glyphs}), ...failureRows(report, {columns, glyphs, limit: isExpanded ? 200 : 4, newFailures})];
}

function rowsOf(item: ChatItem, options: ChatOptions): readonly Row[] {
	switch (item.kind) {
		case 'person': {
			return spoken({text: 'You', tone: 'person', isBold: true}, options.columns, columns => textRows(item.text, columns));
		}

		case 'program': {
			return spoken({text: options.glyphs.arrow, tone: 'muted', isBold: true}, options.columns, columns => textRows(item.text, columns));
		}

		case 'agent': {
			return agentRows(item, options);
		}

		case 'thinking': {
			return thinkingRows(item, options);
		}

		case 'call': {
			return callRows(item, {...options, expandKey: options.expandKey ?? 'Ctrl+O'});
		}

		case 'notice': {
			return noticeRows(item, options);
		}

		case 'task': {
			return taskRows(item, options);
		}

		case 'tests': {
			return testsRows(item, options);
		}

		default: {
			return item satisfies never;
		}
	}
}

/** One thing of the chat as rows that are never wider than `columns`. Blank rows between things are the pane's: see `hasGapBefore`. */
export function chatItemRows(item: ChatItem, options: ChatOptions): readonly Row[] {
	return rowsOf(item, options).map(row => cutRow(row, options.columns, options.glyphs.ellipsis));
}

/** Whether a blank row stands before an item: cards of one answer stand together. */
export function hasGapBefore(item: ChatItem, previous: ChatItem | undefined): boolean {
	return previous !== undefined && !(item.kind === 'call' && (previous.kind === 'call' || previous.kind === 'thinking'));
}
