import {describe, expect, test} from 'vitest';
import {type Content, plainRows} from '../../source/tui/content.ts';
import {resting, scrollAt, scrollBy, scrollTo, topOf} from '../../source/tui/scroll.ts';

/** Blocks of some rows each, named by their index. */
function blocks(sizes: readonly number[], rest: Content['rest']): Content {
	return {
		rows: sizes.flatMap((size, index) =>
			plainRows(
				Array.from({length: size}, () => []),
				`${index}`,
			).map(row => ({...row, target: `${index}`})),
		),
		rest,
	};
}

describe('scrolling', () => {
	test('a tail is followed until someone scrolls up, and again from the end', () => {
		const content = blocks([10, 10, 10], 'tail');
		expect(topOf(content, resting, 8)).toBe(22);
		const up = scrollBy(content, resting, 8, -5);
		const grown = blocks([10, 10, 10, 40], 'tail');
		expect(topOf(grown, up, 8)).toBe(17);
		expect(scrollBy(grown, up, 8, 1000)).toEqual(resting);
	});

	test('another width keeps the block that was at the top', () => {
		const narrow = blocks([10, 30, 10], 0);
		const there = scrollAt(narrow, 10, 8);
		expect(topOf(blocks([4, 12, 4], 0), there, 8)).toBe(4);
	});

	test('a place that is gone shows the end, and no place is past it', () => {
		const there = scrollAt(blocks([5, 5, 5], 0), 10, 4);
		expect(topOf(blocks([5], 0), there, 4)).toBe(1);
		expect(topOf(blocks([2], 0), there, 4)).toBe(0);
	});

	test('a chosen thing comes into sight with the least movement', () => {
		const content = blocks([2, 2, 2, 2, 2, 2], 0);
		expect(scrollTo(content, resting, 4, '1')).toEqual(resting);
		expect(topOf(content, scrollTo(content, resting, 4, '3'), 4)).toBe(4);
		expect(topOf(content, scrollTo(content, scrollAt(content, 8, 4), 4, '1'), 4)).toBe(2);
	});
});
