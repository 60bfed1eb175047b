import type {Route} from '../../source/protocol/event.ts';
import {eventsOf, resultsIn, send} from '../faults/stage.ts';
import {openTestSession as open, type TestSession} from './test-session.ts';

/** A session in which edits go unasked. */
export const openEditing: typeof open = ({options, ...rest} = {}) => open({...rest, options: {mode: 'auto-edit', ...options}});

/** What every call of a conversation was answered with, as the newest request tells it. */
export function results(opened: TestSession): readonly string[] {
	return resultsIn(opened.fake.requests.at(-1)?.body ?? {messages: []}).map(result => result.text);
}

/** How the turns so far ended, and what the person was told of it. */
export function ends(opened: TestSession) {
	return eventsOf(opened, 'turn.finished').map(({outcome, message, nextStep}) => ({outcome, message, nextStep}));
}

export const finished = {outcome: 'finished', message: undefined, nextStep: undefined};

/** One free turn; every reply of the script is asked for. */
export async function askFreely(opened: TestSession, ask = 'What is this?'): Promise<void> {
	await send(opened, {type: 'send', text: ask});
	opened.fake.assertDone();
}

/** Goes into the requirements stage of a new spec, whose turn takes the whole script. */
export async function startSpec(opened: TestSession, route: Route = 'feature'): Promise<void> {
	await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route});
	opened.fake.assertDone();
}
