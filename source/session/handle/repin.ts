import {currentConversation} from '../../protocol/select.ts';
import {openConversation} from '../open-conversation.ts';
import type {Services} from '../services.ts';
import {syncArtifacts} from '../sync-artifacts.ts';
import {requireIdle, requireSpec} from './require.ts';

/** Begins a new epoch: a fresh conversation with the spec pinned as it is on disk now. */
export async function repin(services: Services): Promise<void> {
	requireIdle(services);
	await syncArtifacts(services);
	const spec = requireSpec(services);
	const current = currentConversation(services.store.state());
	const kind = {stage: spec.stage, route: current?.route ?? 'feature', ...(current?.task !== undefined && {task: current.task})} as const;
	await openConversation(services, kind, {isFresh: true});
	services.append({type: 'noticed', level: 'info', text: 'New conversation: the spec is pinned as it is on disk'});
}
