import {gateOf, nextStep} from '../protocol/next-step.ts';
import {barOf, isBarListening} from './bar.ts';
import type {KeyContext} from './input/keymap.ts';
import {isMenuOpen} from './menu.ts';
import type {PaneId} from './pane-id.ts';
import {isWorking, type View} from './view-state.ts';
import type {World} from './world.ts';

/** The keys of the next step that a person may press without entering a pane: nothing is at work, and nothing is being written. */
export function softKeys({state, view}: World): readonly string[] {
	const isIdle = !isWorking(state) && state.asks.length === 0;
	const isFree = view.focus.kind === 'prompt' && view.draft.text === '' && view.popup === undefined && view.field === undefined;
	return isIdle && isFree && state.spec !== undefined ? nextStep(state).keys.map(({key}) => key) : [];
}

/** The letters of the next step that act in a pane which has no key of its own for them. */
export function stepLetters({state, view}: World): readonly string[] {
	const isIdle = !isWorking(state) && state.asks.length === 0 && state.spec !== undefined;
	return isIdle && view.focus.kind === 'pane' && view.popup === undefined && view.field === undefined
		? nextStep(state).keys.map(({key}) => key)
		: [];
}

/** The pane that the next step belongs to; it looks entered, but every letter except the step's own goes to the prompt. */
export function softPane(world: World): PaneId | undefined {
	const {spec} = world.state;
	const keys = softKeys(world);
	if (spec === undefined || keys.length === 0) {
		return undefined;
	}

	return keys.includes('a') ? gateOf(spec) : 'tasks';
}

/** The pane that a person entered, or that the next step entered for them. */
export function focusedPane(world: World): PaneId | undefined {
	return world.view.focus.kind === 'pane' ? world.view.focus.pane : softPane(world);
}

/** What keys mean in the prompt. */
export function promptContexts(world: World): readonly KeyContext[] {
	if (isMenuOpen(world)) {
		return ['menu', 'prompt', 'app'];
	}

	return isWorking(world.state) ? ['running', 'prompt', 'app'] : ['prompt', 'app'];
}

/** Whether the diff of a task is open, whose lines take comments. */
export function isReviewing({state, view}: Pick<World, 'state' | 'view'>): boolean {
	return view.popup?.kind === 'diff' && state.diff?.task !== undefined;
}

function paneContexts(view: View, pane: PaneId): readonly KeyContext[] {
	if (pane === 'tests' && view.testsTab === 'matrix') {
		return ['matrix', 'pane', 'app'];
	}

	return pane === 'home' || pane === 'side' ? ['pane', 'app'] : [pane, 'pane', 'app'];
}

/** What keys mean now, the innermost first. */
export function contextsOf(world: World): readonly KeyContext[] {
	const {view} = world;
	if (view.field !== undefined) {
		return view.field.purpose.kind === 'history' ? ['history', 'field'] : ['field'];
	}

	if (view.isLeader) {
		return ['leader'];
	}

	if (view.popup !== undefined) {
		return isReviewing(world) ? ['review', 'popup', 'pane', 'app'] : ['popup', 'pane', 'app'];
	}

	if (barOf(world) !== undefined && isBarListening(world)) {
		return ['bar', 'app'];
	}

	return view.focus.kind === 'pane' ? paneContexts(view, view.focus.pane) : promptContexts(world);
}
