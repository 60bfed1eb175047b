import {type Bar, barOf, isBarListening} from '../bar.ts';
import {softKeys} from '../focus.ts';
import type {View} from '../view-state.ts';
import type {World} from '../world.ts';
import {toggleVibe} from './act-app.ts';
import {openApproval, toggleDiff} from './act-document.ts';
import {runAllTasks, startNextTask} from './act-tasks.ts';
import {chooseOption, closeOwnBar, openAnswerField} from './press-bar.ts';
import {typeText} from './press-prompt.ts';
import {type Step, step} from './step.ts';

type Held = NonNullable<NonNullable<View['burst']>['due']>;

// The step at hand and a bar take letters although no pane was entered, so a letter may as well begin a sentence. What is easily taken back
// acts at once; all else waits this long, and a letter that follows sooner makes text of both. So no letter is lost, and no task is started
// by the word "show".
const holdMs = 250;
const burstMs = 300;

/** Forgets what was taken for keys. */
export function spill(view: View): View {
	return {...view, burst: undefined};
}

function barThatListens(world: World): Bar | undefined {
	return isBarListening(world) ? barOf(world) : undefined;
}

/** Does what a letter of the next step means. */
export function doStep(world: World, letter: string): Step {
	switch (letter) {
		case 'a': {
			return openApproval(world, false);
		}

		case 'd': {
			return toggleDiff(world);
		}

		case 's': {
			return startNextTask(world);
		}

		case 'S': {
			return runAllTasks(world);
		}

		case 'v': {
			return toggleVibe(world);
		}

		default: {
			return step(world.view);
		}
	}
}

/** What a held letter was for is still there, or it was for nothing: a bar that came meanwhile is not answered by it. */
function perform(world: World, {key, bar: id}: Held): Step {
	const bar = barOf(world);
	if (id === undefined) {
		return softKeys(world).includes(key) ? doStep(world, key) : step(world.view);
	}

	return bar?.id === id ? chooseOption(world, bar, key) : step(world.view);
}

function toText(world: World, letters: string, isBurst: boolean): Step {
	const {view} = world;
	const bar = barThatListens(world);
	if (bar?.takesText === true) {
		const keys = [...letters].map(text => ({kind: 'feed', key: {kind: 'text', text, alt: false}}) as const);
		return step({...spill(view), ...openAnswerField(spill(view), bar, 'text')}, {kind: 'clear-feed'}, ...keys);
	}

	// A bar that a bare letter opened goes with the letter.
	const left = isBurst && bar?.kind === 'own-approval' ? closeOwnBar(view) : view;
	return step(typeText({...spill(left), diffOf: isBurst ? undefined : left.diffOf}, letters));
}

/** A letter that is a key only as long as no other letter follows at once. */
export function pressSoft(world: World, letter: string): Step {
	const {view, now} = world;
	const {burst} = view;
	const isQuick = burst !== undefined && (burst.due !== undefined || now - burst.at < burstMs);
	const letters = isQuick ? burst.text + letter : letter;
	const bar = barThatListens(world);
	const isKey = bar === undefined ? softKeys(world).includes(letter) : bar.options.some(option => option.key === letter);
	if (!isKey || (isQuick && burst.due !== undefined)) {
		return toText(world, letters, isQuick);
	}

	const isMild = bar === undefined && (letter === 'a' || letter === 'd');
	if (isMild && !isQuick) {
		const {view: after, effects} = doStep(world, letter);
		return step({...after, burst: {text: letter, at: now}}, ...effects);
	}

	return step({...view, burst: {text: letters, at: now, due: {key: letter, at: now + holdMs, ...(bar !== undefined && {bar: bar.id})}}});
}

/** Does what a held letter meant, when its time has come or when `isNow`. */
export function releaseHeld(world: World, isNow = false): Step {
	const {burst} = world.view;
	if (burst?.due === undefined || (!isNow && world.now < burst.due.at)) {
		return step(burst !== undefined && world.now - burst.at >= burstMs && burst.due === undefined ? spill(world.view) : world.view);
	}

	return perform({...world, view: spill(world.view)}, burst.due);
}
