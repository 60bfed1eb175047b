import type {Display} from '../../protocol/display.ts';
import {reportSummary} from '../../protocol/report-summary.ts';
import type {ChatItem} from '../../protocol/state.ts';
import {cutRow, spreadRow} from './cut-row.ts';
import {diffRows} from './diff-rows.ts';
import {printableLine, printableLines} from './printable-lines.ts';
import {failureRows} from './report-rows.ts';
import type {Glyphs, Row, Span} from './row.ts';
import {wrapRow} from './wrap-row.ts';

type CallItem = Extract<ChatItem, {kind: 'call'}>;

type Options = {readonly columns: number; readonly isExpanded: boolean; readonly glyphs: Glyphs; readonly expandKey: string};

/** Lines of a card that is not expanded. */
const shownLines = 4;
/** Even an expanded card ends: beyond it the transcript in an editor serves better. */
const mostLines = 2000;

function statusGlyph(item: CallItem, glyphs: Glyphs): Span {
	switch (item.status) {
		case 'streaming':
		case 'running': {
			return {text: glyphs.working, tone: 'accent'};
		}

		case 'queued': {
			return {text: glyphs.todo, tone: 'muted'};
		}

		case 'waiting': {
			return {text: glyphs.waiting, tone: 'warning'};
		}

		case 'done': {
			return {text: glyphs.done, tone: 'good'};
		}

		case 'failed':
		case 'denied': {
			return {text: glyphs.failed, tone: 'bad'};
		}

		default: {
			return item.status satisfies never;
		}
	}
}

/** The words beside the glyph, so that no status is told by its shape alone. */
const statusWords: Readonly<Record<CallItem['status'], string>> = {
	streaming: 'writing',
	queued: 'queued',
	running: 'running',
	waiting: 'waits for you',
	done: '',
	failed: 'failed',
	denied: 'not permitted',
};

function displaySummary(display: Display): readonly Span[] {
	switch (display.kind) {
		case 'diff': {
			return [
				{text: `+${display.added}`, tone: 'added'},
				{text: ` -${display.removed}`, tone: 'removed'},
			];
		}

		case 'lines': {
			return [{text: printableLine(display.summary), tone: 'muted'}];
		}

		case 'report': {
			return [{text: reportSummary(display.report), tone: 'muted'}];
		}

		case 'text':
		case 'closing': {
			return [];
		}

		default: {
			return display satisfies never;
		}
	}
}

function summaryOf(item: CallItem): Row {
	const {lines} = item;
	const isLong = lines !== undefined && (item.status === 'streaming' || item.status === 'queued');
	const status = isLong ? `${statusWords[item.status]}, ${lines} ${lines === 1 ? 'line' : 'lines'}` : statusWords[item.status];
	const summary = item.display === undefined ? [] : displaySummary(item.display);
	const word: readonly Span[] =
		status === '' ? [] : [{text: status, tone: item.status === 'failed' || item.status === 'denied' ? 'bad' : 'muted'}];
	return summary.length > 0 && word.length > 0 ? [...summary, {text: '  '}, ...word] : [...summary, ...word];
}

function textRows(text: string, columns: number): readonly Row[] {
	const lines = printableLines(text.replace(/\s+$/, ''));
	return text.trim() === '' ? [] : lines.flatMap(line => wrapRow([{text: line, tone: 'muted'}], columns));
}

/** All rows of what a call printed or changed. A list of lines is only counted until the card is opened. */
function bodyRows(item: CallItem, columns: number, {glyphs, isExpanded}: Options): readonly Row[] {
	const {display, output} = item;
	if (display === undefined) {
		return textRows(output, columns);
	}

	switch (display.kind) {
		case 'text':
		case 'closing': {
			return textRows(display.text, columns);
		}

		case 'lines': {
			return isExpanded ? display.lines.flatMap(line => wrapRow([{text: printableLine(line), tone: 'muted'}], columns)) : [];
		}

		case 'diff': {
			return diffRows(display.patch, {columns, ellipsis: glyphs.ellipsis, isCard: true});
		}

		case 'report': {
			return failureRows(display.report, {columns, glyphs, limit: isExpanded ? mostLines : shownLines});
		}

		default: {
			return display satisfies never;
		}
	}
}

function collapsed(rows: readonly Row[], item: CallItem, {isExpanded, expandKey, columns, glyphs}: Options): readonly Row[] {
	const limit = isExpanded ? mostLines : shownLines;
	const hidden = rows.length - limit;
	if (hidden <= 0) {
		return rows;
	}

	// Of what runs or went wrong the end tells most; of the rest the beginning.
	const isTail = item.display?.kind !== 'diff' && (item.status === 'running' || item.status === 'failed');
	const count = `${hidden} ${isTail ? 'earlier' : 'more'} ${hidden === 1 ? 'line' : 'lines'}`;
	const more: Row = cutRow([{text: isExpanded ? `> ${count}` : `> ${count} - ${expandKey}`, tone: 'muted'}], columns, glyphs.ellipsis);
	return isTail ? [more, ...rows.slice(-limit)] : [...rows.slice(0, limit), more];
}

function nameOf(name: string): string {
	const words = printableLine(name.replaceAll('_', ' '));
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A tool call as a card: status, name, what it is about, a summary at the right, and the first or last lines of what came of it. */
export function callRows(item: CallItem, options: Options): readonly Row[] {
	const {columns, glyphs} = options;
	const head: Row = [
		{text: '  '},
		statusGlyph(item, glyphs),
		{text: ` ${nameOf(item.name).padEnd(5)} `, isBold: true},
		{text: printableLine(item.title)},
	];
	const margin: Row = [{text: '    '}, {text: `${glyphs.bar} `, tone: 'muted'}];
	const room = Math.max(1, columns - 6);
	const body = collapsed(bodyRows(item, room, options), item, {...options, columns: room});
	return [
		spreadRow(head, summaryOf(item), columns, glyphs.ellipsis),
		...body.map((row): Row => cutRow([...margin, ...row], columns, glyphs.ellipsis)),
	];
}
