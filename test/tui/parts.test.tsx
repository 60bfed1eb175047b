import {render} from 'ink-testing-library';
import {useState} from 'react';
import {afterEach, describe, expect, test} from 'vitest';
import {insertPaste, promptOf} from '../../source/tui/input/prompt-buffer.ts';
import {promptRows} from '../../source/tui/input/prompt-rows.ts';
import {OneLineField} from '../../source/tui/parts/one-line-field.tsx';
import {PromptView} from '../../source/tui/parts/prompt-view.tsx';
import {RowsView} from '../../source/tui/parts/rows-view.tsx';
import {ruleRow} from '../../source/tui/parts/rule-row.ts';
import type {Row} from '../../source/tui/rows/row.ts';

let mounted: ReturnType<typeof render> | undefined;
afterEach(() => mounted?.unmount());

function lines(): readonly string[] {
	return (mounted?.lastFrame() ?? '').split('\n');
}

describe('the parts of the picture', () => {
	test('a box of rows is exactly as large as it was told, whatever it is given', () => {
		const rows: readonly Row[] = [[{text: '宽'.repeat(40)}], [], [{text: 'x'.repeat(100)}], [{text: 'never mounted'}]];
		mounted = render(<RowsView lines={rows} columns={20} rows={3} theme="mono" />);
		expect(lines()).toEqual([`${'宽'.repeat(9)}…`, '', `${'x'.repeat(19)}…`]);
	});

	test('a prompt shows a long paste as a placeholder, and the rows around the cursor', () => {
		const draft = insertPaste(promptOf('look at '), 'line\n'.repeat(30));
		mounted = render(<PromptView picture={promptRows(draft, 40, 2)} columns={44} mark=">" hasFocus theme="mono" />);
		expect(lines().map(line => line.trimEnd())).toEqual([' > look at [pasted 30 lines]']);
	});

	test('a rule gives up its right words, or keeps them, and is never wider than its line', () => {
		const text = (keepsRight: boolean) =>
			ruleRow([{text: 'a title that is long'}], [{text: 'busy'}], {columns: 24, rule: '-', tone: 'muted', ellipsis: '~', keepsRight})
				.map(span => span.text)
				.join('');
		expect(text(false)).toBe('-- a title that is long ');
		expect(text(true)).toBe('-- a title th~ - busy --');
	});

	test('a field takes a burst, an emoji and Enter in one go', async () => {
		const submitted: string[] = [];
		function Field() {
			const [value, setValue] = useState('');
			return (
				<OneLineField label="why:" value={value} columns={60} theme="mono" onChange={setValue} onSubmit={text => submitted.push(text)} />
			);
		}

		mounted = render(<Field />);
		// One read for each, as the key feed gives them.
		for (const read of ['ok ', '👍🏽', 'done', '\r']) {
			mounted.stdin.write(read);
			await new Promise(resolve => setImmediate(resolve));
		}

		expect(submitted).toEqual(['ok 👍🏽done']);
	});
});
