import type {DocumentStage} from '../protocol/ledger-entry.ts';
import {currentConversation} from '../protocol/select.ts';
import type {State} from '../protocol/state.ts';
import {docksOf} from './docks.ts';
import {focusedPane, softPane} from './focus.ts';
import {isDocumentPane, type PaneId} from './pane-id.ts';
import {contentOf, showsTaskText} from './panes/index.ts';
import {type SizeClass, sizeClassOf} from './size-class.ts';
import {isWorking} from './view-state.ts';
import type {World} from './world.ts';

/** A pane in its place; `rows` counts its title line. */
export type Placed = {readonly pane: PaneId; readonly columns: number; readonly rows: number};

type Column = {readonly columns: number; readonly panes: readonly Placed[]};

export type Layout = {
	readonly sizeClass: SizeClass;
	/** From left to right, one column of dividers between two. */
	readonly columns: readonly Column[];
	/** Rows of the panes; 0 when the window is too small for any. */
	readonly rows: number;
	/** A zoomed pane stands without its title, so that its text can be selected cleanly. */
	readonly hasTitles: boolean;
};

const leftOfWide = 46;
const chatOfWide = 70;
const fewestTestRows = 6;

/** The document of the large pane: chosen by hand, else the one that is written or waits, else the stage's. */
export function documentOf(world: World): DocumentStage {
	const {state, view} = world;
	if (view.document !== undefined) {
		return view.document;
	}

	const stage = state.spec?.stage ?? 'requirements';
	const soft = softPane(world);
	if (soft !== undefined && isDocumentPane(soft)) {
		return soft;
	}

	return stage === 'implement' || stage === 'vibe' ? 'tasks' : stage;
}

/** The tests show themselves while they run and while one is red, and go when all pass. */
function showsTests({state, view}: World): boolean {
	const {running, last} = state.tests;
	const isRed = last !== undefined && (last.report.counts.failed > 0 || last.report.problem !== undefined || last.report.exitCode !== 0);
	return view.showsTests ?? (running !== undefined || (isRed && state.spec !== undefined));
}

function startingPane(state: State): PaneId {
	return currentConversation(state) === undefined ? 'home' : 'chat';
}

/** Whether the newest turn only said something: where one pane has room, an answer must not hide behind a document that did not change. */
function isAnswerNews(state: State): boolean {
	const conversation = currentConversation(state);
	const asked = conversation?.items.findLastIndex(item => item.kind === 'person' || item.kind === 'program') ?? -1;
	if (conversation === undefined || conversation.items.length === 0 || state.spec === undefined) {
		return false;
	}

	if (state.spec.stage === 'implement') {
		return conversation.task === undefined && asked !== -1;
	}

	const hasWritten = conversation.items
		.slice(asked + 1)
		.some(item => item.kind === 'call' && item.name.endsWith('_document') && item.status === 'done');
	return state.spec.stage === 'vibe' || !hasWritten;
}

/** The pane of a window that has room for one. */
function onlyPane(world: World): PaneId {
	const {state, view} = world;
	const focused = view.focus.kind === 'pane' ? view.focus.pane : undefined;
	const chosen = focused ?? view.solo;
	if (state.spec === undefined) {
		return chosen === 'chat' || chosen === 'tests' || chosen === 'home' ? chosen : startingPane(state);
	}

	if (chosen !== undefined && chosen !== 'home' && chosen !== 'side') {
		return chosen;
	}

	const streamed = (['requirements', 'design', 'tasks'] as const).find(name => state.spec?.artifacts[name]?.streaming !== undefined);
	if (isWorking(state)) {
		return streamed ?? (state.tests.running !== undefined && state.run.current === undefined ? 'tests' : 'chat');
	}

	return isAnswerNews(state) ? 'chat' : (softPane(world) ?? documentOf(world));
}

function stacked(world: World, top: PaneId, columns: number, rows: number): readonly Placed[] {
	if (!showsTests(world)) {
		return [{pane: top, columns, rows}];
	}

	const {focus, testsTab} = world.view;
	const isInMatrix = testsTab === 'matrix' && focus.kind === 'pane' && focus.pane === 'tests';
	const wanted = contentOf(world, 'tests', columns - 2).rows.length + 2;
	const tests = Math.max(fewestTestRows, Math.min(wanted, Math.floor(rows * (isInMatrix ? 0.65 : 0.45))));
	return [
		{pane: top, columns, rows: rows - tests},
		{pane: 'tests', columns, rows: tests},
	];
}

function mediumColumns(world: World, rows: number): readonly Column[] {
	const {state, view, columns} = world;
	if (state.spec === undefined) {
		const isHome = startingPane(state) === 'home' && view.focus.kind !== 'pane';
		const pane = isHome || view.focus.kind !== 'pane' ? onlyPane(world) : view.focus.pane;
		return [{columns, panes: stacked(world, pane === 'tests' ? 'home' : pane, columns, rows)}];
	}

	const isBuilding = state.spec.stage === 'implement' || state.spec.stage === 'vibe';
	const large = documentOf(world);
	const isList = isBuilding && large === 'tasks';
	const left = Math.max(30, Math.min(columns - 40, Math.floor(columns * (isList ? 0.42 : 0.55)) + view.divider));
	const chat: Column = {columns: columns - left - 1, panes: [{pane: 'chat', columns: columns - left - 1, rows}]};
	return view.showsSide
		? [{columns: left, panes: stacked(world, large, left, rows)}, chat]
		: [{columns, panes: [{pane: 'chat', columns, rows}]}];
}

/** What stands beside the large document: the list of tasks once there is one, before that the document which it rests on. */
function listedBeside({state}: World, large: DocumentStage): DocumentStage | undefined {
	const artifacts = state.spec?.artifacts;
	if (large !== 'tasks' && artifacts?.tasks !== undefined) {
		return 'tasks';
	}

	const before: Readonly<Record<DocumentStage, DocumentStage | undefined>> = {
		requirements: undefined,
		design: 'requirements',
		tasks: 'design',
	};
	const rests = before[large];
	return rests !== undefined && artifacts?.[rests] !== undefined ? rests : undefined;
}

function withOverview(world: World, pane: DocumentStage, columns: number, rows: number): readonly Placed[] {
	const wanted = Math.max(12, contentOf(world, pane, columns - 2).rows.length + 2);
	const top = Math.min(wanted, Math.floor(rows * 0.65));
	return [
		{pane, columns, rows: top},
		{pane: 'side', columns, rows: rows - top},
	];
}

function wideColumns(world: World, rows: number): readonly Column[] {
	const {state, view, columns} = world;
	if (state.spec === undefined) {
		return mediumColumns(world, rows);
	}

	const chosen = documentOf(world);
	const large =
		chosen === 'tasks' && !showsTaskText(world) ? (state.spec.artifacts.design === undefined ? 'requirements' : 'design') : chosen;
	const listed = listedBeside(world, large);
	const left = view.showsSide ? leftOfWide : 0;
	const chat = Math.max(40, Math.min(chatOfWide, Math.floor(columns * 0.36)) - view.divider);
	const middle = columns - chat - 1 - (left === 0 ? 0 : left + 1);
	const side: readonly Placed[] = listed === undefined ? [{pane: 'side', columns: left, rows}] : withOverview(world, listed, left, rows);
	return [
		...(left === 0 ? [] : [{columns: left, panes: side}]),
		{columns: middle, panes: stacked(world, large, middle, rows)},
		{columns: chat, panes: [{pane: 'chat', columns: chat, rows}]},
	];
}

/** The pane that scrolls when no pane was entered: the one looked at last, when it is on screen. */
export function readingPane(world: World, layout: Layout): PaneId {
	const visible = layout.columns.flatMap(column => column.panes.map(({pane}) => pane));
	const wanted = [focusedPane(world), world.view.reading].find(pane => pane !== undefined && visible.includes(pane));
	return wanted ?? (visible.includes('chat') ? 'chat' : (visible[0] ?? 'chat'));
}

/** Where every pane stands. Sizes come down from here; nothing measures itself. */
export function layoutOf(world: World): Layout {
	const {columns, view} = world;
	const sizeClass = sizeClassOf(columns, world.rows);
	const rows = Math.max(0, world.rows - docksOf(world).height - 1);
	const single = (pane: PaneId): readonly Column[] => [{columns, panes: [{pane, columns, rows}]}];
	if (view.isZoomed) {
		const pane = focusedPane(world) ?? view.reading ?? onlyPane(world);
		return {sizeClass, columns: single(pane), rows, hasTitles: false};
	}

	if (sizeClass === 'tiny' || sizeClass === 'compact') {
		return {sizeClass, columns: single(onlyPane(world)), rows, hasTitles: true};
	}

	return {sizeClass, columns: sizeClass === 'wide' ? wideColumns(world, rows) : mediumColumns(world, rows), rows, hasTitles: true};
}

export function visiblePanes(layout: Layout): readonly Placed[] {
	return layout.columns.flatMap(column => column.panes);
}
