import {describe, expect, it} from 'vitest';
import {historyOf, newerEntry, olderEntry, searchHistory, withEntry} from '../../../source/tui/input/history.ts';

describe('history', () => {
	it('goes back and forth and brings the draft back', () => {
		const first = olderEntry(historyOf(['one', 'two']), 'draft');
		expect(first?.text).toBe('two');
		const second = olderEntry(first!.history, 'two');
		expect(second?.text).toBe('one');
		expect(olderEntry(second!.history, 'one')).toBeUndefined();
		const back = newerEntry(second!.history);
		expect(back?.text).toBe('two');
		const draft = newerEntry(back!.history);
		expect(draft?.text).toBe('draft');
		expect(newerEntry(draft!.history)).toBeUndefined();
	});

	it('keeps neither blanks nor repeats', () => {
		expect(withEntry(['a'], 'a')).toEqual(['a']);
		expect(withEntry(['a'], '  \n')).toEqual(['a']);
		expect(withEntry(['a'], 'b')).toEqual(['a', 'b']);
	});

	it('finds the newest match and goes on from there; capitals count only when typed', () => {
		const entries = ['Fix the test', 'run tests', 'fix it'];
		expect(searchHistory(entries, 'fix')).toEqual({at: 2, text: 'fix it'});
		expect(searchHistory(entries, 'fix', 2)).toEqual({at: 0, text: 'Fix the test'});
		expect(searchHistory(entries, 'Fix')).toEqual({at: 0, text: 'Fix the test'});
		expect(searchHistory(entries, 'none')).toBeUndefined();
		expect(searchHistory(entries, '')).toBeUndefined();
	});
});
