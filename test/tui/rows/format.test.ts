import {expect, it} from 'vitest';
import {formatAge, formatDollars, formatDuration, formatTokens, readingMinutes} from '../../../source/tui/rows/format.ts';

it('says durations, dollars and tokens shortly', () => {
	expect([0, 400, 6100, 9960, 42_000, 59_700, 190_000, 3_720_000].map(formatDuration)).toEqual([
		'0.0s',
		'0.4s',
		'6.1s',
		'10s',
		'42s',
		'1m00s',
		'3m10s',
		'1h02m',
	]);
	expect([0, 0.001, 0.214, 12].map(formatDollars)).toEqual(['$0.00', '<$0.01', '$0.21', '$12.00']);
	expect([950, 1000, 12_400, 99_940, 99_960, 128_000, 999_700, 1_200_000].map(formatTokens)).toEqual([
		'950',
		'1k',
		'12.4k',
		'99.9k',
		'100k',
		'128k',
		'1M',
		'1.2M',
	]);
});

it('says in one unit how long ago something was', () => {
	const minute = 60_000;
	const ages = [-5, 59_000, 5 * minute, 59 * minute, 3 * 60 * minute, 25 * 60 * minute, 20 * 1440 * minute, 70 * 1440 * minute];
	expect(ages.map(formatAge)).toEqual(['now', 'now', '5 min', '59 min', '3 h', '1 d', '20 d', '10 w']);
});

it('counts the reading time of words and of Chinese or Japanese characters', () => {
	expect(readingMinutes('')).toBe(0);
	expect(readingMinutes('one two')).toBe(1);
	expect(readingMinutes('word '.repeat(450))).toBe(3);
	expect(readingMinutes('漢字。'.repeat(500))).toBe(3);
	expect(readingMinutes(`${'word '.repeat(100)}${'漢'.repeat(200)}`)).toBe(1);
});
