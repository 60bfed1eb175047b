import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {cutRow, padRow, rowText, rowWidth, scrollRow, spreadRow} from '../../../source/tui/rows/cut-row.ts';
import type {Row} from '../../../source/tui/rows/row.ts';
import {wrapRow} from '../../../source/tui/rows/wrap-row.ts';

const wrap = (text: string, columns: number, indent = 0) => wrapRow([{text}], columns, {indent}).map(rowText);

const words = fc.string({
	unit: fc.oneof(
		fc.constantFrom(...'abc .,-/', '漢', '字', '😀', '👩‍👩‍👧', 'e\u0301', '🇩🇪', '\u0301', 'ｱ'),
		fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
	),
	maxLength: 60,
});
const rows: fc.Arbitrary<Row> = fc.array(
	fc.record({text: words, tone: fc.constantFrom('plain' as const, 'code' as const, 'bad' as const)}),
	{maxLength: 5},
);

describe('wrapping', () => {
	it('breaks between words and drops the spaces there', () => {
		expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
		expect(wrap('  indented text here', 12)).toEqual(['  indented', 'text here']);
		expect(wrap('', 10)).toEqual(['']);
	});

	it('cuts a word only when it is longer than a row', () => {
		expect(wrap('a abcdefghij b', 5)).toEqual(['a', 'abcde', 'fghij', 'b']);
	});

	it('breaks between wide characters and never through one', () => {
		expect(wrap('漢字漢字', 5)).toEqual(['漢字', '漢字']);
		expect(wrap('ab漢字', 4)).toEqual(['ab漢', '字']);
		expect(wrap('👩‍👩‍👧👩‍👩‍👧', 3)).toEqual(['👩‍👩‍👧', '👩‍👩‍👧']);
	});

	it('moves the further rows in', () => {
		expect(wrap('- one two three', 9, 2)).toEqual(['- one two', '  three']);
	});

	it('keeps the look of every character', () => {
		expect(wrapRow([{text: 'one '}, {text: 'two three', tone: 'code'}], 8)).toEqual([
			[{text: 'one '}, {text: 'two', tone: 'code'}],
			[{text: 'three', tone: 'code'}],
		]);
	});

	it('is never wider than the columns', () => {
		fc.assert(
			fc.property(rows, fc.integer({min: 1, max: 30}), fc.nat({max: 12}), (row, columns, indent) => {
				for (const wrapped of wrapRow(row, columns, {indent})) {
					expect(stringWidth(rowText(wrapped))).toBeLessThanOrEqual(columns);
				}
			}),
			{numRuns: 1000},
		);
	});

	it('loses nothing but spaces', () => {
		const dense = (text: string) => text.replaceAll(' ', '');
		fc.assert(
			fc.property(rows, fc.integer({min: 4, max: 30}), (row, columns) => {
				const wrapped = wrapRow(row, columns);
				expect(dense(wrapped.map(rowText).join(''))).toBe(dense(rowText(row)));
			}),
			{numRuns: 1000},
		);
	});
});

describe('cutting', () => {
	it('says that something was cut off', () => {
		expect(rowText(cutRow([{text: 'abcdef'}], 4))).toBe('abc…');
		expect(rowText(cutRow([{text: 'abcdef'}], 4, '...'))).toBe('a...');
		expect(rowText(cutRow([{text: '漢字漢字'}], 4))).toBe('漢…');
		expect(rowText(cutRow([{text: 'abcd'}], 4))).toBe('abcd');
	});

	it('fits any row, and padding fills it', () => {
		fc.assert(
			fc.property(rows, fc.nat({max: 30}), (row, columns) => {
				const cut = cutRow(row, columns);
				expect(rowWidth(cut)).toBeLessThanOrEqual(columns);
				expect(rowWidth(padRow(cut, columns))).toBe(columns);
			}),
		);
	});

	it('puts two texts at the two edges', () => {
		expect(rowText(spreadRow([{text: 'Read a.ts'}], [{text: '12 lines'}], 20))).toBe('Read a.ts   12 lines');
		expect(rowText(spreadRow([{text: 'Read a-long-name.ts'}], [{text: '12 lines'}], 20))).toBe('Read a-lo…  12 lines');
		expect(rowWidth(spreadRow([{text: 'left'}], [{text: 'right'}], 4))).toBeLessThanOrEqual(4);
	});

	it('scrolls sideways by columns', () => {
		expect(rowText(scrollRow([{text: 'abcdef'}], 2))).toBe('cdef');
		expect(rowText(scrollRow([{text: '漢字x'}], 1))).toBe(' 字x');
		expect(rowText(scrollRow([{text: 'ab'}], 5))).toBe('');
	});
});
