import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hasHiddenCharacters, printable, visibleCommand} from '../../source/protocol/printable.ts';

const scraps = fc.constantFrom(
	'\u001B[31m',
	'\u001B[2J',
	'\u001B]52;c;aGk=\u0007',
	'\u001B]0;title\u001B\\',
	'\u001BP1$q\u001B\\',
	'\u009B31m',
	'\r\n',
	'\r',
	'\b',
	'\t',
	'\u202E',
	'\u200D',
	'\uFE0F',
	'👩',
	'❤',
	'🏽',
	'\u{E0041}',
	'\uD800',
	'\u2028',
	'\u00A0',
	'\n',
	'a',
);
const text = fc.array(fc.oneof(scraps, fc.string({unit: 'binary', maxLength: 4})), {maxLength: 30}).map(parts => parts.join(''));

/** Everything a terminal could obey or hide: only line ends, and the two joints of emoji, may be left of it. */
function isDangerous(value: string): boolean {
	return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(value.replace(/\n|\u200D|\uFE0F/gu, ''));
}

describe('what is printed', () => {
	test.each([
		['colours go', '\u001B[1;31mFAIL\u001B[0m', 'FAIL'],
		['a title, a link and a clipboard write stay visible', '\u001B]52;c;aGk=\u0007', String.raw`\x1b]52;c;aGk=\a`],
		['the cursor is not moved', '\u001B[2Ka\rb\bc', String.raw`\x1b[2Ka\rb\bc`],
		['8-bit sequences too', '\u009B2J\u0090q', String.raw`\x9b2J\x90q`],
		['line ends stay, tabs become spaces', 'a\r\n\tb\n', 'a\n    b\n'],
		['bidi, zero-width, tags and soft hyphens are named', 'a\u202Eb\u200Bc\u{E0041}d\u00AD', 'a<U+202E>b<U+200B>c<U+E0041>d<U+00AD>'],
		['half a character is named', 'a\uD83Db', 'a<U+D83D>b'],
		['emoji stay whole', '👩🏽\u200D💻 ❤\uFE0F', '👩🏽\u200D💻 ❤\uFE0F'],
		['a joint without an emoji is named', 'pass\u200Dword\uFE0F', 'pass<U+200D>word<U+FE0F>'],
		['every language stays', '要件 требование äöü', '要件 требование äöü'],
	])('%s', (_, given, expected) => {
		expect(printable(given)).toBe(expected);
	});

	test('holds nothing a terminal obeys, whatever came in, and does not change again', () => {
		fc.assert(
			fc.property(text, value => {
				const once = printable(value);
				return !isDangerous(once) && printable(once) === once;
			}),
			{numRuns: 2000},
		);
	});

	test('costs little for megabytes of escapes', () => {
		const start = performance.now();
		for (const piece of ['\u001B', '\u001B[', '\u001B[0;', '\u200D', '👩\u200D', '\uD800', '\r']) {
			printable(piece.repeat(1_000_000 / piece.length));
		}

		expect(performance.now() - start).toBeLessThan(10_000);
	});
});

describe('a command to be judged', () => {
	test.each([
		['tabs and carriage returns', 'ls\t-l\revil', String.raw`ls\t-l\revil`],
		['escapes, colours too', 'ls \u001B[8mevil\u001B[0m', String.raw`ls \x1b[8mevil\x1b[0m`],
		['spaces that are none', 'ls\u00A0-l\u3000x', 'ls<U+00A0>-l<U+3000>x'],
		['emoji joints', 'echo 👩\u200D💻', 'echo 👩<U+200D>💻'],
		['what pushes the rest out of sight', `ls${' '.repeat(5000)};evil`, 'ls<5000 spaces>;evil'],
		['the same with line ends', `ls${'\n'.repeat(500)}evil`, 'ls<500 line ends>\nevil'],
		['tags', 'ls\u{E0065}\u{E0076}', 'ls<U+E0065><U+E0076>'],
	])('shows %s', (_, given, expected) => {
		expect(visibleCommand(given)).toBe(expected);
		expect(hasHiddenCharacters(given)).toBe(true);
	});

	test('is left alone when it shows all there is', () => {
		for (const command of ['npm test', 'git commit -m "a\n\nb"', 'python <<EOF\n    print(1)\nEOF', 'grep 要件 a.md']) {
			expect(visibleCommand(command)).toBe(command);
			expect(hasHiddenCharacters(command)).toBe(false);
		}
	});
});
