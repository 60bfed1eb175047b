import {describe, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {createStore} from '../../source/protocol/store.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {announcementOf, announceSequence, clipboardSequence, windowTitle} from '../../source/tui/announce.ts';
import {noon} from '../scenes/stage.tsx';
import * as story from '../scenes/story.ts';

function stateAfter(...events: readonly Event[]) {
	const store = createStore();
	for (const event of events) {
		store.append(event);
	}

	return store.state();
}

describe('news for someone who looks elsewhere', () => {
	test('a task that ended, a question that waits, a long turn that is over; a short one is not news', () => {
		const before = stateAfter(...story.opened(), story.specOpened('design'), story.conversing('design'), story.started(60_000));
		const told = (event: Event) => announcementOf(event, before, before)?.body;
		expect(told(story.taskDone('1.1'))).toBe('Task 1.1: [1.2] passing');
		expect(told({type: 'asked', ask: {id: 'x', kind: 'question', title: 'Which?', lines: [], options: [], takesText: true}})).toBe(
			'Waiting for you: Which?',
		);
		expect(told({...story.ended(), at: noon} as Event)).toBe('The answer is there');
		expect(told({...story.ended(), at: noon - 55_000} as Event)).toBeUndefined();
	});

	test('no name of a task or a file ends the sequence it stands in', () => {
		const body = 'x\u0007\u001B]52;c;aGk=\u0007;y';
		const sequence = announceSequence({title: 'a;b', body}, false);
		expect(sequence.split('\u0007').length).toBe(4);
		expect(sequence.match(/\u001B/g)?.length).toBe(2);
		expect(announceSequence({title: 'a', body}, true)).toBe('\u0007');
		expect(clipboardSequence(body, false)).toBe(`\u001B]52;c;${Buffer.from(body).toString('base64')}\u0007`);
	});

	test('the title tells the spec, how far it is, and what runs', () => {
		const ready = story.ready({'1.1': 'x'});
		expect(windowTitle(stateAfter(...ready))).toBe('notify-when-done 1/5 - kiro-tui');
		const running: Event = {type: 'task.started', task: '1.2' as TaskId, title: 'x', at: noon};
		expect(windowTitle(stateAfter(...ready, running))).toBe('notify-when-done 1/5 * task 1.2 - kiro-tui');
	});
});
