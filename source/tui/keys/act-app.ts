import {stageIds} from '../../protocol/event.ts';
import {modes} from '../../protocol/permission.ts';
import {currentConversation} from '../../protocol/select.ts';
import {insertText, promptOf} from '../input/prompt-buffer.ts';
import {layoutOf, visiblePanes} from '../layout.ts';
import {numberedPanes, type PaneId} from '../pane-id.ts';
import {resting} from '../scroll.ts';
import {focusPane, focusPrompt, isWorking, type Popup, say, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {asking, type Step, step} from './step.ts';

/** The second Ctrl+C has this long. */
const exitMs = 2000;
/** A hasty Esc after a turn ended means that turn. */
const hastyMs = 500;

export function openPopup(view: View, popup: Popup): View {
	return {...view, popup, scrolls: {...view.scrolls, popup: resting}};
}

export function enterPane(world: World, pane: PaneId): Step {
	const {state, view, now} = world;
	const isThere = state.spec !== undefined || pane === 'chat' || pane === 'tests';
	return isThere ? step(focusPane(view, pane)) : step(say(view, 'No spec is open: choose one on home, or type an idea', now));
}

/** The pane after or before the one entered, in the order of their numbers; past the last one the prompt. */
export function neighbourPane(world: World, delta: 1 | -1): View {
	const layout = layoutOf(world);
	const visible = visiblePanes(layout).map(({pane}) => pane);
	const order = visible.length > 1 || world.state.spec === undefined ? visible : numberedPanes;
	const at = world.view.focus.kind === 'pane' ? order.indexOf(world.view.focus.pane) : delta === 1 ? -1 : order.length;
	const next = order[at + delta];
	return next === undefined ? focusPrompt(world.view) : focusPane(world.view, next);
}

export function nextMode(world: World): Step {
	const mode = modes[(modes.indexOf(world.state.mode) + 1) % modes.length] ?? 'ask';
	return asking(world.view, {type: 'set-mode', mode});
}

export function toggleVibe({state, view, now}: World): Step {
	if (state.spec === undefined) {
		return step(say(view, 'No spec is open: what you type is a free conversation already', now));
	}

	return asking(view, {type: 'enter-stage', stage: state.spec.stage === 'vibe' ? 'implement' : 'vibe'});
}

/** Begins a command: the slash stands in the prompt and the menu opens. */
export function beginCommand(view: View): View {
	return {...focusPrompt(view), popup: undefined, draft: promptOf('/'), menu: {index: 0, isClosed: false}};
}

export function chooseStage(world: World, letter: string): Step {
	const view: View = {...world.view, isChoosingStage: false};
	const stage = stageIds.find(id => id.startsWith(letter));
	if (stage === undefined) {
		return step(view);
	}

	return world.state.spec === undefined ? step(say(view, 'No spec is open', world.now)) : asking(view, {type: 'enter-stage', stage});
}

/** Ctrl+C: interrupts from anywhere; else clears what is written; on an empty prompt leaves at the second press. */
export function interruptOrExit(world: World): Step {
	const {state, view, now} = world;
	if (isWorking(state)) {
		return asking({...view, field: undefined, popup: undefined}, {type: 'interrupt'});
	}

	if (view.field !== undefined || view.popup !== undefined) {
		return step({...view, field: undefined, popup: undefined}, {kind: 'clear-feed'});
	}

	if (view.draft.text !== '') {
		return step({...view, draft: promptOf('')}, {kind: 'remember', text: view.draft.text});
	}

	return now < view.exitUntil
		? step(view, {kind: 'exit'})
		: step({...say(view, 'Press Ctrl+C again to leave', now), exitUntil: now + exitMs});
}

/** Esc in the prompt: interrupts what runs, else clears what is written. */
export function escapePrompt(world: World): Step {
	const {state, view, now} = world;
	// What runs now may have begun a moment after the last turn ended, and must stop all the same.
	if (isWorking(state)) {
		return asking(view, {type: 'interrupt'});
	}

	if (now - view.endedAt < hastyMs) {
		return step(view);
	}

	if (view.diffOf !== undefined) {
		return step({...view, diffOf: undefined});
	}

	return view.draft.text === ''
		? step({...view, solo: undefined, document: undefined})
		: step({...view, draft: promptOf('')}, {kind: 'remember', text: view.draft.text});
}

/** Takes the newest queued message back into the prompt. */
export function takeBack(world: World): Step {
	const queued = currentConversation(world.state)?.queued.at(-1);
	return queued === undefined
		? step(say(world.view, 'Nothing is queued', world.now))
		: asking({...world.view, draft: insertText(world.view.draft, queued)}, {type: 'take-back', text: queued});
}

export function toggleTasks(world: World): Step {
	const {view, state} = world;
	if (state.spec === undefined) {
		return enterPane(world, 'tasks');
	}

	const isShown = view.solo === 'tasks' || view.document === 'tasks';
	return step(
		isShown ? {...focusPrompt(view), solo: undefined, document: undefined} : {...view, solo: 'tasks', document: 'tasks', showsSide: true},
	);
}
