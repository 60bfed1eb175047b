import {liveMatrix} from '../../../protocol/live-matrix.ts';
import {evidenceOf, isTickedWithoutEvidence} from '../../../protocol/select.ts';
import type {SpecState, State, TaskResult} from '../../../protocol/state.ts';
import {nextTask} from '../../../spec/task-progress.ts';
import type {Task} from '../../../spec/tasks.ts';
import {type Content, type ContentRow, createMemo, noContent} from '../../content.ts';
import type {FrameGlyphs} from '../../glyphs.ts';
import {cutRow, rowWidth, spreadRow} from '../../rows/cut-row.ts';
import {formatDollars, formatDuration} from '../../rows/format.ts';
import {printableLine} from '../../rows/printable-lines.ts';
import type {Row, Tone} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import type {World} from '../../world.ts';
import {type Aged, agedTasks} from './aged-tasks.ts';
import {runningRow} from './running-row.ts';

function boxOf(task: Task): Row {
	const isDone = task.marker === 'x' || task.marker === 'X';
	const tone: Tone = isDone ? 'good' : task.marker === ' ' ? 'muted' : 'warning';
	return [
		{text: `[${task.marker}]`, tone},
		{text: task.isOptional ? '* ' : '  ', tone: 'muted'},
	];
}

/** The parts of a line joined by the dot of the scene: `[1.2] passing · 3m10s · $0.21`. */
function joined(parts: readonly string[], glyphs: FrameGlyphs): string {
	return parts.map(printableLine).join(glyphs.rule === '-' ? ' - ' : ' · ');
}

function spent(result: Pick<TaskResult, 'durationMs' | 'costUsd'>): readonly string[] {
	return [formatDuration(result.durationMs), ...(result.costUsd === undefined ? [] : [formatDollars(result.costUsd)])];
}

function bracketed(criteria: readonly string[]): string {
	return criteria.length === 0 ? '' : `[${criteria.join(', ')}] `;
}

const outcomeTones: Readonly<Record<TaskResult['outcome'], Tone>> = {
	done: 'good',
	waiting: 'warning',
	failed: 'bad',
	interrupted: 'warning',
};

/** What is known of a finished or stopped task, below its title: the session's own result, else the ledger's, else that there is none. */
function outcomeRow(state: State, spec: SpecState, task: Task, glyphs: FrameGlyphs): Row | undefined {
	const result = state.run.results[task.id];
	const shown = evidenceOf(spec, task.id);
	// The check in a copy may have earned more since.
	const isOutdone =
		result?.outcome === 'done' && shown.kind === 'run' && shown.entry.outcome === 'done' && shown.entry.grade !== result.grade;
	if (result !== undefined && !isOutdone) {
		const isDone = result.outcome === 'done';
		return [{text: joined([result.why, ...(isDone ? spent(result) : [])], glyphs), tone: outcomeTones[result.outcome]}];
	}

	if (isTickedWithoutEvidence(spec, task)) {
		return [{text: `${glyphs.unproven} ticked, no evidence`, tone: 'warning'}];
	}

	if (shown.kind === 'accepted') {
		return [{text: joined([`accepted by hand, ${shown.grade}`, shown.reason], glyphs), tone: 'warning'}];
	}

	if (shown.kind === 'none') {
		return undefined;
	}

	const {entry} = shown;
	const criteria = bracketed(entry.criteria);
	const red = entry.red.length === 0 ? '' : `, ${entry.red.length} red`;
	return entry.outcome === 'done'
		? [{text: joined([`${criteria}${entry.grade}`, ...spent(entry)], glyphs), tone: 'good'}]
		: [{text: `${entry.outcome === 'interrupted' ? 'interrupted' : `${criteria}${entry.grade}`}${red}`, tone: outcomeTones[entry.outcome]}];
}

/** What was shown of it is about other bytes than those on disk. */
function agedRow({criteria, since}: Aged, glyphs: FrameGlyphs): Row {
	return [{text: `${glyphs.unproven} ${bracketed(criteria)}unproven since ${since.slice(0, 10)}`, tone: 'warning'}];
}

function titleRows(task: Task, columns: number, isNext: boolean): readonly Row[] {
	const indent = '  '.repeat(Math.min(task.depth, 3));
	const number = task.number === undefined ? '' : `${task.number} `;
	const isClosed = task.marker === 'x' || task.marker === 'X';
	const references = task.references.join(', ');
	const title: Row = [
		{text: indent},
		...boxOf(task),
		{text: number, tone: 'accent'},
		{text: printableLine(task.title), ...(isNext && {isBold: true}), ...(isClosed && {tone: 'muted' as const})},
	];
	const right: Row = [{text: printableLine(references), tone: 'muted'}];
	if (references === '' || rowWidth(title) + rowWidth(right) + 2 > columns) {
		return wrapRow(title, columns, {indent: indent.length + 5});
	}

	return [spreadRow(title, right, columns)];
}

function rowsOfTask(world: World, spec: SpecState, task: Task, columns: number): readonly ContentRow[] {
	const {state, glyphs} = world;
	const isNext = nextTask(spec.tasks.tasks)?.id === task.id;
	const indent = '  '.repeat(Math.min(task.depth, 3) + 2);
	const aged = agedTasks(liveMatrix(state)).get(task.id);
	const own = {block: task.id, line: task.line, ...(task.isLeaf && {target: task.id})};
	const running = state.run.current?.task === task.id ? runningRow(world) : undefined;
	const outcome = aged === undefined ? outcomeRow(state, spec, task, glyphs) : agedRow(aged, glyphs);
	const below = running ?? (task.isLeaf ? outcome : undefined);
	const place = running === undefined ? state.run.queue.filter(id => id !== state.run.current?.task).indexOf(task.id) : -1;
	const note: Row | undefined = place === -1 ? below : [{text: `queued, number ${place + 1}`, tone: 'muted'}];
	return [
		...titleRows(task, columns, isNext).map(row => ({...own, row})),
		...(note === undefined ? [] : [{...own, row: cutRow([{text: indent}, ...note], columns, glyphs.ellipsis)}]),
	];
}

const memo = createMemo<readonly ContentRow[]>();

/** The task list, with what the program saw of each task. */
export function tasksContent(world: World, columns: number): Content {
	const {spec, run} = world.state;
	if (spec === undefined) {
		return noContent;
	}

	if (spec.artifacts.tasks === undefined) {
		return {rows: [{row: [{text: 'No tasks yet: they come after the design.', tone: 'muted'}], block: 'none'}], rest: 0};
	}

	const make = () =>
		spec.tasks.tasks.flatMap((task, index) => {
			const isNewParent = task.depth === 0 && index > 0 && !task.isLeaf;
			const gap: readonly ContentRow[] = isNewParent ? [{row: [], block: `gap ${task.id}`}] : [];
			return [...gap, ...rowsOfTask(world, spec, task, columns)];
		});
	// While a task runs its line shows the time, so nothing is kept.
	const rows =
		run.current === undefined && run.queue.length === 0
			? memo(
					spec,
					`${columns} ${world.glyphs.rule} ${Object.keys(run.results).length} ${[...agedTasks(liveMatrix(world.state)).keys()].join()}`,
					make,
				)
			: make();
	const wanted = run.current?.task ?? nextTask(spec.tasks.tasks)?.id;
	const at = rows.findIndex(row => row.target === wanted);
	return {rows, rest: Math.max(0, at - 4)};
}
