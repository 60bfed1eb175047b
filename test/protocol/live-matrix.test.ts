import {expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {liveMatrix} from '../../source/protocol/live-matrix.ts';
import {createStore} from '../../source/protocol/store.ts';
import {evidenced} from '../scenes/matrix.ts';
import * as story from '../scenes/story.ts';

function storeOf(events: readonly Event[]) {
	const store = createStore();
	for (const event of events) {
		store.append(event);
	}

	return store;
}

test('every kind of criterion is told from the live state', () => {
	const {rows} = liveMatrix(storeOf(evidenced).state());
	expect(rows.map(({criterion, grade, lastResult, isFlaky}) => [criterion, grade, lastResult, isFlaky])).toEqual([
		['1.1', 'passing', 'passed', false],
		['1.2', 'unproven', 'passed', false],
		['1.3', 'red', 'failed', false],
		['2.1', 'passing', 'flaky', true],
		['2.2', 'proven', 'passed', false],
		['2.3', 'unproven', 'unknown', false],
	]);
	expect(rows.flatMap(({criterion, unprovenSince}) => (unprovenSince === undefined ? [] : [criterion]))).toEqual(['1.2']);
});

test('it is derived again only when something that it is told from changed', () => {
	const store = storeOf(evidenced);
	const before = liveMatrix(store.state());
	store.append(story.conversing('implement', {id: 't1'}));
	store.append(story.wrote('words, and more words', 't1'));
	store.append({type: 'tests.started', command: 'npm test', scope: 'all', reason: 'asked', at: 1});
	store.append({type: 'tests.progressed', text: 'a line'});
	expect(liveMatrix(store.state())).toBe(before);
	store.append({type: 'evidence.read', links: [], changedFiles: {}});
	expect(liveMatrix(store.state()).rows[1]).toMatchObject({grade: 'proven', changedFiles: []});
});

test('without a spec there is none', () => {
	expect(liveMatrix(storeOf(story.opened()).state()).rows).toEqual([]);
});
