import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {
	type EditAction,
	editPrompt,
	emptyPrompt,
	expandPrompt,
	insertPaste,
	insertText,
	isEditAction,
	type PromptBuffer,
	promptOf,
} from '../../../source/tui/input/prompt-buffer.ts';
import {moveDown, moveUp, promptRows} from '../../../source/tui/input/prompt-rows.ts';
import {rowText} from '../../../source/tui/rows/cut-row.ts';

/** A prompt written with `|` where the cursor is. */
function prompt(marked: string): PromptBuffer {
	const cursor = marked.indexOf('|');
	return {...emptyPrompt, text: marked.replace('|', ''), cursor};
}

const shown = ({text, cursor}: PromptBuffer): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const edited = (marked: string, ...actions: readonly EditAction[]): string =>
	shown(actions.reduce((buffer, action) => editPrompt(buffer, action), prompt(marked)));

describe('editing', () => {
	it('moves and deletes by what a person sees as a character', () => {
		expect(edited('a👩‍👩‍👧e\u0301|', 'edit.backspace')).toBe('a👩‍👩‍👧|');
		expect(edited('a👩‍👩‍👧|b', 'edit.backspace')).toBe('a|b');
		expect(edited('|🇩🇪b', 'edit.delete')).toBe('|b');
		expect(edited('a🇩🇪|', 'edit.left', 'edit.left', 'edit.left')).toBe('|a🇩🇪');
		expect(edited('|漢b', 'edit.right')).toBe('漢|b');
	});

	it('knows words and lines as readline does', () => {
		expect(edited('one two.three|', 'edit.word-left')).toBe('one two.|three');
		expect(edited('one  two|', 'edit.word-left', 'edit.word-left')).toBe('|one  two');
		expect(edited('|  one two', 'edit.word-right')).toBe('  one| two');
		expect(edited('a\nbcd|ef\ng', 'edit.line-start')).toBe('a\n|bcdef\ng');
		expect(edited('a\nbcd|ef\ng', 'edit.line-end')).toBe('a\nbcdef|\ng');
	});

	it('cuts and puts back', () => {
		expect(edited('one two|', 'edit.delete-word-left', 'edit.line-start', 'edit.yank')).toBe('two|one ');
		expect(edited('one| two\nthree', 'edit.kill-to-end', 'edit.kill-to-end')).toBe('one|three');
		expect(edited('a\none t|wo', 'edit.kill-to-start')).toBe('a\n|wo');
		expect(edited('|one two', 'edit.delete-word-right', 'edit.delete-word-right')).toBe('|');
		expect(edited('one|', 'edit.delete-word-left', 'edit.kill-to-end', 'edit.yank')).toBe('one|');
	});

	it('joins an accent that comes late to the letter before it', () => {
		expect(shown(editPrompt(insertText(prompt('e|x'), '\u0301'), 'edit.left'))).toBe('|e\u0301x');
	});

	it('never leaves the text or cuts a character, whatever is done', () => {
		const actions = [
			'edit.left',
			'edit.right',
			'edit.word-left',
			'edit.word-right',
			'edit.backspace',
			'edit.delete',
			'edit.delete-word-left',
			'edit.kill-to-end',
			'edit.kill-to-start',
			'edit.yank',
			'edit.line-start',
			'edit.line-end',
			'prompt.newline',
		].filter(isEditAction);
		const step = fc.oneof(
			fc.constantFrom(...actions),
			fc.constantFrom('up' as const, 'down' as const),
			fc.string({unit: 'grapheme', maxLength: 3}).map(text => ({text})),
			fc.constantFrom({paste: 'x\n'.repeat(20)}, {paste: 'y'}),
		);
		fc.assert(
			fc.property(fc.array(step, {maxLength: 40}), fc.integer({min: 1, max: 12}), (steps, columns) => {
				let buffer = emptyPrompt;
				for (const each of steps) {
					if (each === 'up' || each === 'down') {
						const move = each === 'up' ? moveUp(buffer, columns) : moveDown(buffer, columns);
						buffer = move.kind === 'moved' ? move.buffer : buffer;
					} else if (typeof each === 'string') {
						buffer = editPrompt(buffer, each);
					} else {
						buffer = 'paste' in each ? insertPaste(buffer, each.paste) : insertText(buffer, each.text);
					}

					expect(buffer.cursor).toBeGreaterThanOrEqual(0);
					expect(buffer.cursor).toBeLessThanOrEqual(buffer.text.length);
					expect(buffer.text.isWellFormed()).toBe(true);
					expect(buffer.text.slice(0, buffer.cursor).isWellFormed()).toBe(true);
					const view = promptRows(buffer, columns, 3);
					expect(view.rows.length).toBeLessThanOrEqual(3);
					expect(view.cursor.row).toBeLessThan(view.rows.length);
					expect(view.cursor.column).toBeLessThan(columns);
					for (const row of view.rows) {
						expect(stringWidth(rowText(row))).toBeLessThanOrEqual(columns);
					}
				}
			}),
			{numRuns: 300},
		);
	});
});

describe('a large paste', () => {
	const long = Array.from({length: 42}, (_, line) => `line ${line}`).join('\n');

	it('is a placeholder on screen and whole when sent', () => {
		const buffer = insertText(insertPaste(prompt('see |'), long), ' please');
		expect(buffer.text).toBe('see [pasted 42 lines] please');
		expect(expandPrompt(buffer)).toBe(`see ${long} please`);
	});

	it('of one long line is counted in characters; a small one is text', () => {
		expect(insertPaste(emptyPrompt, 'x'.repeat(1001)).text).toBe('[pasted 1001 characters]');
		expect(insertPaste(emptyPrompt, 'x'.repeat(1000)).text).toBe('x'.repeat(1000));
		expect(insertPaste(emptyPrompt, 'a\nb\n').text).toBe('a\nb\n');
	});

	it('is told apart from another one of the same size', () => {
		const other = long.replaceAll('line', 'row');
		const buffer = insertPaste(insertPaste(emptyPrompt, long), other);
		expect(buffer.text).toBe('[pasted 42 lines][pasted 42 lines #2]');
		expect(expandPrompt(buffer)).toBe(long + other);
	});

	it('is one character for the cursor', () => {
		const buffer = insertPaste(prompt('a|b'), long);
		expect(editPrompt(buffer, 'edit.backspace').text).toBe('ab');
		expect(shown(editPrompt(buffer, 'edit.left'))).toBe('a|[pasted 42 lines]b');
		expect(shown(editPrompt(buffer, 'edit.word-left'))).toBe('|a[pasted 42 lines]b');
	});
});

describe('rows of the prompt', () => {
	const view = (marked: string, columns: number, maxRows = 10) => {
		const {rows, cursor} = promptRows(prompt(marked), columns, maxRows);
		return {rows: rows.map(rowText), cursor: [cursor.row, cursor.column]};
	};

	it('break at the edge, and a full row moves the cursor to the next one', () => {
		expect(view('abcdef|', 4)).toEqual({rows: ['abcd', 'ef'], cursor: [1, 2]});
		expect(view('abcd|', 4)).toEqual({rows: ['abcd', ''], cursor: [1, 0]});
		expect(view('ab漢|字', 3)).toEqual({rows: ['ab', '漢', '字'], cursor: [2, 0]});
		expect(view('a\n|b', 4)).toEqual({rows: ['a', 'b'], cursor: [1, 0]});
	});

	it('show what is around the cursor when there are too many', () => {
		expect(view('1\n2\n3\n4\n5|', 4, 2)).toEqual({rows: ['4', '5'], cursor: [1, 1]});
		expect(view('1|\n2\n3\n4\n5', 4, 2)).toEqual({rows: ['1', '2'], cursor: [0, 1]});
	});

	it('show what controls a terminal as a token', () => {
		expect(view('a\u202eb|', 20).rows).toEqual(['a<U+202E>b']);
		expect(view('\tx|', 20)).toEqual({rows: ['    x'], cursor: [0, 5]});
	});

	it('are walked up and down, and tell when history comes', () => {
		const moved = (marked: string, move: typeof moveUp) => {
			const result = move(prompt(marked), 10);
			return result.kind === 'moved' ? shown(result.buffer) : result.kind;
		};
		expect(moved('abcd\nef|', moveUp)).toBe('ab|cd\nef');
		expect(moved('ab\ncdef|', moveUp)).toBe('ab|\ncdef');
		expect(moved('ab|\ncdef', moveDown)).toBe('ab\ncd|ef');
		expect(moved('abcdefghijkl|', moveUp)).toBe('ab|cdefghijkl');
		expect(moved('ab|c', moveUp)).toBe('edge');
		expect(moved('a\nb|', moveDown)).toBe('edge');
	});
});

describe('the prompt', () => {
	it('holds a recalled text with the cursor behind it', () => {
		expect(shown(promptOf('two\nlines'))).toBe('two\nlines|');
	});
});
