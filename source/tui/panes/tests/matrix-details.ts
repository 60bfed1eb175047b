import type {MatrixTest} from '../../../protocol/criterion-tests.ts';
import type {MatrixRow} from '../../../protocol/matrix.ts';
import type {ContentRow} from '../../content.ts';
import {cutRow, rowWidth, spreadRow} from '../../rows/cut-row.ts';
import {formatAge} from '../../rows/format.ts';
import {printableLine} from '../../rows/printable-lines.ts';
import type {Row, Span, Tone} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import {type MatrixLook, statusTones, statusWords} from './matrix-row.ts';

const indent = '    ';
/** More files than this are counted. */
const mostFiles = 6;

/** What a key acts on when a test of an opened criterion is chosen. */
export function testTarget(criterion: string, index: number): string {
	return `${criterion} test ${index}`;
}

function marksOf({glyphs}: MatrixLook): Readonly<Record<MatrixTest['status'], string>> {
	return {passed: glyphs.done, failed: glyphs.failed, skipped: glyphs.todo, flaky: glyphs.unproven, unknown: glyphs.todo};
}

function testRows(test: MatrixTest, look: MatrixLook): readonly Row[] {
	const {columns, glyphs} = look;
	const place: Row = [{text: printableLine(test.line === undefined ? test.file : `${test.file}:${test.line}`), tone: 'muted'}];
	const name: Row = [
		{text: indent},
		{text: `${marksOf(look)[test.status]} ${statusWords[test.status]}  `, tone: statusTones[test.status]},
		{text: printableLine(test.name === '' ? 'a comment that names it' : test.name)},
	];
	return rowWidth(name) + rowWidth(place) + 2 <= columns
		? [spreadRow(name, place, columns)]
		: [cutRow(name, columns, glyphs.ellipsis), cutRow([{text: `${indent}  `}, ...place], columns, glyphs.ellipsis)];
}

const withoutCode = {
	fails: {text: 'fails without the code', tone: 'good'},
	passes: {text: 'passes without the code: its tests do not need it', tone: 'warning'},
	unknown: {text: 'without the code: nothing could be told', tone: 'muted'},
} as const satisfies Readonly<Record<string, Span>>;

function sinceSpan({unprovenSince, changedFiles}: MatrixRow, {now}: MatrixLook): readonly Span[] {
	if (unprovenSince === undefined) {
		return [];
	}

	const more = changedFiles.length > mostFiles ? ` and ${changedFiles.length - mostFiles} more` : '';
	const files = `${changedFiles.slice(0, mostFiles).join(', ')}${more}`;
	const when = `${unprovenSince.slice(0, 16).replace('T', ' ')} UTC`;
	const age = formatAge(now - Date.parse(unprovenSince));
	const text = `unproven since ${when}${age === 'now' ? '' : `, ${age} ago`}: ${files} changed`;
	return [{text, tone: 'warning'}];
}

/** What a person must know of a criterion besides its tests, a line each. */
function remarksOn(row: MatrixRow, look: MatrixLook): readonly Span[] {
	const plain = (text: string, tone: Tone = 'plain'): Span => ({text, tone});
	return [
		...sinceSpan(row, look),
		...(row.tests.length === 0 ? [plain('no test names it', 'warning')] : []),
		...(row.revert === undefined ? [] : [withoutCode[row.revert]]),
		...row.survivors.map(({path, description}) => plain(`not noticed by the tests: ${path} ${description}`, 'warning')),
		...row.byHand.map(({task, by, at, reason}) =>
			plain(`task ${task} accepted by hand by ${by}, ${at.slice(0, 10)}: ${reason}`, 'warning'),
		),
		...row.tasks.map(({marker, number, title}) => plain(`[${marker}] ${number} ${title}`, 'muted')),
	];
}

/** What stands below a criterion that was opened: its words, its tests with their places, and what else is known of it. */
export function matrixDetails(row: MatrixRow, look: MatrixLook): readonly ContentRow[] {
	const block = row.criterion;
	const wrapped = (span: Span): readonly ContentRow[] =>
		wrapRow([{...span, text: `${indent}${printableLine(span.text)}`}], look.columns, {indent: indent.length}).map(line => ({
			row: line,
			block,
		}));
	const tests = row.tests.flatMap((test, index) =>
		testRows(test, look).map((line): ContentRow => ({row: line, block, target: testTarget(row.criterion, index)})),
	);
	return [...wrapped({text: row.text}), ...tests, ...remarksOn(row, look).flatMap(wrapped)];
}
