import {contextsOf} from '../focus.ts';
import {searchHistory} from '../input/history.ts';
import type {Key} from '../input/key.ts';
import {namedKey} from '../input/key-codes.ts';
import {promptOf} from '../input/prompt-buffer.ts';
import {type Field, say, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {scrollToMatch} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

function closed(view: View): View {
	return {...view, field: undefined};
}

/** Esc, Ctrl+C: the field goes and nothing happens; what a history search had put into the prompt is taken back. */
function leaveField(view: View): Step {
	const purpose = view.field?.purpose;
	const left = closed(view);
	return step(purpose?.kind === 'history' ? {...left, draft: purpose.draft} : left, {kind: 'clear-feed'});
}

/** A key while a field is open. All but leaving goes to the field itself, in order, so that Enter never overtakes a letter. */
export function pressField(world: World, key: Key): Step {
	const action = world.keymap.actionFor(contextsOf(world), key);
	const isInterrupt = world.keymap.actionFor(['app'], key) === 'app.interrupt';
	if (action === 'field.leave' || isInterrupt) {
		return leaveField(world.view);
	}

	if (action === 'field.clear' && world.view.field !== undefined) {
		return step({...world.view, field: {...world.view.field, value: ''}}, {kind: 'clear-feed'});
	}

	if (action === 'history.again') {
		return searchOn(world);
	}

	return step(world.view, {kind: 'feed', key: action === 'field.take' ? namedKey('enter') : key});
}

/** The next older message that holds the words. */
function searchOn({view}: World): Step {
	const {field} = view;
	if (field?.purpose.kind !== 'history') {
		return step(view);
	}

	const found = searchHistory(view.history.entries, field.value, field.purpose.at);
	return found === undefined
		? step(view)
		: step({...view, draft: promptOf(found.text), field: {...field, purpose: {...field.purpose, at: found.at}}});
}

/** The field's text changed. */
export function changeField(world: World, value: string): Step {
	const {view} = world;
	if (view.field === undefined) {
		return step(view);
	}

	const {purpose} = view.field;
	if (purpose.kind !== 'history') {
		return step({...view, field: {...view.field, value}});
	}

	const found = searchHistory(view.history.entries, value);
	const {at: _, ...rest} = purpose;
	const field: Field = {...view.field, value, purpose: found === undefined ? rest : {...rest, at: found.at}};
	return step({...view, field, draft: promptOf(found?.text ?? '')});
}

function answer(view: View, purpose: Extract<Field['purpose'], {kind: 'answer'}>, text: string): Step {
	return asking(view, {type: 'answer', ask: purpose.ask, answer: {key: purpose.key, text}});
}

/** Enter in the field. */
export function submitField(world: World, value: string): Step {
	const {view, now} = world;
	const text = value.trim();
	const left = closed(view);
	const purpose = view.field?.purpose;
	switch (purpose?.kind) {
		case undefined: {
			return step(left);
		}

		case 'answer': {
			return text === '' && purpose.key === 'text' ? step(left) : answer(left, purpose, text);
		}

		case 'accept-reason': {
			return text === ''
				? step(say(left, 'A tick by hand needs a reason', now))
				: asking(left, {type: 'accept-task', task: purpose.task, reason: text});
		}

		case 'comment': {
			return asking(left, {type: 'comment-line', task: purpose.task, comment: {...purpose.on, text}});
		}

		case 'search': {
			if (text === '') {
				return step({...left, search: undefined});
			}

			const searching: View = {...left, search: {pane: purpose.pane, query: text}};
			return step(scrollToMatch({...world, view: searching}, text, 1, true) ?? say(searching, `"${text}" is not here`, now));
		}

		case 'history': {
			return step(left);
		}

		default: {
			return purpose satisfies never;
		}
	}
}
