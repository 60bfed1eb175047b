import {expect, test} from 'vitest';
import type {TaskEntry} from '../../source/protocol/ledger-entry.ts';
import {noUsage} from '../../source/protocol/message.ts';
import {cutReport, reportOfTask} from '../../source/session/task-report.ts';

const attempt = (report: string, after: string, textHash = 'h'): TaskEntry => ({
	v: 1,
	id: report,
	at: '2026-01-01T00:00:00.000Z',
	by: 'Ada',
	type: 'task',
	task: '1',
	textHash,
	outcome: 'done',
	grade: 'passing',
	criteria: [],
	command: 'npm test',
	red: [],
	green: [],
	files: [{path: 'a.js', after}],
	usage: noUsage,
	durationMs: 1,
	report,
});

test('the report of a task is that of the newest attempt that changed its files', () => {
	expect(reportOfTask([attempt('Wrote it.', 'a'), attempt('I changed nothing.', 'a'), attempt('Other.', 'b', 'x')], 'h')).toBe('Wrote it.');
	expect(reportOfTask([attempt('Wrote it.', 'a'), attempt('Repaired it.', 'b')], 'h')).toBe('Repaired it.');
	expect(reportOfTask([], 'h')).toBeUndefined();
});

test('a long report is cut between words, and says so', () => {
	expect(cutReport('short', 10)).toBe('short');
	expect(cutReport('one two three four', 12)).toBe('one two …');
	expect(cutReport('x'.repeat(30), 10)).toBe(`${'x'.repeat(8)} …`);
});
