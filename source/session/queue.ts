import type {ConversationId} from '../protocol/ids.ts';
import type {State} from '../protocol/state.ts';
import type {Services} from './services.ts';

/** A turn that only carries what a person sent meanwhile. */
export const queuedMessage = {text: ''} as const;

/** Whether something a person sent waits for the next turn of this conversation. */
export function hasQueued({conversations}: State, id: ConversationId): boolean {
	return (conversations[id]?.queued.length ?? 0) > 0;
}

/** Takes everything that waits anywhere: what was sent while a task ran belongs to whatever the agent does next. */
export function takeAllQueued(services: Services): readonly string[] {
	const waiting = Object.values(services.store.state().conversations).filter(({queued}) => queued.length > 0);
	for (const {id} of waiting) {
		services.append({type: 'queue.taken', conversation: id});
	}

	return waiting.flatMap(({queued}) => queued);
}

/** Whether anything waits although no work is left that would take it along. */
export function hasLeftovers(services: Services): boolean {
	return services.work === undefined && Object.values(services.store.state().conversations).some(({queued}) => queued.length > 0);
}

/** Gives a queued message back to the person, wherever it waits. */
export function takeBack(services: Services, text: string): void {
	const waiting = Object.values(services.store.state().conversations).findLast(({queued}) => queued.includes(text));
	if (waiting !== undefined) {
		services.append({type: 'message.taken-back', conversation: waiting.id, text});
	}
}
