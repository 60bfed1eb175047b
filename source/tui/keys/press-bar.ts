import {type Bar, barOf, isOwnBar} from '../bar.ts';
import type {Key} from '../input/key.ts';
import {barPicture} from '../parts/bar-rows.ts';
import type {View} from '../view-state.ts';
import type {World} from '../world.ts';
import {toggleDiff} from './act-document.ts';
import {scrollRows} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

/** Closes a bar of this face; one of the session goes when it was answered. */
export function closeOwnBar(view: View): View {
	return {...view, approval: undefined, confirmation: undefined, bar: undefined};
}

function answerOwn(world: World, bar: Bar, key: string): Step {
	const {view, state} = world;
	const left = closeOwnBar(view);
	if (view.confirmation?.id === bar.id) {
		return key === 'y' ? asking(left, view.confirmation.intent) : step(left);
	}

	if (view.approval === undefined || state.spec === undefined) {
		return step(left);
	}

	switch (key) {
		case 'y': {
			const {stage, digest} = view.approval;
			return asking(
				{...left, solo: undefined, document: undefined, diffOf: undefined, focus: {kind: 'prompt'}},
				{type: 'approve', stage, digest},
			);
		}

		case 'd': {
			return toggleDiff(world);
		}

		default: {
			return step(left);
		}
	}
}

/** The field for a reason, or for an answer in one's own words. */
export function openAnswerField(view: View, bar: Bar, key: string): View {
	const option = bar.options.find(candidate => candidate.key === key);
	return {...view, field: {label: `${option?.label ?? 'answer'}:`, value: '', purpose: {kind: 'answer', ask: bar.id, key}}};
}

/** Chooses an option of the bar. */
export function chooseOption(world: World, bar: Bar, key: string): Step {
	if (isOwnBar(bar)) {
		return answerOwn(world, bar, key);
	}

	const option = bar.options.find(candidate => candidate.key === key);
	if (option?.wantsText === true) {
		return step(openAnswerField(world.view, bar, key), {kind: 'clear-feed'});
	}

	return asking(world.view, {type: 'answer', ask: bar.id, answer: {key}});
}

/** Leaves the bar: the safe answer, never a yes. */
function leaveBar(world: World, bar: Bar): Step {
	return isOwnBar(bar) ? step(closeOwnBar(world.view)) : asking(world.view, {type: 'answer', ask: bar.id, answer: {key: 'escape'}});
}

function scrollBar(world: World, delta: number): Step {
	const {view, rows} = world;
	const picture = barPicture(world, Math.max(3, Math.floor(rows * 0.6)));
	const isLong = picture.hidden > 0 || (view.bar?.scroll ?? 0) > 0;
	if (!isLong || view.bar === undefined) {
		return step(scrollRows(world, delta));
	}

	const scroll = Math.max(0, Math.min(picture.judged - 1, view.bar.scroll + delta));
	return step({...view, bar: {...view.bar, scroll}});
}

/** A key that is not a letter while the bar listens. Undefined: not the bar's. */
export function pressBar(world: World, key: Key): Step | undefined {
	const bar = barOf(world);
	if (bar === undefined) {
		return undefined;
	}

	const action = world.keymap.actionFor(['bar'], key);
	switch (action) {
		case 'bar.leave': {
			return leaveBar(world, bar);
		}

		case 'bar.prompt': {
			return step({...world.view, bar: world.view.bar && {...world.view.bar, isChosen: !world.view.bar.isChosen}});
		}

		case 'bar.scroll-up': {
			return scrollBar(world, -1);
		}

		case 'bar.scroll-down': {
			return scrollBar(world, 1);
		}

		default: {
			return undefined;
		}
	}
}
