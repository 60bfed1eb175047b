import {expect, test} from 'vitest';
import {joinDeltas} from '../../source/agent/join-deltas.ts';
import type {ModelEvent} from '../../source/model/model.ts';
import {createQueue} from '../../source/model/queue.ts';
import type {CallId} from '../../source/protocol/ids.ts';
import {tell} from '../support/fake-model.ts';

const call = (json: string): ModelEvent => ({type: 'call', call: 'c1' as CallId, name: 'write', json});
const text = (delta: string): ModelEvent => ({type: 'text', delta});

async function* from(...events: readonly ModelEvent[]) {
	yield* events;
}

test('deltas that come together are one event; the order of blocks stays', async () => {
	const thinking: ModelEvent = {type: 'thinking', delta: 'hm'};
	expect(await tell(joinDeltas(from(thinking, thinking, text('a'), text('b'), call('{'), call('{"a"'), text('c')), 1000))).toEqual({
		events: [{type: 'thinking', delta: 'hmhm'}, text('ab'), call('{"a"'), text('c')],
	});
});

test('a delta is not held back when the stream pauses', async () => {
	const queue = createQueue<ModelEvent>();
	queue.push(text('a'));
	queue.push(text('b'));
	const joined = joinDeltas(queue, 5);
	expect(await joined.next()).toEqual({done: false, value: text('ab')});
	queue.end();
});

test('what arrived before a stream broke is told, then the error', async () => {
	const queue = createQueue<ModelEvent>();
	queue.push(text('last words'));
	queue.fail(new Error('broken'));
	expect(await tell(joinDeltas(queue, 1000))).toEqual({events: [text('last words')], error: new Error('broken')});
});
