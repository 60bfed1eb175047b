import type {Event} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {UserBlock} from '../protocol/message.ts';
import type {Conversation} from '../protocol/state.ts';
import {callsIn, lostResultOf, repairHistory} from './repair-history.ts';
import type {Services} from './services.ts';

/** The words of an answer were momentary; on replay they are told once more from the stored message. */
function withText(event: Event): readonly Event[] {
	if (event.type !== 'answer.finished') {
		return [event];
	}

	const {conversation} = event;
	const texts = event.message.content.flatMap((block): readonly Event[] => {
		switch (block.type) {
			case 'text': {
				return [{type: 'text.streamed', conversation, delta: block.text}];
			}

			case 'thinking': {
				return block.thinking === '' ? [] : [{type: 'thinking.streamed', conversation, delta: block.thinking}];
			}

			default: {
				return [];
			}
		}
	});
	return [...texts, event];
}

/** Answers for tool calls that were never answered, because the program ended in between. */
export function unansweredCalls(conversation: Conversation): readonly UserBlock[] {
	const last = conversation.messages.at(-1);
	return last?.role === 'assistant' ? callsIn({message: last}).map(lostResultOf) : [];
}

function repair(services: Services, id: ConversationId, at: number) {
	const conversation = services.store.state().conversations[id];
	if (conversation === undefined) {
		return;
	}

	const content = unansweredCalls(conversation);
	if (content.length > 0) {
		services.append({type: 'results.appended', conversation: id, message: {role: 'user', content}, shown: []});
	}

	if (services.store.state().conversations[id]?.turn.isRunning === true) {
		services.append({
			type: 'turn.finished',
			conversation: id,
			outcome: 'interrupted',
			at,
			message: 'Interrupted: the program ended in the middle of this turn',
			nextStep: 'Send a message to go on',
		});
	}
}

/** Reads stored conversations into the state, the way they were, and ends what was running when the program stopped. */
export async function restoreConversation(services: Services, id: ConversationId): Promise<boolean> {
	if (services.store.state().conversations[id] !== undefined) {
		return true;
	}

	if (!(await services.conversations.claim(id))) {
		services.append({
			type: 'noticed',
			level: 'info',
			text: 'Another kiro-tui works in the conversation that belongs here, so a new one begins',
		});
		return false;
	}

	const {events, problems} = await services.conversations.read(id);
	if (events[0]?.type !== 'conversation.opened') {
		return false;
	}

	const told = repairHistory(id, events)
		.flatMap(withText)
		.filter(event => event.type !== 'task.started' && event.type !== 'tests.finished');
	services.append({type: 'conversation.restored', conversation: id, events: told});
	repair(services, id, services.options.now());
	for (const problem of problems) {
		services.append({type: 'noticed', level: 'warning', text: problem});
	}

	return true;
}
