import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {rowText} from '../../../source/tui/rows/cut-row.ts';
import {loadHighlight} from '../../../source/tui/rows/highlight-rows.ts';
import {markdownRows} from '../../../source/tui/rows/markdown-rows.ts';
import {createBlockCache} from '../../../source/tui/rows/row-cache.ts';
import {glyphs} from './glyphs.ts';

const lines = (text: string, columns = 40) => markdownRows(text, {columns, glyphs}).map(rowText);

const sample = `# Title & *more*

Some **bold** and \`code\`, a [link](https://example.org) and a line that is longer than the pane.

- one
- two
  - nested
1. first

   second paragraph
2. other

- [x] ticked
- [ ] open

> a quote
> of two lines

| Code | Meaning |
|------|:-------:|
| declined | hard **stop** |

\`\`\`ts
const answer = 42; // why
\`\`\`

<b>html</b> &lt;tag&gt;

---
`;

describe('Markdown', () => {
	it('shows every kind of block', () => {
		expect(lines(sample)).toEqual([
			'# Title & more',
			'',
			'Some bold and code, a link',
			'(https://example.org) and a line that is',
			'longer than the pane.',
			'',
			'• one',
			'• two',
			'  • nested',
			'',
			'1. first',
			'',
			'   second paragraph',
			'',
			'2. other',
			'',
			'• [x] ticked',
			'• [ ] open',
			'',
			'│ a quote of two lines',
			'',
			'| Code     |  Meaning  |',
			'|----------|-----------|',
			'| declined | hard stop |',
			'',
			'  const answer = 42; // why',
			'',
			'<b>html</b> <tag>',
			'',
			'─'.repeat(40),
		]);
	});

	it('shows a text that is still being written, at every length', () => {
		for (let length = 0; length <= sample.length; length++) {
			expect(() => lines(sample.slice(0, length))).not.toThrow();
		}

		expect(lines('text\n\n```ts\nconst a')).toEqual(['text', '', '  const a']);
	});

	it('makes a table narrower, and a list of it where there is no room', () => {
		const table = '| Code | Meaning |\n|---|---|\n| declined | a hard decline of the card |';
		expect(lines(table, 26)).toEqual([
			'| Code     | Meaning     |',
			'|----------|-------------|',
			'| declined | a hard      |',
			'|          | decline of  |',
			'|          | the card    |',
		]);
		expect(lines(table, 12)).toEqual(['Code:', '  declined', 'Meaning: a', '  hard', '  decline of', '  the card']);
	});

	it('is never wider than the pane', () => {
		const markdown = fc.array(fc.constantFrom(...sample.split('\n'), '  ', '    - deep', '>>> q', '漢字漢字漢字', 'x'.repeat(50)), {
			maxLength: 20,
		});
		fc.assert(
			fc.property(markdown, fc.integer({min: 1, max: 60}), (parts, columns) => {
				for (const line of lines(parts.join('\n'), columns)) {
					expect(stringWidth(line)).toBeLessThanOrEqual(columns);
				}
			}),
			{numRuns: 300},
		);
	});

	it('shows controls as tokens, those hidden in character references too', () => {
		expect(lines('a\x1b]52;c;eA==\x07b &#27;[2J &#x202e;x')).toEqual([String.raw`a\x1b]52;c;eA==\ab \x1b[2J <U+202E>x`]);
	});

	it('survives quotes and lists inside one another without end', () => {
		expect(lines('>'.repeat(5000)).length).toBeGreaterThan(0);
		expect(lines('- '.repeat(5000)).length).toBeGreaterThan(0);
	});

	it('makes only the open block anew while a text grows', () => {
		const made: string[] = [];
		const cache = createBlockCache();
		const blocks = {
			rowsOf: (key: string, make: Parameters<typeof cache.rowsOf>[1]) =>
				cache.rowsOf(key, () => {
					made.push(key);
					return make();
				}),
		};
		const text = 'one\n\ntwo\n\nthree';
		markdownRows(text, {columns: 40, glyphs, blocks});
		const first = made.length;
		markdownRows(`${text} more`, {columns: 40, glyphs, blocks});
		expect(made.length).toBe(first);
	});
});

describe('highlighted code', () => {
	it('has tones and the same text', async () => {
		const highlight = await loadHighlight();
		const code = 'const a: string = "<&>"; // why\nfunction f() {}';
		const rows = highlight(code, 'ts');
		expect(rows?.map(rowText).join('\n')).toBe(code);
		expect(rows?.[0]?.[0]).toEqual({text: 'const', tone: 'keyword'});
		expect(rows?.[0]?.at(-1)).toEqual({text: '// why', tone: 'comment'});
		expect(highlight(code, 'cobol')).toBeUndefined();
	});

	it.each(['ts', 'js', 'json', 'bash', 'python', 'go', 'rust', 'diff', 'markdown'])('%s keeps every character', async language => {
		const highlight = await loadHighlight();
		fc.assert(
			fc.property(
				fc.string({unit: fc.constantFrom(...'ab1 "\'`{}()<>&;#/*-+=$\n', 'fn ', 'if ', '&lt;', '</span>'), maxLength: 60}),
				code => {
					expect(highlight(code, language)?.map(rowText).join('\n')).toBe(code);
				},
			),
			{numRuns: 50},
		);
	});
});
