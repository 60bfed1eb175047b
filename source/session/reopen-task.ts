import {type MarkedTask, mark, reopenParents} from './mark.ts';
import {record} from './record.ts';
import type {Services} from './services.ts';

/** A task that was done is at work again: its box says so, and what it had shown counts no more. */
export async function reopenTask(services: Services, task: MarkedTask): Promise<void> {
	await record(services, {type: 'tick', task: task.id, textHash: task.textHash, marker: '-'});
	await mark(services, task, '-');
	await reopenParents(services, task.id);
}
