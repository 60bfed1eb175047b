import type {Intent} from '../protocol/intent.ts';
import type {Store} from '../protocol/store.ts';
import {UserError} from '../protocol/user-error.ts';
import {handle} from './handle/handle.ts';
import {sendLeftovers, sendPrepared} from './handle/send.ts';
import {openServices} from './open-services.ts';
import type {IntentOutcome, SessionOptions} from './services.ts';

export type Session = {
	readonly store: Store;
	/** Does what the intent asks and resolves when that work has ended. A failure a person can mend is also shown as a notice. */
	readonly send: (intent: Intent) => Promise<IntentOutcome>;
	/** Resolves when the checks of ticked tasks that run beside the work have ended. */
	readonly settled: () => Promise<void>;
	/** False while something of a conversation could not be written to its journal. */
	readonly isSaved: () => boolean;
	/** Stops what runs, closes watchers and journals. Safe to call twice. */
	readonly close: () => Promise<void>;
};

/** Opens a session on a workspace. Nothing of the repository runs, and none of its text leaves the machine, before it is trusted. */
export async function openSession(options: SessionOptions): Promise<Session> {
	const opened = await openServices(options);
	const {services} = opened;
	const send = async (intent: Intent): Promise<IntentOutcome> => {
		try {
			await handle(services, intent);
			await sendPrepared(services);
			await sendLeftovers(services);
			return {ok: true};
		} catch (error) {
			services.prepared = undefined;
			if (!(error instanceof UserError)) {
				throw error;
			}

			if (!services.told.has(error)) {
				services.append({type: 'noticed', level: 'error', text: error.message, nextStep: error.nextStep});
			}

			return {ok: false, error};
		}
	};

	return {store: services.store, send, settled: services.proofs.settled, isSaved: services.conversations.isSaved, close: opened.close};
}
