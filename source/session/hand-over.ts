import type {TaskEntry} from '../protocol/ledger-entry.ts';
import type {SpecState} from '../protocol/state.ts';
import {reportOfTask} from './task-report.ts';

const maxLines = 40;

function linesFor(entry: TaskEntry, told: string): readonly string[] {
	const files = entry.files.map(file => file.path).join(', ');
	const report = told.split('\n').filter(line => line.trim() !== '');
	return [
		`Task ${entry.task} (${entry.grade}): ${files === '' ? 'no files changed' : files}`,
		...report.slice(0, 6).map(line => `  ${line}`),
	];
}

/** What the tasks before this one left behind, from the ledger: the newest last, at most 40 lines. */
export function handOver(spec: SpecState): string {
	const newest = new Map<string, TaskEntry>();
	for (const entry of spec.ledger) {
		if (entry.type === 'task' && entry.outcome === 'done') {
			newest.delete(entry.task);
			newest.set(entry.task, entry);
		}
	}

	const lines = [...newest.values()].flatMap(entry => linesFor(entry, reportOfTask(spec.ledger, entry.textHash) ?? ''));
	return lines.length === 0 ? 'No task is done yet.' : lines.slice(-maxLines).join('\n');
}
