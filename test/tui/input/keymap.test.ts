import {describe, expect, it} from 'vitest';
import {keyLabel, normalKeyName} from '../../../source/tui/input/key-names.ts';
import {createKeymap, defaultKeymap} from '../../../source/tui/input/keymap.ts';
import {createInputParser} from '../../../source/tui/input/parse-input.ts';
import {rowText} from '../../../source/tui/rows/cut-row.ts';

/** What the bytes of one key mean in some contexts. */
function meaning(bytes: string, ...contexts: Parameters<typeof defaultKeymap.actionFor>[0]) {
	const parser = createInputParser();
	const [key] = [...parser.push(bytes), ...parser.flush()];
	return defaultKeymap.actionFor(contexts, key!);
}

describe('the keymap', () => {
	it('has no key with two meanings in one context', () => {
		expect(createKeymap()).toMatchObject({kind: 'ready', warnings: []});
	});

	it('turns bytes into actions', () => {
		expect(meaning('\r', 'prompt', 'app')).toBe('prompt.send');
		expect(meaning('\n', 'prompt', 'app')).toBe('prompt.newline');
		expect(meaning('\x1b\r', 'prompt', 'app')).toBe('prompt.newline');
		expect(meaning('\x1b[13;2u', 'prompt', 'app')).toBe('prompt.newline');
		expect(meaning('\x18', 'design', 'pane', 'app')).toBe('app.leader');
		expect(meaning('\x18', 'leader')).toBe('app.commands');
		expect(meaning('\x1b3', 'prompt', 'app')).toBe('pane.focus.3');
		expect(meaning('\x1b[Z', 'tasks', 'pane', 'app')).toBe('mode.next');
		expect(meaning('\x1b', 'prompt', 'app')).toBe('prompt.escape');
		expect(meaning('\x1b', 'running', 'prompt', 'app')).toBe('turn.interrupt');
		expect(meaning(' ', 'chat', 'pane')).toBe('chat.expand');
	});

	it('lets no single letter act in the prompt', () => {
		for (let code = 0x20; code < 0x7f; code++) {
			expect(meaning(String.fromCharCode(code), 'running', 'prompt', 'app')).toBeUndefined();
		}
	});

	it('asks the innermost context first', () => {
		expect(meaning('}', 'chat', 'pane', 'app')).toBe('chat.next-message');
		expect(meaning('}', 'design', 'pane', 'app')).toBe('pane.next-heading');
		expect(meaning('s', 'tasks', 'pane', 'app')).toBe('task.start');
		expect(meaning('S', 'tasks', 'pane', 'app')).toBe('task.run-all');
	});

	it('never binds what the terminal or the multiplexer owns', () => {
		const taken = ['ctrl+s', 'ctrl+q', 'ctrl+\\', 'ctrl+]', 'ctrl+space', 'alt+[', 'alt+O', 'ctrl+i', 'ctrl+m', 'ctrl+['];
		const names = defaultKeymap.helpRows().map(rowText).join('\n');
		for (const key of taken) {
			expect(names).not.toContain(` ${keyLabel(key)},`);
			expect(names).not.toContain(` ${keyLabel(key)} `);
		}
	});

	it('takes a person’s keys, in their spelling', () => {
		const result = createKeymap({'artifact.approve': ['Ctrl+Alt+A', 'A'], 'history.search': [], 'leader:pane.zoom': ['Z']});
		expect(result.kind).toBe('ready');
		const keymap = result.kind === 'ready' ? result.keymap : defaultKeymap;
		expect(keymap.keysOf('artifact.approve', 'design')).toEqual(['Ctrl+Alt+A', 'A']);
		expect(keymap.keysOf('artifact.approve', 'leader')).toEqual(['a']);
		expect(keymap.keysOf('history.search')).toEqual([]);
		expect(keymap.hintsFor(['design', 'pane']).map(hint => hint.key)).toContain('Ctrl+Alt+A');
		expect(keymap.actionFor(['leader'], {kind: 'text', text: 'Z', alt: false})).toBe('pane.zoom');
	});

	it('refuses a clash inside one context and names both actions', () => {
		expect(createKeymap({'task.start': ['u'], 'no.such': ['x'], $schema: []})).toEqual({
			kind: 'refused',
			clashes: ['u means both task.start and task.undo in "Tasks"'],
			warnings: ['There is no action no.such: its keys are ignored'],
		});
		expect(createKeymap({'pane.zoom': ['s']}).kind).toBe('ready');
	});
});

describe('key names', () => {
	it.each([
		['Ctrl+X', 'ctrl+x'],
		['alt+ctrl+Up', 'ctrl+alt+up'],
		['Esc', 'escape'],
		['G', 'G'],
		['Shift+g', 'G'],
		['Alt+B', 'alt+b'],
		['Ctrl++', 'ctrl++'],
		['PgUp', 'pageup'],
		['Newline', 'ctrl+j'],
		['+', '+'],
	])('%s is %s', (written, name) => {
		expect(normalKeyName(written)).toBe(name);
	});

	it('are shown as people write them', () => {
		expect(['ctrl+x', 'alt+1', 'shift+tab', 'pageup', 'g', '+', 'ctrl++', 'ctrl+home'].map(keyLabel)).toEqual([
			'Ctrl+X',
			'Alt+1',
			'Shift+Tab',
			'PgUp',
			'g',
			'+',
			'Ctrl++',
			'Ctrl+Home',
		]);
	});
});

describe('hints', () => {
	it('come from the table, the most useful first, and do not promise a key that an inner context took', () => {
		const hints = defaultKeymap.hintsFor(['running', 'prompt', 'app']);
		expect(hints.slice(0, 2)).toEqual([
			{key: 'Enter', label: 'steer', action: 'prompt.steer'},
			{key: 'Esc', label: 'interrupt', action: 'turn.interrupt'},
		]);
		expect(hints.filter(hint => hint.key === 'Enter')).toHaveLength(1);
	});
});
