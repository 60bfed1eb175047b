import {UserError} from '../../protocol/user-error.ts';
import {restoreConversation} from '../restore.ts';
import type {Services} from '../services.ts';
import {openSpec} from './open-spec.ts';

/** Opens the spec and the conversation that were used last in this folder, as they were left. */
export async function continueNewest(services: Services): Promise<void> {
	const newest = (await services.conversations.list()).at(-1);
	if (newest === undefined) {
		throw new UserError('There is no earlier conversation in this folder', {nextStep: 'Type an idea to begin one', exitCode: 2});
	}

	if (newest.spec !== undefined) {
		await openSpec(services, newest.spec);
	}

	if (await restoreConversation(services, newest.id)) {
		services.append({type: 'conversation.entered', conversation: newest.id});
	}
}
