import {describe, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import type {CallId, ConversationId} from '../../source/protocol/ids.ts';
import {changeChat} from '../../source/protocol/reduce-chat.ts';
import type {ChatItem, Conversation} from '../../source/protocol/state.ts';

const conversation = 'c1' as ConversationId;
const streamed = (call: string, title: string, lines?: number): Event => ({
	type: 'call.streamed',
	conversation,
	call: call as CallId,
	name: call === 'end' ? 'end_turn' : 'write',
	title,
	...(lines !== undefined && {lines}),
});
const says = (delta: string): Event => ({type: 'text.streamed', conversation, delta});
const notice: Event = {type: 'noticed', level: 'info', text: 'Checked.'};

function chatOf(...events: readonly Event[]): readonly string[] {
	const empty = {items: [] as readonly ChatItem[]} as Conversation;
	const {items} = events.reduce((before, event, index) => changeChat(before, event, index), empty);
	return items.map(item => {
		switch (item.kind) {
			case 'call': {
				return `${item.name} ${item.title} ${item.status}${item.lines === undefined ? '' : ` ${item.lines}`}`;
			}

			case 'agent':
			case 'notice': {
				return item.text;
			}

			default: {
				return item.kind;
			}
		}
	});
}

describe('an answer that streams in', () => {
	test('tells of a call what has arrived of it, and that it waits when the next one begins', () => {
		const first = [streamed('a', ''), streamed('a', 'src/a.js'), streamed('a', 'src/a.js', 12)];
		expect(chatOf(...first)).toEqual(['write src/a.js streaming 12']);
		expect(chatOf(...first, streamed('b', 'src/b.js', 1))).toEqual(['write src/a.js queued 12', 'write src/b.js streaming 1']);
		expect(chatOf(...first, streamed('end', ''))).toEqual(['write src/a.js queued 12']);
	});

	test('is not cut by what comes from elsewhere', () => {
		expect(chatOf(says('One sen'), notice, says('tence.'))).toEqual(['Checked.', 'One sentence.']);
		expect(chatOf(streamed('a', 'src/a.js'), notice, streamed('a', 'src/a.js', 3))).toEqual(['Checked.', 'write src/a.js streaming 3']);
	});

	test('leaves no card of calls that never ran when it is asked again', () => {
		const again: Event = {type: 'answer.restarted', conversation, reason: 'Lost.'};
		expect(chatOf(streamed('a', 'src/a.js'), streamed('b', 'src/b.js'), again)).toEqual(['Lost.']);
	});
});
