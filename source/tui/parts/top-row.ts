import {approvalOf, currentConversation, testCounts} from '../../protocol/select.ts';
import type {State} from '../../protocol/state.ts';
import {taskProgress} from '../../spec/task-progress.ts';
import {numberedPanes, type PaneId, paneNames} from '../pane-id.ts';
import {rowWidth, spreadRow} from '../rows/cut-row.ts';
import {printableLine} from '../rows/printable-lines.ts';
import type {Row, Span} from '../rows/row.ts';
import type {World} from '../world.ts';

function documentMark(world: World, stage: 'requirements' | 'design'): Span | undefined {
	const {spec} = world.state;
	const artifact = spec?.artifacts[stage];
	if (spec === undefined || artifact === undefined) {
		return undefined;
	}

	if (artifact.streaming !== undefined) {
		return {text: world.glyphs.working, tone: 'accent'};
	}

	const approval = approvalOf(spec, stage);
	return approval === 'approved' ? {text: world.glyphs.approved, tone: 'good'} : {text: world.glyphs.waiting, tone: 'warning'};
}

function tasksMark({state, glyphs}: World): Span | undefined {
	const {spec} = state;
	if (spec?.artifacts.tasks === undefined) {
		return undefined;
	}

	const approval = approvalOf(spec, 'tasks');
	if (approval !== 'approved' && spec.artifacts.tasks.streaming === undefined) {
		return {text: glyphs.waiting, tone: 'warning'};
	}

	const {done, total} = taskProgress(spec.tasks.tasks);
	return {text: `${done}/${total}`, tone: done === total && total > 0 ? 'good' : 'plain'};
}

function testsMark({state, glyphs}: World): Span | undefined {
	const {running, last} = state.tests;
	if (running !== undefined) {
		return {text: glyphs.working, tone: 'accent'};
	}

	if (last === undefined) {
		return undefined;
	}

	const {problem, exitCode} = last.report;
	const counts = testCounts(state) ?? last.report.counts;
	if (counts.failed > 0) {
		return {text: `${counts.failed}${glyphs.failed}`, tone: 'bad'};
	}

	// Of a run that names no test there is no number to tell.
	return problem === undefined && exitCode === 0
		? {text: `${counts.passed > 0 ? counts.passed : ''}${glyphs.done}`, tone: 'good'}
		: {text: glyphs.failed, tone: 'bad'};
}

/** The state of a pane in one mark: approved, waiting, at work, passed, failed. */
function markOf(world: World, pane: PaneId): Span | undefined {
	switch (pane) {
		case 'requirements':
		case 'design': {
			return documentMark(world, pane);
		}

		case 'tasks': {
			return tasksMark(world);
		}

		case 'chat': {
			return currentConversation(world.state)?.turn.isRunning === true ? {text: world.glyphs.working, tone: 'accent'} : undefined;
		}

		case 'tests': {
			return testsMark(world);
		}

		default: {
			return undefined;
		}
	}
}

type Length = 'long' | 'short' | 'digits';

/** Brackets say which pane has the focus, or stands alone on the screen; the colour says it again. */
function tab(world: World, pane: PaneId, index: number, isCurrent: boolean, length: Length): Row {
	const short = pane === 'requirements' ? 'Req' : paneNames[pane];
	const name = length === 'long' ? paneNames[pane] : length === 'short' || isCurrent ? short : '';
	const mark = markOf(world, pane);
	return [
		{text: isCurrent ? '[' : ' ', tone: 'accent'},
		{text: `${index + 1} ${name}`.trimEnd(), tone: isCurrent ? 'accent' : 'muted', isBold: isCurrent},
		...(mark === undefined ? [] : [{text: ' '}, mark]),
		{text: isCurrent ? ']' : ' ', tone: 'accent'},
	];
}

function rightOf(state: State): Row {
	const {workspace, spec, files} = state;
	const changed = files.length === 0 ? '' : `  ${files.length} changed`;
	const vibe = spec?.stage === 'vibe' ? '  vibe on' : '';
	const branch = workspace.branch === undefined ? '' : printableLine(workspace.branch);
	return [
		{text: `${branch}${changed}`, tone: 'muted'},
		{text: `${vibe} `, tone: 'accent'},
	];
}

/** The first line: the spec and its five panes, or the folder on home. */
export function topRow(world: World, current: PaneId | undefined): Row {
	const {state, columns, glyphs, home} = world;
	if (state.spec === undefined) {
		const left: Row = [{text: ' kiro-tui', isBold: true, tone: 'accent'}, {text: `  ${printableLine(state.workspace.name)}`}];
		const version: Row = [
			{text: `${state.workspace.branch === undefined ? '' : `${printableLine(state.workspace.branch)}  `}${home.version} `, tone: 'muted'},
		];
		return spreadRow(left, version, columns, glyphs.ellipsis);
	}

	const name: Span = {text: ` ${printableLine(state.spec.name)} `, isBold: true};
	const tabs = (length: Length) => numberedPanes.flatMap((pane, index) => tab(world, pane, index, pane === current, length));
	const isLongName = columns < 100 && state.spec.name.length > 20;
	const shown = isLongName ? {...name, text: `${name.text.slice(0, 19)}${glyphs.ellipsis} `} : name;
	const long: Row = [shown, {text: ' '}, ...tabs('long')];
	const isFitting = rowWidth(long) + 16 <= columns;
	const right = rightOf(state);
	const short: Row = [shown, ...tabs('short')];
	const left = isFitting ? long : rowWidth(short) <= columns ? short : [shown, ...tabs('digits')];
	const isRoomy = rowWidth(left) + rowWidth(right) + 2 <= columns;
	return spreadRow(left, isRoomy ? right : [], columns, glyphs.ellipsis);
}
