import type {Conversation} from '../protocol/state.ts';
import type {Tool} from '../protocol/tool.ts';
import {toolsFor} from '../tools/index.ts';
import {isShort} from './routes.ts';

/** The tools of a conversation: its stage's; on the short routes those that write all three documents. */
export function toolsOf(conversation: Conversation): readonly Tool[] {
	const {stage, route} = conversation;
	return toolsFor(stage === 'requirements' && isShort(route) ? route : stage);
}
