import {describe, expect, it} from 'vitest';
import {rowText} from '../../../source/tui/rows/cut-row.ts';
import {diffRows} from '../../../source/tui/rows/diff-rows.ts';

const patch = `--- a/retry.ts
+++ b/retry.ts
@@ -1,4 +1,4 @@
 const a = 1;
-if (attempt <= policy.max) {
--- old
+if (attempt < policy.max) {
+-- new
 }
@@ -9 +9,2 @@
-x
+y
+z
\\ No newline at end of file
`;

describe('a diff', () => {
	it('has a sign before every line, also before those that look like headers', () => {
		expect(diffRows(patch, {columns: 80}).map(rowText)).toEqual([
			'@@ -1,4 +1,4 @@',
			'  const a = 1;',
			'- if (attempt <= policy.max) {',
			'- -- old',
			'+ if (attempt < policy.max) {',
			'+ -- new',
			'  }',
			'@@ -9 +9,2 @@',
			'- x',
			'+ y',
			'+ z',
			String.raw`\ No newline at end of file`,
		]);
	});

	it('in a card tells nothing but the changes, and where lines are left out between them', () => {
		expect(diffRows(patch, {columns: 80, isCard: true}).map(rowText)).toEqual([
			'  const a = 1;',
			'- if (attempt <= policy.max) {',
			'- -- old',
			'+ if (attempt < policy.max) {',
			'+ -- new',
			'  }',
			'…',
			'- x',
			'+ y',
			'+ z',
			String.raw`\ No newline at end of file`,
		]);
	});

	it('shows which words changed', () => {
		const changed = diffRows(patch, {columns: 80}).flatMap(row =>
			row.filter(span => span.isUnderlined === true).map(span => [span.tone, span.text]),
		);
		expect(changed).toEqual([
			['removed', '='],
			['removed', 'old'],
			['added', 'new'],
		]);
	});

	it('is cut at the edge, and shows controls as tokens', () => {
		expect(diffRows('@@ -1 +1 @@\n-a\x1b[2Jb\n+abcdefghijkl', {columns: 10}).map(rowText)).toEqual([
			'@@ -1 +1 …',
			String.raw`- a\x1b[2…`,
			'+ abcdefg…',
		]);
	});

	it('of ten thousand lines takes no time', () => {
		const many = `@@ -0,0 +1,10000 @@\n${'+line\n'.repeat(10_000)}`;
		expect(diffRows(many, {columns: 80}).length).toBe(10_001);
	});
});
