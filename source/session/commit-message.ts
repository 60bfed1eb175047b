import {printable} from '../protocol/printable.ts';
import {countsSummary} from '../protocol/report-summary.ts';
import {evidenceOf} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import type {Task} from '../spec/tasks.ts';
import {reportOfTask} from './task-report.ts';

function evidenceLine(spec: SpecState, task: Task, grade: string): string {
	const evidence = evidenceOf(spec, task.id);
	switch (evidence.kind) {
		case 'run': {
			return evidence.entry.grade;
		}

		case 'accepted': {
			return `accepted by ${oneLine(evidence.by)}, ${evidence.grade}`;
		}

		case 'none': {
			return `none (the newest attempt: ${grade})`;
		}

		default: {
			return evidence satisfies never;
		}
	}
}

// A line end in a value would begin a trailer of somebody else's choosing.
function oneLine(text: string): string {
	return printable(text)
		.replaceAll(/\s*\n\s*/g, ' ')
		.trim();
}

/**
 * The message of a task's commit: its title, what the agent reported, and as trailers what the ledger says of it. Undefined when the ledger
 * has no attempt at the task.
 */
export function commitMessage(spec: SpecState, task: Task): string | undefined {
	const textHash = spec.textHashes[task.id];
	const entry = spec.ledger.findLast(line => line.type === 'task' && line.textHash === textHash);
	if (entry?.type !== 'task') {
		return undefined;
	}

	const {after, criteria, grade} = entry;
	const body = printable(reportOfTask(spec.ledger, entry.textHash) ?? '').trim();
	const trailers = [
		`Spec: ${oneLine(spec.name)}`,
		`Task: ${task.number ?? task.id}`,
		...(criteria.length === 0 ? [] : [`Criteria: ${oneLine(criteria.join(', '))}`]),
		`Evidence: ${evidenceLine(spec, task, grade)}`,
		...(after === undefined ? [] : [`Tests: ${countsSummary(after)}`]),
	];
	return [oneLine(task.title), ...(body === '' ? [] : [body]), trailers.join('\n')].join('\n\n');
}
