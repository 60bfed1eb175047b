import {expect, test} from 'vitest';
import {unifiedDiff} from '../../source/spec/changed-lines.ts';
import {hunksOf, withoutHunk} from '../../source/spec/patch-hunks.ts';

const lines = (count: number) => Array.from({length: count}, (_, index) => `line ${index + 1}`);
const before = `${lines(30).join('\n')}\n`;
const after = before.replace('line 3\n', 'line three\n').replace('line 25\n', '').replace('line 30\n', 'the end');

test('each line has its number: a removed one that of before, any other that of after', () => {
	const [first, second] = hunksOf(unifiedDiff('a', before, after));
	expect(first?.lines.filter(({sign}) => sign !== ' ')).toEqual([
		{sign: '-', text: 'line 3', line: 3, hasLineEnd: true},
		{sign: '+', text: 'line three', line: 3, hasLineEnd: true},
	]);
	expect(second?.lines.filter(({sign}) => sign !== ' ')).toEqual([
		{sign: '-', text: 'line 25', line: 25, hasLineEnd: true},
		{sign: '-', text: 'line 30', line: 30, hasLineEnd: true},
		{sign: '+', text: 'the end', line: 29, hasLineEnd: false},
	]);
});

test('a removed line that begins with dashes is no head', () => {
	const [hunk] = hunksOf(unifiedDiff('a', '-- one\n@@ -1 +1 @@\n', '++ two\n'));
	expect(hunk?.lines.map(({sign, text}) => `${sign} ${text}`)).toEqual(['- -- one', '- @@ -1 +1 @@', '+ ++ two']);
});

test.each([
	['a middle one', before, after],
	['a new file', '', 'one\ntwo\n'],
	['a file that was emptied', 'one\ntwo', ''],
	['Windows line ends', 'one\r\ntwo\r\n', 'one\r\n2\r\n'],
	['a line end that went', 'one\n', 'one'],
])('taking back every hunk, last first, gives the text before: %s', (_, old, fresh) => {
	const hunks = hunksOf(unifiedDiff('a', old, fresh)).toReversed();
	expect(hunks.reduce<string | undefined>((text, hunk) => withoutHunk(text ?? '', hunk), fresh)).toBe(old);
});

test('one hunk alone is taken back, also where it has moved to', () => {
	const [first] = hunksOf(unifiedDiff('a', before, after));
	const moved = `new\nnew\n${after}`;
	expect(first && withoutHunk(after, first)).toBe(after.replace('line three', 'line 3'));
	expect(first && withoutHunk(moved, first)).toBe(moved.replace('line three', 'line 3'));
});

test('a hunk that the text holds nowhere, or at two places that might be meant, is not taken back', () => {
	const [first] = hunksOf(unifiedDiff('a', before, after));
	const head = after.slice(0, after.indexOf('line 7'));
	expect(first && withoutHunk(before, first)).toBeUndefined();
	expect(first && withoutHunk(`x\n${head}${head}`, first)).toBeUndefined();
});
