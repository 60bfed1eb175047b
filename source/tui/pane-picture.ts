import {approvalOf} from '../protocol/select.ts';
import type {Content, ContentRow} from './content.ts';
import type {Layout, Placed} from './layout.ts';
import {readingPane, visiblePanes} from './layout.ts';
import {isDocumentPane, type PaneId, paneNames} from './pane-id.ts';
import {contentOf, showsTaskText} from './panes/index.ts';
import {matrixWords} from './panes/tests/matrix-content.ts';
import {ruleRow} from './parts/rule-row.ts';
import {scrollRow} from './rows/cut-row.ts';
import {printableLine} from './rows/printable-lines.ts';
import type {Row, Span} from './rows/row.ts';
import {topOf} from './scroll.ts';
import {scrollOf} from './view-state.ts';
import type {World} from './world.ts';

/** What of a pane is on screen. */
export type PanePicture = {
	readonly title: Row | undefined;
	/** Only the visible rows. */
	readonly rows: readonly Row[];
};

/** Columns before and after the text of a pane. */
const margin = 2;

/** The columns and rows that a pane's content has. */
export function innerSize(placed: Placed, layout: Layout): {readonly columns: number; readonly rows: number} {
	return {columns: Math.max(1, placed.columns - margin), rows: Math.max(0, placed.rows - (layout.hasTitles ? 1 : 0))};
}

function documentWords(world: World, pane: PaneId): readonly Span[] {
	const {spec} = world.state;
	const artifact = isDocumentPane(pane) ? spec?.artifacts[pane] : undefined;
	if (spec === undefined || artifact === undefined || !isDocumentPane(pane)) {
		return [];
	}

	if (artifact.streaming !== undefined) {
		return [{text: '  being written', tone: 'accent'}];
	}

	if (world.view.diffOf === pane) {
		return [{text: '  what changed since its approval', tone: 'accent'}];
	}

	const approval = approvalOf(spec, pane);
	const by = artifact.by === 'person' && artifact.changedLines.length > 0 ? '  edited by hand' : '';
	const words = {approved: 'approved', stale: 'changed after approval', none: 'waits for your review'} as const;
	const tone = approval === 'approved' ? 'good' : 'warning';
	return [
		{text: `  rev ${artifact.revision}`, tone: 'muted'},
		{text: by, tone: 'accent'},
		{text: `  ${words[approval]}`, tone},
	];
}

/** Which tab of the tests is shown, where a person looks at them; and that the tests run where their output is not shown. */
function tabWords({state, view}: World): readonly Span[] {
	if (view.testsTab === 'matrix') {
		const running: Span = {text: '  tests running', tone: 'accent'};
		return [{text: '  Matrix'}, ...matrixWords(state, view.isUnprovenOnly), ...(state.tests.running === undefined ? [] : [running])];
	}

	const isEntered = view.focus.kind === 'pane' && view.focus.pane === 'tests';
	return isEntered && state.spec !== undefined ? [{text: '  Results'}] : [];
}

function wordsOf(world: World, pane: PaneId): readonly Span[] {
	const {state} = world;
	switch (pane) {
		case 'tests': {
			const task = state.run.current?.task;
			return [...tabWords(world), ...(task === undefined ? [] : [{text: `  task ${printableLine(task)}`, tone: 'muted'} as const])];
		}

		case 'chat': {
			const conversation = state.current === undefined ? undefined : state.conversations[state.current];
			return conversation?.task === undefined ? [] : [{text: `  task ${printableLine(conversation.task)}`, tone: 'muted'}];
		}

		case 'tasks': {
			return showsTaskText(world) || (state.spec !== undefined && approvalOf(state.spec, 'tasks') === 'stale')
				? documentWords(world, pane)
				: [];
		}

		default: {
			return documentWords(world, pane);
		}
	}
}

function placeWords(content: Content, top: number, rows: number, pane: PaneId, glyphs: World['glyphs']): Row {
	const {length} = content.rows;
	if (length <= rows) {
		return [];
	}

	const below = length - top - rows;
	if (content.rest === 'tail') {
		return below <= 0 ? [] : [{text: `${glyphs.below} ${below} more`, tone: pane === 'chat' ? 'accent' : 'muted'}];
	}

	return [{text: `${top + 1}-${Math.min(length, top + rows)}/${length}`, tone: 'muted'}];
}

/** Marks the row that a key would act on, and the line that was gone to; search hits are underlined. */
function markedRow(world: World, pane: PaneId, {row, target, line}: ContentRow, isFocused: boolean): Row {
	const {view, glyphs} = world;
	const isSelected = isFocused && target !== undefined && view.selected[pane] === target;
	const isMarked = view.marked?.pane === pane && line !== undefined && view.marked.line === line;
	const mark: Span = isSelected || isMarked ? {text: glyphs.cursor, tone: 'accent', isBold: true} : {text: ' '};
	const query = view.search?.pane === pane ? view.search.query.toLowerCase() : '';
	const isHit = query !== '' && row.some(span => span.text.toLowerCase().includes(query));
	const shown = isHit
		? row.map((span): Span => (span.text.toLowerCase().includes(query) ? {...span, isUnderlined: true, isBold: true} : span))
		: row;
	const sideways = view.sideways[pane] ?? 0;
	return [mark, ...(sideways > 0 ? scrollRow(shown, sideways) : shown)];
}

/** The visible part of a pane, with its title. */
export function panePicture(world: World, layout: Layout, placed: Placed): PanePicture {
	const {pane} = placed;
	const {view, glyphs} = world;
	const size = innerSize(placed, layout);
	const content = contentOf(world, pane, size.columns);
	const top = topOf(content, scrollOf(view, pane), size.rows);
	// Where the next step's own letters act, the pane is not entered: all other keys go to the prompt.
	const isFocused = view.focus.kind === 'pane' && view.focus.pane === pane;
	const rows = content.rows
		.slice(top, top + size.rows)
		.map(row => markedRow(world, pane, row, isFocused || (pane === 'home' && view.draft.text === '')));
	if (!layout.hasTitles) {
		return {title: undefined, rows};
	}

	const isReading = readingPane(world, layout) === pane && visiblePanes(layout).length > 1;
	const left: Row = [
		{text: paneNames[pane], tone: isFocused ? 'accent' : 'plain', isBold: true},
		...wordsOf(world, pane),
		...(isReading && !isFocused ? [{text: ` ${glyphs.bullet}`, tone: 'muted' as const}] : []),
	];
	const rule = isFocused ? glyphs.heavyRule : glyphs.rule;
	const options = {columns: placed.columns, rule, tone: isFocused ? ('accent' as const) : ('muted' as const), ellipsis: glyphs.ellipsis};
	return {title: ruleRow(left, placeWords(content, top, size.rows, pane, glyphs), options), rows};
}
