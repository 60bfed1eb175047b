import type {Event} from './event.ts';
import {initialState, reduce} from './reduce.ts';
import type {State} from './state.ts';

export type Store = {
	readonly state: () => State;
	readonly append: (event: Event) => void;
	/** Called after each event; returns how to stop. */
	readonly subscribe: (listener: (event: Event, state: State) => void) => () => void;
};

/** Folds events into one state and tells whoever listens. A listener that appends is served after the one at hand. */
export function createStore(): Store {
	let state = initialState;
	const listeners = new Set<(event: Event, state: State) => void>();
	const pending: Event[] = [];
	let isDelivering = false;

	const append = (event: Event) => {
		pending.push(event);
		if (isDelivering) {
			return;
		}

		isDelivering = true;
		try {
			for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
				state = reduce(state, next);
				for (const listener of [...listeners]) {
					listener(next, state);
				}
			}
		} finally {
			isDelivering = false;
		}
	};

	return {
		state: () => state,
		append,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
