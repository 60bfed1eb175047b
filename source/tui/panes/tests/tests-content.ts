import {isGreen, reportSummary} from '../../../protocol/report-summary.ts';
import type {TestsState} from '../../../protocol/state.ts';
import type {TestCase} from '../../../protocol/test-report.ts';
import {type Content, type ContentRow, plainRows} from '../../content.ts';
import type {FrameGlyphs} from '../../glyphs.ts';
import {cutRow, rowWidth, spreadRow} from '../../rows/cut-row.ts';
import {formatAge, formatDuration} from '../../rows/format.ts';
import {printableLine, printableLines} from '../../rows/printable-lines.ts';
import {reportHead} from '../../rows/report-rows.ts';
import type {Row, Span} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import {spinnerOf} from '../../spinner.ts';
import type {World} from '../../world.ts';
import {matrixContent} from './matrix-content.ts';

/** Lines of a failure's stack or diff below its head. */
const detailLines = 6;
/** Lines of a runner's output that are kept in the picture while it runs. */
const outputLines = 400;

function runningRows(world: World, running: NonNullable<TestsState['running']>, columns: number): readonly ContentRow[] {
	const scope = running.scope === 'related' ? 'related tests' : 'all tests';
	const head = spreadRow(
		[{text: `${spinnerOf(world)} `, tone: 'accent'}, {text: printableLine(running.command)}],
		[{text: `${scope}  ${formatDuration(world.now - running.since)}`, tone: 'muted'}],
		columns,
		world.glyphs.ellipsis,
	);
	const lines = printableLines(running.output.replace(/\n$/, '')).slice(-outputLines);
	const output = running.output === '' ? [] : lines.map((text): Row => cutRow([{text, tone: 'muted'}], columns, world.glyphs.ellipsis));
	return [...plainRows([head], 'head'), ...output.map((row, index) => ({row, block: `out ${index}`}))];
}

function placeOf(test: TestCase): string {
	const file = test.failure?.file ?? test.file;
	return test.failure?.line === undefined ? file : `${file}:${test.failure.line}`;
}

function failureContent(test: TestCase, mark: Span, isOpen: boolean, columns: number, glyphs: FrameGlyphs): readonly ContentRow[] {
	const message = printableLine(test.failure?.message.split('\n')[0] ?? (test.status === 'skipped' ? 'skipped now, passed before' : ''));
	const name: Row = [mark, {text: printableLine(test.name)}];
	const place: Row = [{text: printableLine(placeOf(test)), tone: 'muted'}];
	const isOneLine = rowWidth(name) + rowWidth(place) + 2 <= columns;
	const head = isOneLine
		? [spreadRow(name, place, columns)]
		: [...wrapRow(name, columns, {indent: 2}), cutRow([{text: '    '}, ...place], columns, glyphs.ellipsis)];
	// A runner often repeats its message at the head of the stack.
	const detail = printableLines(test.failure?.detail ?? '').filter(line => line.trim() !== '' && line.trim() !== message.trim());
	const shown = isOpen ? detail : detail.slice(0, detailLines);
	const {counterexample} = test.failure ?? {};
	const rows: readonly Row[] = [
		...head,
		...(message === '' ? [] : wrapRow([{text: `    ${message}`, tone: 'bad'}], columns, {indent: 4})),
		...(counterexample === undefined
			? []
			: wrapRow([{text: `    counterexample: ${printableLine(counterexample)}`, tone: 'bad'}], columns, {indent: 4})),
		...shown.map((line): Row => cutRow([{text: `    ${line}`, tone: 'muted'}], columns, glyphs.ellipsis)),
	];
	return rows.map(row => ({row, block: test.id, target: test.id}));
}

function historyRow(history: TestsState['history'], glyphs: FrameGlyphs): Row {
	const runs = history
		.slice(-5)
		.toReversed()
		.map((run): Span => {
			const {passed, failed} = run.counts;
			const text = passed + failed === 0 ? reportSummary(run) : `${passed}/${passed + failed}`;
			return {text: `  ${text}`, tone: isGreen(run) ? 'good' : 'bad'};
		});
	return [{text: `Before${glyphs.rule === '-' ? ':' : ''}`, tone: 'muted'}, ...runs];
}

function passedRow(tests: readonly TestCase[], glyphs: FrameGlyphs, columns: number): Row {
	const files = new Map<string, number>();
	for (const test of tests.filter(({status}) => status === 'passed')) {
		files.set(test.file, (files.get(test.file) ?? 0) + 1);
	}

	const names = [...files].map(([file, count]) => `${glyphs.done} ${file === '' ? 'tests' : (file.split('/').at(-1) ?? file)} (${count})`);
	return cutRow([{text: printableLine(names.join('   ')), tone: 'good'}], columns, glyphs.ellipsis);
}

function resultRows(world: World, last: NonNullable<TestsState['last']>, columns: number): readonly ContentRow[] {
	const {glyphs, view, state} = world;
	const {report, comparison} = last;
	const fresh = new Set(comparison?.newFailures.map(test => test.id));
	const expected = new Set(comparison?.expected?.map(test => test.id));
	const named = report.tests.filter(test => test.status === 'failed' && !fresh.has(test.id));
	const failures = [...(comparison?.newFailures ?? []), ...named];
	const before = state.tests.history.slice(0, -1);
	const rows = failures.flatMap(test => {
		const isNew = fresh.has(test.id);
		const mark: Span = {
			text: isNew ? `${glyphs.failed} ` : `${glyphs.failed} ${expected.has(test.id) ? 'expected' : 'known'}  `,
			tone: isNew || comparison === undefined ? 'bad' : 'warning',
		};
		return failureContent(test, mark, view.expanded.has(test.id), columns, glyphs);
	});
	const output = report.detail === 'exit-code' && report.exitCode !== 0 ? printableLines(report.output).slice(-40) : [];
	return [
		...plainRows([reportHead(report, {columns, glyphs})], 'head'),
		...rows,
		...(report.counts.passed > 0 ? plainRows([passedRow(report.tests, glyphs, columns)], 'passed') : []),
		...output.map((text, index): ContentRow => ({row: cutRow([{text, tone: 'muted'}], columns, glyphs.ellipsis), block: `out ${index}`})),
		...(before.length === 0 ? [] : plainRows([[], historyRow(before, glyphs)], 'history')),
	];
}

function nothingYet({state, now}: World, columns: number): Content {
	const {testCommand} = state.workspace;
	const {known} = state.tests;
	const before =
		known === undefined
			? ''
			: ` in this session (newest results: ${reportSummary(known.report)}; age ${formatAge(now - Date.parse(known.at))})`;
	const text =
		testCommand === undefined
			? 'No test suite yet. The first task can set one up; /test-command names one that exists.'
			: `Not run yet${before}. The program runs "${printableLine(testCommand.command)}" after each task; R runs it now.`;
	return {rows: plainRows(wrapRow([{text, tone: 'muted'}], columns), 'none'), rest: 0};
}

/** The matrix when it was chosen; else the run at hand with its output, else what the newest run showed. */
export function testsContent(world: World, columns: number): Content {
	const {tests} = world.state;
	if (world.view.testsTab === 'matrix') {
		return matrixContent(world, columns);
	}

	if (tests.running !== undefined) {
		return {rows: runningRows(world, tests.running, columns), rest: 'tail'};
	}

	return tests.last === undefined ? nothingYet(world, columns) : {rows: resultRows(world, tests.last, columns), rest: 0};
}
