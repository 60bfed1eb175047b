import {fill} from '../model/prompts.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {Conversation} from '../protocol/state.ts';
import {openConversation} from './open-conversation.ts';
import type {Services} from './services.ts';
import type {TurnMessage} from './take-turn.ts';

/** Characters of what is handed over; the documents are pinned anew, and files are a read away. */
const maxOpening = 30_000;
const maxSaid = 4000;
const maxFiles = 40;

/** Where a conversation goes on that had become too long; itself when it had not. */
export function newestOf({continuedIn}: Services, id: ConversationId): ConversationId {
	let newest = id;
	for (let next = continuedIn.get(newest); next !== undefined; next = continuedIn.get(newest)) {
		newest = next;
	}

	return newest;
}

/** The task as it was told at the beginning; nothing where that is what is sent again anyway. */
function openingOf({task, messages}: Conversation, message: TurnMessage): string {
	const [first] = messages;
	const texts = first?.content.flatMap(block => (block.type === 'text' ? [block.text] : [])) ?? [];
	return task === undefined || texts.includes(message.text) ? '' : texts.join('\n\n').slice(0, maxOpening);
}

/** The files that it asked to change. A call that failed may be among them: they are to be looked at, not believed. */
function touchedFiles({messages}: Conversation): readonly string[] {
	const calls = messages.flatMap(({content}) => content.flatMap(block => (block.type === 'tool_use' ? [block] : [])));
	const paths = calls
		.filter(({name}) => name === 'write' || name === 'edit')
		.flatMap(({input}) =>
			typeof input === 'object' && input !== null && 'path' in input && typeof input.path === 'string' ? [input.path] : [],
		);
	return [...new Set(paths)].slice(-maxFiles);
}

/**
 * A conversation that has become longer than the model can read goes on in a fresh one: the documents are pinned as they are on disk, and what
 * was said last is handed over with the message. It costs no request. Undefined where nothing would become shorter by that: the model
 * had not answered yet.
 */
export async function continueConversation(
	services: Services,
	id: ConversationId,
	message: TurnMessage,
): Promise<{readonly id: ConversationId; readonly message: TurnMessage} | undefined> {
	const old = services.store.state().conversations[id];
	if (old === undefined || !old.messages.some(({role}) => role === 'assistant')) {
		return undefined;
	}

	const {stage, route, task, items} = old;
	const fresh = await openConversation(services, {stage, route, ...(task !== undefined && {task})}, {isFresh: true});
	services.continuedIn.set(id, fresh.id);
	services.append({
		type: 'noticed',
		level: 'info',
		text: 'The conversation had become longer than the model can read: it goes on in a new one, with the spec pinned and its last words handed over',
	});
	const said = items.findLast(item => item.kind === 'agent');
	const files = touchedFiles(old);
	const text = fill(services.prompts.notices.continued ?? '', {
		opening: openingOf(old, message),
		said: said?.kind === 'agent' && said.text !== '' ? said.text.slice(-maxSaid) : 'nothing',
		files: files.length === 0 ? 'none' : files.map(file => `\`${file}\``).join(', '),
		asked: message.text,
	});
	return {id: fresh.id, message: {...message, text: text.replaceAll(/\n{3,}/g, '\n\n')}};
}
