import type {Event} from './event.ts';
import {noUsage} from './message.ts';
import {reduceConversation} from './reduce-conversation.ts';
import {reduceSpec} from './reduce-spec.ts';
import {reduceTaskRun} from './reduce-task-run.ts';
import {reduceWorkspace} from './reduce-workspace.ts';
import type {State} from './state.ts';

export const initialState: State = {
	workspace: {root: '', name: '', hasGit: false, isEmpty: false, trust: 'asked', checksOff: []},
	specs: [],
	conversations: {},
	asks: [],
	stalledSeconds: 0,
	run: {queue: [], isPauseAsked: false, results: {}},
	tests: {baselines: {}, history: []},
	checkpoints: [],
	files: [],
	mode: 'auto-edit',
	usage: noUsage,
	costUsd: 0,
	isPriced: true,
	comments: [],
	notices: [],
	clock: 0,
};

/** The one fold: pure, total over events, never waiting. Each slice takes the events it knows and returns its state else. */
export function reduce(state: State, event: Event): State {
	const ticked: State = {...state, clock: state.clock + 1};
	if (event.type === 'conversation.restored') {
		// Only the conversation comes back: its cost was paid and its tests ran in an earlier session.
		const {conversations, clock} = event.events.reduce(reduce, ticked);
		return {...ticked, conversations, clock};
	}

	return reduceTaskRun(reduceConversation(reduceSpec(reduceWorkspace(ticked, event), event), event), event);
}
