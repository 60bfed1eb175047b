import type {Event} from '../protocol/event.ts';
import {approvalText} from '../protocol/select.ts';
import type {State} from '../protocol/state.ts';
import {barOf} from './bar.ts';
import {paneNames} from './pane-id.ts';
import {resting} from './scroll.ts';
import {focusPrompt, initialView, moveOn, say, type View} from './view-state.ts';

/** How long a notice stands in the hint line, in milliseconds: a refusal must be seen wherever the eye is. */
const noticeMs = 6000;

/** The first line is told in the hint line; a list (the costs, the context) is shown in the chat, where it stands. */
function noticed(view: View, {text, nextStep}: Extract<Event, {type: 'noticed'}>, now: number): View {
	const [first = '', ...more] = text.split('\n');
	const told: View = {...view, toast: {text: nextStep === undefined ? first : `${first}. ${nextStep}`, until: now + noticeMs}};
	return more.length > 0 ? {...told, solo: 'chat'} : told;
}

/** The same diff again, a hunk shorter, leaves whoever reads it where they are, as long as the file at the top is still in it. */
function withDiff(view: View, {task, files}: Extract<Event, {type: 'diff.shown'}>): View {
	const {popup: scroll = resting, ...scrolls} = view.scrolls;
	const isThere = scroll.kind === 'rest' || files.some(({path}) => path === scroll.block);
	if (view.popup?.kind === 'diff' && task !== undefined && view.popup.task === task && isThere) {
		return view;
	}

	const {popup: _, ...selected} = view.selected;
	return {...view, popup: {kind: 'diff', ...(task !== undefined && {task})}, selected, scrolls: {...scrolls, popup: resting}};
}

/** What a fact changes for the eye alone. */
export function viewAfter(view: View, event: Event, now: number): View {
	switch (event.type) {
		case 'turn.finished': {
			return {...moveOn(view), endedAt: now};
		}

		case 'task.finished': {
			return moveOn(view);
		}

		case 'stage.entered': {
			return moveOn({...view, scrolls: {...view.scrolls, chat: resting}});
		}

		case 'spec.opened':
		case 'spec.closed': {
			const {scrolls, selected, sideways, expanded} = initialView;
			return {...moveOn(focusPrompt(view)), scrolls, selected, sideways, expanded, search: undefined, popup: undefined};
		}

		case 'diff.shown': {
			return withDiff(view, event);
		}

		case 'artifact.changed': {
			// A new text is shown from where it begins to differ; whoever scrolled stays where they are.
			return view.diffOf === event.artifact && event.by === 'agent' ? {...view, diffOf: undefined} : view;
		}

		case 'noticed': {
			return noticed(view, event, now);
		}

		default: {
			return view;
		}
	}
}

/** An approval is for one text: when that text changed under it, the bar goes and says why. */
function withoutStaleApproval(view: View, state: State, now: number): View {
	const {approval} = view;
	if (approval === undefined) {
		return view;
	}

	const isSame = state.spec !== undefined && approvalText(state.spec, approval.stage) === approval.digest;
	return isSame ? view : say({...view, approval: undefined}, `${paneNames[approval.stage]} changed while you read it: read it again`, now);
}

/** Whoever leaves the diff leaves the question about its hunk. */
function withoutOrphanRevert(view: View): View {
	return view.confirmation?.kind === 'take-back' && view.popup?.kind !== 'diff' ? {...view, confirmation: undefined} : view;
}

function withoutOrphanField(view: View, state: State): View {
	const purpose = view.field?.purpose;
	const isOrphan = purpose?.kind === 'answer' && !state.asks.some(ask => ask.id === purpose.ask);
	return isOrphan ? {...view, field: undefined} : view;
}

/** Keeps the view true to the state: which bar is on screen and since when, and no field for a question that is gone. */
export function settleView(view: View, state: State, now: number): View {
	const kept = withoutOrphanField(withoutOrphanRevert(withoutStaleApproval(view, state, now)), state);
	const bar = barOf({state, view: kept});
	if (bar === undefined) {
		return kept.bar === undefined ? kept : {...kept, bar: undefined};
	}

	return kept.bar?.id === bar.id ? kept : {...kept, bar: {id: bar.id, shownAt: now, isChosen: false, scroll: 0}};
}
