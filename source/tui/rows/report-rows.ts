import {isGreen, reportSummary} from '../../protocol/report-summary.ts';
import {failureLine, type TestCase, type TestReport} from '../../protocol/test-report.ts';
import {cutRow, spreadRow} from './cut-row.ts';
import {formatDuration} from './format.ts';
import {printableLine} from './printable-lines.ts';
import type {Glyphs, Row, Span} from './row.ts';

type Options = {
	readonly columns: number;
	readonly glyphs: Glyphs;
	/** How many failures are listed; the rest is counted. */
	readonly limit: number;
	/** Ids that failed newly: listed first, and said to be new. */
	readonly newFailures?: readonly string[];
};

/** The head line of a run. */
export function reportHead(report: TestReport, {columns, glyphs}: Pick<Options, 'columns' | 'glyphs'>): Row {
	const green = isGreen(report);
	const glyph: Span = green ? {text: `${glyphs.done} `, tone: 'good'} : {text: `${glyphs.failed} `, tone: 'bad'};
	const left: Row = [glyph, {text: 'Tests  ', isBold: true}, {text: reportSummary(report), tone: green ? 'good' : 'bad'}];
	const right: Row = [{text: `${printableLine(report.command)}  ${formatDuration(report.durationMs)}`, tone: 'muted'}];
	return spreadRow(left, columns < 60 ? [] : right, columns, glyphs.ellipsis);
}

/** The failures of a run, one row each with its message at the right. */
export function failureRows(report: TestReport, {columns, glyphs, limit, newFailures = []}: Options): readonly Row[] {
	const fresh = new Set(newFailures);
	const isTold = ({status, failure}: TestCase) => status === 'failed' && failure?.isOfSubtest !== true;
	const failed = report.tests.filter(test => isTold(test) || fresh.has(test.id));
	const sorted = failed.toSorted((one, other) => Number(fresh.has(other.id)) - Number(fresh.has(one.id)));
	const rows = sorted.slice(0, limit).map((test): Row => {
		const left: Row = [
			{text: `${glyphs.failed} `, tone: 'bad'},
			{text: printableLine(test.name)},
			...(fresh.has(test.id) ? [{text: '  new', tone: 'bad'} as const] : []),
		];
		const message = printableLine(failureLine(test.failure));
		return spreadRow(
			left,
			columns < 70 || message === '' ? [] : cutRow([{text: message, tone: 'muted'}], Math.floor(columns / 2), glyphs.ellipsis),
			columns,
			glyphs.ellipsis,
		);
	});
	const more = sorted.length - rows.length;
	return more > 0 ? [...rows, [{text: `  ${more} more failures`, tone: 'muted'}]] : rows;
}
