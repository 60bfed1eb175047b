import type {Event} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {ToolResultBlock, UserBlock, UserMessage} from '../protocol/message.ts';

type Answer = Extract<Event, {type: 'answer.finished'}>;

const lostResult = 'Interrupted: this call was not run, or its result was lost.';

/** The result that stands for one that never came. */
export function lostResultOf(call: string): ToolResultBlock {
	return {type: 'tool_result', tool_use_id: call, content: lostResult, is_error: true};
}

/** The ids of the calls in an answer. */
export function callsIn({message}: Pick<Answer, 'message'>): readonly string[] {
	return message.content.flatMap(block => (block.type === 'tool_use' ? [block.id] : []));
}

function repairMessage(message: UserMessage, open: readonly string[]): UserMessage {
	const answered = new Set<string>();
	const kept: UserBlock[] = [];
	for (const block of message.content) {
		const isOrphan = block.type === 'tool_result' && (!open.includes(block.tool_use_id) || answered.has(block.tool_use_id));
		if (!isOrphan) {
			kept.push(block);
		}

		if (block.type === 'tool_result') {
			answered.add(block.tool_use_id);
		}
	}

	const missing = open.filter(call => !answered.has(call)).map(lostResultOf);
	const content = [...missing, ...kept];
	return {
		role: 'user',
		content: content.length === 0 ? [{type: 'text', text: '[A message here could not be read from the journal.]'}] : content,
	};
}

/**
 * A journal that lost a record must still give a conversation that the service accepts: every call is answered once, right after it, no
 * answer stands without a call, and the person speaks first.
 */
export function repairHistory(conversation: ConversationId, events: readonly Event[]): readonly Event[] {
	const repaired: Event[] = [];
	let open: readonly string[] = [];
	let isPersonsTurn = true;
	const insert = () => {
		const message = repairMessage({role: 'user', content: []}, open);
		repaired.push({type: 'results.appended', conversation, message, shown: []});
	};

	for (const event of events) {
		if (event.type === 'message.sent' || event.type === 'results.appended') {
			repaired.push({...event, message: repairMessage(event.message, open)});
			open = [];
			isPersonsTurn = false;
		} else if (event.type === 'answer.finished' && event.message.content.length > 0) {
			if (open.length > 0 || isPersonsTurn) {
				insert();
			}

			repaired.push(event);
			open = callsIn(event);
			isPersonsTurn = open.length > 0;
		} else {
			repaired.push(event);
		}
	}

	return repaired;
}
