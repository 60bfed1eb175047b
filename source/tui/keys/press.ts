import {barOf, isBarListening} from '../bar.ts';
import type {Effect} from '../effect.ts';
import {contextsOf, promptContexts, softKeys, stepLetters} from '../focus.ts';
import type {Key} from '../input/key.ts';
import {insertText} from '../input/prompt-buffer.ts';
import {mentionIn} from '../menu.ts';
import type {View} from '../view-state.ts';
import type {World} from '../world.ts';
import {act} from './act.ts';
import {chooseStage, interruptOrExit} from './act-app.ts';
import {chooseOption, closeOwnBar, openAnswerField, pressBar} from './press-bar.ts';
import {pressField} from './press-field.ts';
import {pasteText, pressPrompt, withDraft} from './press-prompt.ts';
import {scrollRows} from './scroll-pane.ts';
import {doStep, pressSoft, releaseHeld, spill} from './soft-keys.ts';
import {type Step, step} from './step.ts';

const wheelRows = 3;

function pressLeader(world: World, key: Key): Step {
	const view: View = {...world.view, isLeader: false};
	const action = world.keymap.actionFor(['leader'], key);
	return action === undefined ? step(view) : act({...world, view}, action);
}

function chosenBarLetter(world: World, letter: string): Step | undefined {
	const bar = barOf(world);
	if (bar === undefined || world.view.bar?.isChosen !== true || !isBarListening(world)) {
		return undefined;
	}

	if (bar.options.some(option => option.key === letter)) {
		return chooseOption(world, bar, letter);
	}

	return bar.takesText
		? step(openAnswerField(world.view, bar, 'text'), {kind: 'clear-feed'}, {kind: 'feed', key: {kind: 'text', text: letter, alt: false}})
		: step(world.view);
}

/** A letter: for a bar that was chosen, for a pane that was entered, for the step at hand, else for the prompt. */
function pressLetter(world: World, key: Extract<Key, {kind: 'text'}>): Step {
	const chosen = chosenBarLetter(world, key.text);
	if (chosen !== undefined) {
		return chosen;
	}

	const contexts = contextsOf(world);
	if (world.view.focus.kind === 'pane' || world.view.popup !== undefined) {
		const action = world.keymap.actionFor(contexts, key);
		const isStep = action === undefined && !key.alt && stepLetters(world).includes(key.text);
		return isStep ? doStep(world, key.text) : action === undefined ? step(world.view) : act(world, action);
	}

	const isSoft = isBarListening(world) || softKeys(world).includes(key.text) || world.view.burst !== undefined;
	if (isSoft && !key.alt) {
		return pressSoft(world, key.text);
	}

	return pressPrompt(world, key, world.keymap.actionFor(promptContexts(world), key));
}

function pressNamed(world: World, key: Key): Step {
	const {view, keymap} = world;
	if (keymap.actionFor(['app'], key) === 'app.interrupt') {
		return interruptOrExit(world);
	}

	// A popup covers the panes, not the bar below it; Esc and scrolling belong to what was opened last.
	const isBarFirst = (view.popup === undefined || barOf(world)?.kind === 'take-back') && isBarListening(world);
	const barred = isBarFirst ? pressBar(world, key) : undefined;
	if (barred !== undefined) {
		return barred;
	}

	const action = keymap.actionFor(contextsOf(world), key);
	const isTabToBar =
		action === 'pane.next' && key.kind === 'key' && key.name === 'tab' && barOf(world) !== undefined && view.bar !== undefined;
	if (isTabToBar && view.bar !== undefined) {
		return step({...view, bar: {...view.bar, isChosen: true}});
	}

	const isInPane = view.focus.kind === 'pane' || view.popup !== undefined;
	if (isInPane) {
		return action === undefined ? step(view) : act(world, action);
	}

	return pressPrompt(world, key, keymap.actionFor(promptContexts(world), key));
}

function pressTyped(world: World, key: Key): Step {
	const {view} = world;
	if (view.isLeader) {
		return pressLeader(world, key);
	}

	if (view.isChoosingStage) {
		return key.kind === 'text' ? chooseStage(world, key.text) : step({...view, isChoosingStage: false});
	}

	if (key.kind === 'text') {
		return pressLetter(world, key);
	}

	// What was held back as a possible word is a key after all when something else than a letter follows.
	const held = releaseHeld({...world, view: {...view}}, true);
	const after = pressNamed({...world, view: held.view}, key);
	return step(after.view, ...held.effects, ...after.effects);
}

function pasted(world: World, text: string): Step {
	const {view} = world;
	if (view.field !== undefined) {
		return step(view, {kind: 'feed', key: {kind: 'paste', text}});
	}

	const spilled = view.burst?.due === undefined ? view : withDraft(spill(closeOwnBar(view)), insertText(view.draft, view.burst.text));
	return step(pasteText({...spilled, isLeader: false, isChoosingStage: false, popup: undefined}, text));
}

/** What one key does. Pure: the same picture and key always do the same. */
export function press(world: World, key: Key): Step {
	const {view, effects} = pressAny(world, key);
	const isMention = mentionIn(view.draft) !== undefined && mentionIn(world.view.draft) === undefined;
	const looks: Effect = {kind: 'send', intent: {type: 'read-evidence'}};
	const isMatrixEntered = isInMatrix(view) && !isInMatrix(world.view);
	return step(view, ...effects, ...(isMention ? [{kind: 'list-files'} as const] : []), ...(isMatrixEntered ? [looks] : []));
}

/** Files change without a word to this program: whoever comes to look at the evidence sees it as it is now. */
function isInMatrix({focus, testsTab}: View): boolean {
	return testsTab === 'matrix' && focus.kind === 'pane' && focus.pane === 'tests';
}

function pressAny(world: World, key: Key): Step {
	const {view, now} = world;
	switch (key.kind) {
		case 'focus': {
			return step({...view, isWindowFocused: key.isFocused});
		}

		case 'wheel': {
			return step(scrollRows(world, key.direction === 'up' ? -wheelRows : wheelRows));
		}

		case 'paste': {
			const {view: after, effects} = pasted(world, key.text);
			return step({...after, typedAt: now}, ...effects);
		}

		case 'text':
		case 'key': {
			const {view: after, effects} = view.field === undefined ? pressTyped(world, key) : pressField(world, key);
			return step(after.draft === view.draft ? after : {...after, typedAt: now}, ...effects);
		}

		default: {
			return key satisfies never;
		}
	}
}
