import type {Answer, Ask} from '../protocol/ask.ts';
import type {Store} from '../protocol/store.ts';
import type {Services, SessionOptions} from './services.ts';

/**
 * Makes the one way to put a choice to a person: an `asked` event, and a promise that an `answered` event settles. Where nobody is
 * there, `answerFor` answers at once, so a headless run never waits.
 */
export function createAsk(store: Store, options: SessionOptions): Services['ask'] {
	return async (draft, signal) => {
		const ask: Ask = {id: options.newId(), ...draft};
		const given = options.answerFor?.(ask, store.state());
		if (given !== undefined) {
			return given;
		}

		return new Promise<Answer>(resolve => {
			const stop = () => store.append({type: 'answered', ask: ask.id, answer: {key: 'escape'}});
			const unsubscribe = store.subscribe(event => {
				if (event.type === 'answered' && event.ask === ask.id) {
					unsubscribe();
					signal.removeEventListener('abort', stop);
					resolve(event.answer);
				}
			});
			signal.addEventListener('abort', stop);
			store.append({type: 'asked', ask});
			if (signal.aborted) {
				stop();
			}
		});
	};
}
