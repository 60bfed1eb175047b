import {focusedPane} from '../focus.ts';
import {layoutOf, readingPane} from '../layout.ts';
import {isDocumentPane} from '../pane-id.ts';
import {rowText} from '../rows/cut-row.ts';
import {scrollAt} from '../scroll.ts';
import {say, type View, withScroll} from '../view-state.ts';
import type {World} from '../world.ts';
import {expandVisible, newestAnswer, transcriptText} from './act-chat.ts';
import {headingLines} from './act-document.ts';
import {diffTask} from './act-tasks.ts';
import {expandFailure} from './act-tests.ts';
import {readingPlace, scrollToMatch, selectedIn} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

/** Enter: opens what is chosen, or the card on screen; a document takes the whole width. No task is started by it. */
export function openChosen(world: World): Step {
	const pane = focusedPane(world);
	switch (pane) {
		case 'chat': {
			return expandVisible(world);
		}

		case 'tests': {
			return expandFailure(world);
		}

		case 'tasks': {
			return diffTask(world);
		}

		case 'requirements':
		case 'design': {
			return step({...world.view, isZoomed: !world.view.isZoomed});
		}

		case 'home':
		case 'side':
		case undefined: {
			return world.state.spec === undefined ? openSpecAt(world) : step(world.view);
		}

		default: {
			return pane satisfies never;
		}
	}
}

/** Opens the spec that is chosen on home. */
export function openSpecAt(world: World): Step {
	const name = selectedIn(world, 'home');
	return name === undefined ? step(world.view) : asking(world.view, {type: 'open-spec', name});
}

/** Copies what a pane holds, as source. */
export function copyPane(world: World): Step {
	const {spec, tests, diff} = world.state;
	if (world.view.popup?.kind === 'diff') {
		return step(world.view, {kind: 'copy', text: (diff?.files ?? []).map(file => file.patch).join('\n'), what: 'the changes'});
	}

	const pane = focusedPane(world) ?? readingPane(world, layoutOf(world));
	if (isDocumentPane(pane)) {
		const text = spec?.artifacts[pane]?.text;
		return text === undefined
			? step(say(world.view, 'Nothing to copy here', world.now))
			: step(world.view, {kind: 'copy', text, what: `${pane}.md`});
	}

	if (pane === 'tests' && world.view.testsTab === 'matrix') {
		const lines = readingPlace(world).content.rows.map(({row}) => rowText(row).trimEnd());
		return step(world.view, {kind: 'copy', text: lines.join('\n'), what: 'the matrix'});
	}

	if (pane === 'tests') {
		return step(world.view, {kind: 'copy', text: tests.last?.report.output ?? '', what: 'the output of the tests'});
	}

	return step(world.view, {kind: 'copy', text: transcriptText(world) || (newestAnswer(world) ?? ''), what: 'the conversation'});
}

/** Scrolls to the next or previous heading of the document. */
export function nextHeading(world: World, direction: 1 | -1): View {
	const place = readingPlace(world);
	const text = place.pane !== 'popup' && isDocumentPane(place.pane) ? world.state.spec?.artifacts[place.pane]?.text : undefined;
	const lines = new Set(headingLines(text ?? ''));
	const rows = place.content.rows.flatMap((row, index) =>
		row.line !== undefined && lines.has(row.line) && place.content.rows[index - 1]?.line !== row.line ? [index] : [],
	);
	const at = direction === 1 ? rows.find(index => index > place.top) : rows.findLast(index => index < place.top);
	return at === undefined ? world.view : withScroll(world.view, place.pane, scrollAt(place.content, at, place.rows));
}

/** Opens the field for the words to look for. */
export function startSearch(world: World): Step {
	const place = readingPlace(world);
	const pane = place.pane === 'popup' ? 'chat' : place.pane;
	return step({...world.view, field: {label: 'search:', value: '', purpose: {kind: 'search', pane}}}, {kind: 'clear-feed'});
}

export function searchAgain(world: World, direction: 1 | -1): Step {
	const {view, now} = world;
	if (view.search === undefined) {
		return startSearch(world);
	}

	const moved = scrollToMatch(world, view.search.query, direction, false);
	return step(moved ?? say(view, `"${view.search.query}" is not here`, now));
}
