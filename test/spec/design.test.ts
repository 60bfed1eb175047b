import {describe, expect, test} from 'vitest';
import {parseDesign} from '../../source/spec/design.ts';

describe('design.md', () => {
	test('properties carry what they validate; a later list of them adds none', () => {
		const text = [
			'## Correctness Properties',
			'### Property 1: Round trip',
			'*For any* text, it comes back.',
			'**Validates: Requirements 1.2, 3.4**',
			'### 属性 2：幂等',
			'**验证需求：1.1、1.3**',
			'## Testing Strategy',
			'1. **Property 1**: generate texts',
		].join('\n');
		expect(parseDesign(text).properties).toEqual([
			{number: '1', title: 'Round trip', line: 2, validates: ['1.2', '3.4']},
			{number: '2', title: '幂等', line: 5, validates: ['1.1', '1.3']},
		]);
	});

	test('existing files and symbols are mentioned, in the forms that say where a symbol is', () => {
		const text =
			'Today `src/store.ts` keeps them and `addTask()` in `src/list.ts` adds; see `src/app.ts#main` and `src/print.ts` (`line`), line `src/a.py:12`.';
		expect(parseDesign(text).mentions).toEqual([
			{path: 'src/store.ts'},
			{path: 'src/list.ts', symbol: 'addTask'},
			{path: 'src/app.ts', symbol: 'main'},
			{path: 'src/print.ts', symbol: 'line'},
			{path: 'src/a.py'},
		]);
	});

	test.each([
		['on its line', 'Create `src/notify.ts` for it'],
		['in the heading above', '## New files\n- `src/notify.ts`'],
		['in the label above a list', 'Files to add:\n\n- `src/notify.ts`'],
		['in the item it is nested in', '- New module\n  - `src/notify.ts`'],
		['in another language', '新增 `src/notify.ts`'],
		['elsewhere', 'Add `src/notify.ts`.\n\n`src/notify.ts` rings.'],
	])('what the design says is new, %s, is not held to what exists', (_, text) => {
		expect(parseDesign(text).mentions).toEqual([]);
	});

	test('a folder called new, code, patterns and addresses are no such words and no such files', () => {
		expect(
			parseDesign(
				'`src/new/list.ts` stays. `npm test`, `src/**/*.ts`, `https://x.y/a.ts`, `console.log`, `../a/b.ts`\n```\n`src/b.ts`\n```',
			).mentions,
		).toEqual([{path: 'src/new/list.ts'}]);
	});
});
