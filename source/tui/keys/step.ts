import type {Intent} from '../../protocol/intent.ts';
import type {Effect} from '../effect.ts';
import type {View} from '../view-state.ts';

/** What one key does: the view after it, and what it sets off outside. */
export type Step = {readonly view: View; readonly effects: readonly Effect[]};

export function step(view: View, ...effects: readonly Effect[]): Step {
	return {view, effects};
}

/** A step that asks the session for something. */
export function asking(view: View, intent: Intent): Step {
	return {view, effects: [{kind: 'send', intent}]};
}
