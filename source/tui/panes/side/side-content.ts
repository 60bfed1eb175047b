import type {TestReason} from '../../../protocol/event.ts';
import {documentStages} from '../../../protocol/ledger-entry.ts';
import {inputTokens} from '../../../protocol/message.ts';
import {isGreen, reportSummary} from '../../../protocol/report-summary.ts';
import {approvalOf, newestApproval} from '../../../protocol/select.ts';
import type {FileChange, State} from '../../../protocol/state.ts';
import {type Content, plainRows} from '../../content.ts';
import {paneNames} from '../../pane-id.ts';
import {cutRow, spreadRow} from '../../rows/cut-row.ts';
import {formatDollars, formatShare, formatTokens} from '../../rows/format.ts';
import {printableLine} from '../../rows/printable-lines.ts';
import type {Row} from '../../rows/row.ts';
import type {World} from '../../world.ts';

const mostFiles = 12;
const mostHeadings = 24;
const mostRuns = 5;
const mostSpecs = 8;
const mostCheckpoints = 4;

const reasons: Readonly<Record<TestReason, string>> = {
	baseline: 'before the work',
	'tests-first': 'before the code',
	again: 'again, alone',
	task: 'after a task',
	vibe: 'after a change',
	asked: 'asked for',
};

function heading(text: string): Row {
	return [{text, tone: 'heading', isBold: true}];
}

const kinds: Readonly<Record<FileChange['kind'], string>> = {added: 'A', modified: 'M', deleted: 'D'};

function fileRow(file: FileChange, columns: number, ellipsis: string): Row {
	const counts = `${file.added > 0 ? `+${file.added}` : ''}${file.removed > 0 ? ` -${file.removed}` : ''}`;
	return spreadRow(
		[{text: `${kinds[file.kind]} `, tone: 'muted'}, {text: printableLine(file.path)}],
		[{text: counts, tone: 'muted'}],
		columns,
		ellipsis,
	);
}

function costRows(state: State, columns: number, ellipsis: string): readonly Row[] {
	const total = inputTokens(state.usage);
	if (total === 0) {
		return [];
	}

	const line = (label: string, value: string): Row => cutRow([{text: label.padEnd(10), tone: 'muted'}, {text: value}], columns, ellipsis);
	const budget = state.budgetUsd === undefined ? '' : ` of ${formatDollars(state.budgetUsd)}`;
	return [
		line('Cost', `${state.isPriced ? formatDollars(state.costUsd) : 'price unknown'}${budget}`),
		line('Tokens', `${formatTokens(total)} in, ${formatTokens(state.usage.output)} out`),
		line('Cached', formatShare(state.usage.cacheRead / total)),
	];
}

/** The headings of the document that is worked on, while no list of tasks says what there is. */
function outlineRows({spec}: State, columns: number, ellipsis: string): readonly Row[] {
	const name = documentStages.find(stage => stage === spec?.stage);
	const artifact = name === undefined ? undefined : spec?.artifacts[name];
	const lines = (artifact?.streaming ?? artifact?.text ?? '').split('\n');
	const rows = lines.flatMap((line): readonly Row[] => {
		const [, level, title] = /^(#{2,3}) +(.*)$/.exec(line) ?? [];
		return level === undefined || title === undefined
			? []
			: [
					cutRow(
						[{text: `${level === '##' ? '' : '  '}${printableLine(title)}`, tone: level === '##' ? 'plain' : 'muted'}],
						columns,
						ellipsis,
					),
				];
	});
	return rows.slice(0, mostHeadings);
}

function approvalRows({spec}: State, columns: number, ellipsis: string): readonly Row[] {
	if (spec === undefined) {
		return [];
	}

	return documentStages.flatMap((stage): readonly Row[] => {
		const entry = newestApproval(spec, stage);
		const isStale = approvalOf(spec, stage) === 'stale';
		const by = isStale ? 'changed since' : printableLine(`${entry?.at.slice(0, 10)} ${entry?.by}`);
		return entry === undefined
			? []
			: [spreadRow([{text: paneNames[stage]}], [{text: by, tone: isStale ? 'warning' : 'muted'}], columns, ellipsis)];
	});
}

/** The newest runs of the tests, the newest first. */
function runRows({tests}: State, columns: number, ellipsis: string): readonly Row[] {
	return tests.history
		.slice(-mostRuns)
		.toReversed()
		.map(
			(run): Row =>
				spreadRow([{text: reasons[run.reason]}], [{text: reportSummary(run), tone: isGreen(run) ? 'good' : 'bad'}], columns, ellipsis),
		);
}

function projectRows({workspace}: State, columns: number, ellipsis: string): readonly Row[] {
	const line = (label: string, value: string): Row =>
		cutRow([{text: label.padEnd(10), tone: 'muted'}, {text: printableLine(value)}], columns, ellipsis);
	return [
		line('Folder', workspace.name),
		...(workspace.branch === undefined ? [] : [line('Branch', workspace.branch)]),
		line('Tests', workspace.testCommand?.command ?? 'none found yet'),
	];
}

function specRows({specs, spec: own}: State, columns: number, ellipsis: string): readonly Row[] {
	const others = specs.filter(spec => spec.name !== own?.name);
	return others.slice(0, mostSpecs).map((spec): Row => {
		const progress = spec.tasks.total === 0 ? spec.stage : `${spec.stage} ${spec.tasks.done}/${spec.tasks.total}`;
		return spreadRow([{text: printableLine(spec.name)}], [{text: progress, tone: 'muted'}], columns, ellipsis);
	});
}

function fileRows({files}: State, columns: number, ellipsis: string): readonly Row[] {
	const more = files.length - mostFiles;
	const rows = files.slice(0, mostFiles).map(file => fileRow(file, columns, ellipsis));
	return more > 0 ? [...rows, [{text: `${more} more`, tone: 'muted'}]] : rows;
}

function checkpointRows({checkpoints}: State, columns: number, ellipsis: string): readonly Row[] {
	const newest = checkpoints.slice(-mostCheckpoints).toReversed();
	return newest.map(({label}): Row => cutRow([{text: printableLine(label)}], columns, ellipsis));
}

/** What a wide window has room for beside the document: what changed, what was run and spent, and what else there is. */
export function sideContent({state, glyphs}: World, columns: number): Content {
	const parts: readonly (readonly [string, (state: State, columns: number, ellipsis: string) => readonly Row[]])[] = [
		['Outline', outlineRows],
		['Changed files', fileRows],
		['Checkpoints', checkpointRows],
		['Test runs', runRows],
		['Approvals', approvalRows],
		['Other specs', specRows],
		['Spent', costRows],
		['Project', projectRows],
	];
	const rows = parts.flatMap(([title, rowsOf]): readonly Row[] => {
		const own = rowsOf(state, columns, glyphs.ellipsis);
		return own.length === 0 ? [] : [heading(title), ...own, []];
	});
	return {rows: plainRows(rows, 'side'), rest: 0};
}
