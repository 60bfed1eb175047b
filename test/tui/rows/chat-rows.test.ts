import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import type {CallId} from '../../../source/protocol/ids.ts';
import {noUsage} from '../../../source/protocol/message.ts';
import type {ChatItem, TaskResult} from '../../../source/protocol/state.ts';
import type {TestReport} from '../../../source/protocol/test-report.ts';
import type {TaskId} from '../../../source/spec/tasks.ts';
import {chatItemRows, hasGapBefore} from '../../../source/tui/rows/chat-rows.ts';
import {rowText} from '../../../source/tui/rows/cut-row.ts';
import {createScreen} from '../../support/screen.ts';
import {asciiGlyphs, glyphs} from './glyphs.ts';

const lines = (item: ChatItem, options: Partial<Parameters<typeof chatItemRows>[1]> = {}) =>
	chatItemRows(item, {columns: 60, isExpanded: false, glyphs, ...options}).map(row => rowText(row).trimEnd());

const call = (item: Partial<Extract<ChatItem, {kind: 'call'}>>): ChatItem => ({
	kind: 'call',
	id: '1',
	call: 'c1' as CallId,
	name: 'run',
	title: 'npm test',
	status: 'done',
	output: '',
	...item,
});

const task = (result?: Partial<TaskResult>): ChatItem => ({
	kind: 'task',
	id: '1',
	task: '1.1' as TaskId,
	title: 'Notify',
	...(result && {
		result: {outcome: 'done', grade: 'passing', why: '[1.2] passing', durationMs: 190_000, usage: noUsage, costUsd: 0.21, ...result},
	}),
});

const report: TestReport = {
	runner: 'vitest',
	command: 'npm test',
	scope: 'all',
	detail: 'named',
	tests: [
		{id: 'a > old', file: 'a', name: 'old', status: 'failed', failure: {message: 'expected 1', kind: 'assertion', inBody: true}},
		{
			id: 'a > fresh',
			file: 'a',
			name: 'fresh',
			status: 'failed',
			failure: {message: 'expected 4, received 5\nmore', kind: 'assertion', inBody: true},
		},
		{id: 'a > ok', file: 'a', name: 'ok', status: 'passed'},
	],
	counts: {passed: 1, failed: 2, skipped: 0},
	collected: 3,
	exitCode: 1,
	durationMs: 6100,
	output: '',
};

describe('what was said', () => {
	it('stands beside who said it', () => {
		expect(lines({kind: 'person', id: '1', text: 'poll or queue?\nsay'})).toEqual(['You   poll or queue?', '      say']);
		expect(lines({kind: 'agent', id: '1', text: '**Use** the queue.\n\n- one', isStreaming: false})).toEqual([
			'Agent Use the queue.',
			'',
			'      • one',
		]);
		expect(lines({kind: 'agent', id: '1', text: 'half', isStreaming: false, isIncomplete: true}).at(-1)).toBe('(this answer broke off)');
	});

	it('shows thinking in one line, whole when opened', () => {
		const item: ChatItem = {kind: 'thinking', id: '1', text: 'First.\nThen.', isStreaming: true};
		expect(lines(item)).toEqual(['* Thinking  Then.']);
		expect(lines({...item, isStreaming: false})).toEqual(['Thought  First.']);
		expect(lines(item, {isExpanded: true})).toEqual(['* Thinking', 'First.', 'Then.']);
	});

	it('shows a notice with what to do next', () => {
		expect(lines({kind: 'notice', id: '1', level: 'error', text: 'The answer broke off', nextStep: 'Press r'})).toEqual([
			'x The answer broke off',
			'  → Press r',
		]);
	});
});

describe('a call', () => {
	it('is a card with a status, a summary at the right and at most four lines', () => {
		const display = {kind: 'text', text: Array.from({length: 37}, (_, line) => `line ${line + 1}`).join('\n')} as const;
		expect(lines(call({display}))).toEqual([
			'  v Run   npm test',
			'    │ line 1',
			'    │ line 2',
			'    │ line 3',
			'    │ line 4',
			'    │ > 33 more lines - Ctrl+O',
		]);
		expect(lines(call({display}), {isExpanded: true}).length).toBe(38);
	});

	it('shows the end of what failed or still runs', () => {
		const output = '1\n2\n3\n4\n5\n6\n';
		expect(lines(call({status: 'running', output}))).toEqual([
			`  * Run   npm test${' '.repeat(35)}running`,
			'    │ > 2 earlier lines - Ctrl+O',
			'    │ 3',
			'    │ 4',
			'    │ 5',
			'    │ 6',
		]);
		expect(lines(call({status: 'failed', display: {kind: 'text', text: output}}))[0]).toMatch(/^ {2}x Run {3}npm test +failed$/);
	});

	it('counts what was read, and shows what was changed', () => {
		expect(lines(call({name: 'read', title: 'src/a.ts', display: {kind: 'lines', lines: ['x'], summary: '212 lines'}}))).toEqual([
			`  v Read  src/a.ts${' '.repeat(33)}212 lines`,
		]);
		const patch = '@@ -1 +1 @@\n-a\n+b\n';
		expect(lines(call({name: 'edit', title: 'src/a.ts', display: {kind: 'diff', path: 'src/a.ts', patch, added: 1, removed: 1}}))).toEqual([
			`  v Edit  src/a.ts${' '.repeat(37)}+1 -1`,
			'    │ - a',
			'    │ + b',
		]);
	});

	it('tells how much of it has arrived, and that it waits its turn', () => {
		const write = {name: 'write', title: 'src/a.js'};
		expect(lines(call({...write, status: 'streaming', lines: 1}))[0]).toMatch(/^ {2}\* Write src\/a\.js +writing, 1 line$/);
		expect(lines(call({...write, status: 'queued', lines: 34}))[0]).toMatch(/^ {2}o Write src\/a\.js +queued, 34 lines$/);
		expect(lines(call({...write, status: 'running', lines: 34}))[0]).toMatch(/^ {2}\* Write src\/a\.js +running$/);
		expect(lines(call({status: 'streaming', title: ''}))[0]).toMatch(/^ {2}\* Run +writing$/);
	});

	it('stands close to the one before it', () => {
		expect(hasGapBefore(call({}), call({}))).toBe(false);
		expect(hasGapBefore(task(), call({}))).toBe(true);
		expect(hasGapBefore(task(), undefined)).toBe(false);
	});
});

describe('a task', () => {
	it('ends with the line that the screen promises', () => {
		expect(lines(task({}))).toEqual(['Task 1.1  Notify', '[x] 1.1 · [1.2] passing · 3m10s · $0.21']);
		expect(lines(task({outcome: 'failed', grade: 'red', why: 'says done, 1 red'}))[1]).toBe('[-] 1.1 · says done, 1 red');
		expect(lines(task({}), {glyphs: asciiGlyphs})[1]).toBe('[x] 1.1 - [1.2] passing - 3m10s - $0.21');
		expect(lines(task())).toEqual(['* Task 1.1  Notify']);
	});
});

describe('a run of the tests', () => {
	it('counts, and names what is red, the new ones first', () => {
		const item: ChatItem = {kind: 'tests', id: '1', report, reason: 'task', newFailures: ['a > fresh']};
		expect(lines(item, {columns: 72})).toEqual([
			`x Tests  1 passed, 2 failed${' '.repeat(31)}npm test  6.1s`.slice(0, 72).trimEnd(),
			`x fresh  new${' '.repeat(38)}expected 4, received 5`,
			`x old${' '.repeat(57)}expected 1`,
		]);
	});
});

const hostile = 'a\x1b]52;c;ZXZpbA==\x07b\rc\x1b]0;title\x1b\\d\u202ee\x9b2Jf\u200bg\x1b[2J\x1b]8;;http://evil\x07h\x1bP+q\x1b\\';

describe('a hostile text', () => {
	const items: readonly ChatItem[] = [
		{kind: 'person', id: '1', text: hostile},
		{
			kind: 'agent',
			id: '1',
			text: `${hostile}\n\n\`${hostile}\`\n\n    ${hostile}\n\n| ${hostile} |\n|--|\n| ${hostile} |\n\n[${hostile}](${hostile})`,
			isStreaming: true,
		},
		{kind: 'thinking', id: '1', text: hostile, isStreaming: false},
		call({name: hostile, title: hostile, output: hostile, status: 'running'}),
		call({display: {kind: 'text', text: hostile}}),
		call({display: {kind: 'lines', lines: [hostile], summary: hostile}}),
		call({display: {kind: 'diff', path: hostile, patch: `@@ -1 +1 @@\n-${hostile}\n+${hostile}x`, added: 1, removed: 1}}),
		call({
			display: {
				kind: 'report',
				report: {
					...report,
					tests: [{id: 'x', file: '', name: hostile, status: 'failed', failure: {message: hostile, kind: 'error', inBody: true}}],
				},
			},
		}),
		{kind: 'notice', id: '1', level: 'warning', text: hostile, nextStep: hostile},
		{...task({why: hostile}), title: hostile} as ChatItem,
		{kind: 'tests', id: '1', report: {...report, command: hostile}, reason: 'asked', newFailures: []},
	];

	it.each(items.flatMap(item => [true, false].map(isExpanded => [item.kind, isExpanded, item] as const)))(
		'in %s (expanded: %s) reaches no terminal',
		async (_, isExpanded, item) => {
			const screen = createScreen(200, 60);
			const shown = chatItemRows(item, {columns: 200, isExpanded, glyphs}).map(rowText);
			for (const line of shown) {
				expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|[\u202a-\u202e\u2066-\u2069\u200b]/u);
				expect(stringWidth(line)).toBeLessThanOrEqual(200);
			}

			await screen.write(shown.join('\r\n'));
			expect([screen.clipboard, screen.titles, screen.links, screen.notifications]).toEqual([[], [], [], []]);
			expect(screen.text().trimEnd()).toBe(
				shown
					.map(line => line.trimEnd())
					.join('\n')
					.trimEnd(),
			);
		},
	);

	it('is shown, not hidden', () => {
		expect(lines({kind: 'person', id: '1', text: hostile}, {columns: 200})).toEqual([
			String.raw`You   a\x1b]52;c;ZXZpbA==\ab\rc\x1b]0;title\x1b\d<U+202E>e\x9b2Jf<U+200B>g\x1b[2J\x1b]8;;http://evil\ah\x1bP+q\x1b\ `.trimEnd(),
		]);
	});
});
