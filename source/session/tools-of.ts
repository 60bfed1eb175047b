import type {Conversation} from '../protocol/state.ts';
import type {Tool} from '../protocol/tool.ts';
import {toolsFor} from '../tools/index.ts';

/** The tools of a conversation: its stage's; on the short routes those that write all three documents. */
export function toolsOf(conversation: Conversation): readonly Tool[] {
	const isShortRoute = conversation.stage === 'requirements' && conversation.route !== 'feature';
	return toolsFor(isShortRoute ? conversation.route : conversation.stage);
}
