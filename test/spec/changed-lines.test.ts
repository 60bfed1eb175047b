import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {changedLines, unifiedDiff} from '../../source/spec/changed-lines.ts';

describe('changes between two texts', () => {
	test('are the lines that are new or different, not those that moved down', () => {
		expect(changedLines('a\nb\nc\n', 'a\nnew\nb\nC\n')).toEqual([2, 4]);
		expect(changedLines('a\nb\n', 'a\n')).toEqual([]);
		expect(changedLines('', 'a\nb')).toEqual([1, 2]);
		expect(changedLines('a\nb\n', 'a\r\nb')).toEqual([]);
	});

	test('are told as a unified diff, empty for equal texts', () => {
		expect(unifiedDiff('a.md', 'a\nb\n', 'a\nB\n')).toBe('--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n+B\n');
		expect(unifiedDiff('a.md', 'a', 'a')).toBe('');
		expect(unifiedDiff('a.md', 'a\n', 'a\r\n')).toContain('+a\r');
	});

	test('every line that is not listed stands in the text before', () => {
		const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), {maxLength: 12}).map(lines => lines.join('\n'));
		fc.assert(
			fc.property(text, text, (before, after) => {
				const changed = new Set(changedLines(before, after));
				const kept = after.split('\n').filter((line, index) => !changed.has(index + 1) && line !== '');
				const rest = before.split('\n');
				// The kept lines are a subsequence of the lines before.
				return kept.every(line => {
					const at = rest.indexOf(line);
					rest.splice(0, at + 1);
					return at !== -1;
				});
			}),
		);
	});

	test('large texts that repeat themselves are still told at once, if more coarsely', () => {
		const before = 'x\ny\n'.repeat(15_000);
		const after = 'y\nz\nx\n'.repeat(12_000);
		const start = performance.now();
		expect(changedLines(before, after).length).toBeGreaterThan(0);
		const diff = unifiedDiff('a', `same\n${before}end\n`, `same\n${after}end\n`);
		expect(performance.now() - start).toBeLessThan(5000);
		expect(diff.startsWith('--- a/a\n+++ b/a\n@@ -1,30002 +1,36002 @@\n same\n')).toBe(true);
	});
});
