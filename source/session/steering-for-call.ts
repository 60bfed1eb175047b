import type {ConversationId} from '../protocol/ids.ts';
import {loadSteering, steeringFor} from '../workspace/steering-folder.ts';
import type {CallToDecide} from './call-decision.ts';
import type {Services} from './services.ts';

const told = new WeakMap<Services, Map<ConversationId, Set<string>>>();

/** Steering of inclusion *fileMatch* whose pattern a call's file matches: told once a conversation, when the file is first touched. */
export async function steeringForCall(
	services: Services,
	conversation: ConversationId,
	{tool, input}: CallToDecide,
): Promise<readonly string[]> {
	const action = tool.action(input);
	if (action.kind !== 'read' && action.kind !== 'write') {
		return [];
	}

	const known = told.get(services) ?? new Map<ConversationId, Set<string>>();
	told.set(services, known);
	const already = known.get(conversation) ?? new Set<string>();
	known.set(conversation, already);
	const steering = await loadSteering(services.root, services.options.home);
	const fresh = steeringFor(steering, action.path).filter(file => !already.has(file.path));
	for (const file of fresh) {
		already.add(file.path);
	}

	return fresh.map(file => `<steering file="${file.path}">\n${file.body}\n</steering>`);
}
