import {conversationFor} from '../open-conversation.ts';
import type {Services} from '../services.ts';
import {takeVibeTurn} from '../vibe.ts';
import {withWork} from '../with-work.ts';
import {requireModel, requireTrust} from './require.ts';

/** A free conversation without a spec; code that it changes is tested like any other. */
export async function chat(services: Services, text: string): Promise<void> {
	requireTrust(services);
	requireModel(services);
	await withWork(services, 'Chat', async work => {
		const conversation = await conversationFor(services, {stage: 'vibe', route: 'feature'});
		work.conversation = conversation.id;
		const {error} = await takeVibeTurn(services, conversation.id, {text, shown: text}, work);
		if (error !== undefined) {
			throw error;
		}
	});
}
