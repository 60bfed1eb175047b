import {type Content, targetsOf} from '../content.ts';
import {focusedPane} from '../focus.ts';
import {type Layout, layoutOf, readingPane, visiblePanes} from '../layout.ts';
import type {PaneId} from '../pane-id.ts';
import {innerSize} from '../pane-picture.ts';
import {contentOf} from '../panes/index.ts';
import {popupContent} from '../popup-content.ts';
import {scrollAt, scrollBy, scrollTo, topOf} from '../scroll.ts';
import {scrollOf, type View, withScroll} from '../view-state.ts';
import type {World} from '../world.ts';

/** A pane, or the popup, as far as moving in it needs to know. */
export type Place = {readonly pane: PaneId | 'popup'; readonly content: Content; readonly rows: number; readonly top: number};

function placeOf(world: World, pane: PaneId, layout: Layout): Place {
	const placed = visiblePanes(layout).find(candidate => candidate.pane === pane) ?? {pane, columns: world.columns, rows: layout.rows};
	const size = innerSize(placed, layout);
	const content = contentOf(world, pane, size.columns);
	return {pane, content, rows: size.rows, top: topOf(content, scrollOf(world.view, pane), size.rows)};
}

/** What scroll keys move: the popup, the pane that was entered, else the one that is read. */
export function readingPlace(world: World): Place {
	const layout = layoutOf(world);
	if (world.view.popup !== undefined) {
		const content = popupContent(world, world.columns - 2);
		const rows = Math.max(0, layout.rows - 1);
		return {pane: 'popup', content, rows, top: topOf(content, scrollOf(world.view, 'popup'), rows)};
	}

	return placeOf(world, focusedPane(world) ?? readingPane(world, layout), layout);
}

export function scrollRows(world: World, delta: number): View {
	const place = readingPlace(world);
	return withScroll(world.view, place.pane, scrollBy(place.content, scrollOf(world.view, place.pane), place.rows, delta));
}

export function scrollPages(world: World, pages: number): View {
	const {rows} = readingPlace(world);
	return scrollRows(world, Math.round(pages * Math.max(1, rows - 1)));
}

export function scrollToEdge(world: World, edge: 'top' | 'bottom'): View {
	const place = readingPlace(world);
	return withScroll(world.view, place.pane, scrollAt(place.content, edge === 'top' ? 0 : place.content.rows.length, place.rows));
}

/** Shows all rows of a thing, its first ones when there is not room for all. */
export function scrollToBlock(world: World, pane: PaneId, block: string): View {
	const {content, rows, top} = placeOf(world, pane, layoutOf(world));
	const first = content.rows.findIndex(row => row.block === block);
	const last = content.rows.findLastIndex(row => row.block === block);
	const wanted = first < top ? first : Math.max(top, Math.min(first, last - rows + 1));
	return first === -1 ? world.view : withScroll(world.view, pane, scrollAt(content, wanted, rows));
}

/** Lines that are left above one that was gone to. */
const linesAbove = 3;

/** Shows a line of a document, or of what stands for it. */
export function scrollToLine(world: World, pane: PaneId, line: number): View {
	const {content, rows} = placeOf(world, pane, layoutOf(world));
	const at = content.rows.findIndex(row => row.line === line);
	return at === -1 ? world.view : withScroll(world.view, pane, scrollAt(content, Math.max(0, at - linesAbove), rows));
}

/** The thing in a pane that a key acts on: the one chosen, else the first on screen. */
export function selectedIn(world: World, pane: PaneId): string | undefined {
	const place = placeOf(world, pane, layoutOf(world));
	const targets = targetsOf(place.content);
	const chosen = world.view.selected[pane];
	if (chosen !== undefined && targets.includes(chosen)) {
		return chosen;
	}

	return undefined;
}

/** Moves the choice in a pane that lists things; any other pane scrolls. */
export function moveInPane(world: World, pane: PaneId, delta: 1 | -1): View {
	const place = placeOf(world, pane, layoutOf(world));
	const targets = targetsOf(place.content);
	if (targets.length === 0) {
		return scrollRows(world, delta);
	}

	const chosen = targets.indexOf(world.view.selected[pane] ?? '');
	const at = chosen === -1 ? (delta === 1 ? 0 : targets.length - 1) : Math.max(0, Math.min(targets.length - 1, chosen + delta));
	const target = targets[at] ?? '';
	const moved = withScroll(world.view, pane, scrollTo(place.content, scrollOf(world.view, pane), place.rows, target));
	return {...moved, selected: {...moved.selected, [pane]: target}};
}

/** The first line of a document that is on screen, 1-based; the chosen task's line in the list of tasks. */
export function lineInPane(world: World, pane: PaneId): number {
	const place = placeOf(world, pane, layoutOf(world));
	const chosen = world.view.selected[pane];
	const row = place.content.rows.find(candidate => chosen !== undefined && candidate.target === chosen) ?? place.content.rows[place.top];
	return row?.line ?? 1;
}

/** Scrolls to the next row that holds the words; `from` is where to begin. */
export function scrollToMatch(world: World, query: string, direction: 1 | -1, isFirst: boolean): View | undefined {
	const place = readingPlace(world);
	const wanted = query.toLowerCase();
	const isCased = query !== wanted;
	const rows = place.content.rows.map(({row}) => row.map(span => span.text).join(''));
	const matches = rows.flatMap((text, index) => ((isCased ? text : text.toLowerCase()).includes(query) ? [index] : []));
	const after = matches.filter(index => (direction === 1 ? (isFirst ? index >= place.top : index > place.top) : index < place.top));
	const at = direction === 1 ? (after[0] ?? matches[0]) : (after.at(-1) ?? matches.at(-1));
	return at === undefined ? undefined : withScroll(world.view, place.pane, scrollAt(place.content, at, place.rows));
}
