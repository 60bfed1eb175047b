import {evidenceOf} from '../../protocol/select.ts';
import {UserError} from '../../protocol/user-error.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {closeParents, mark, reopenParents} from '../mark.ts';
import {record} from '../record.ts';
import type {Services} from '../services.ts';
import {requireIdle, requireSpec, requireTask, requireTrust} from './require.ts';

/** A person ticks a task that the tests did not prove; the ledger keeps who and why. */
export async function acceptTask(services: Services, id: TaskId, reason: string): Promise<void> {
	requireTrust(services);
	requireIdle(services);
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	if (reason.trim() === '') {
		throw new UserError('A task without evidence is accepted with a reason', {nextStep: `Say why: /accept ${id} <reason>`, exitCode: 2});
	}

	const evidence = evidenceOf(spec, task.id);
	const grade = evidence.kind === 'run' ? evidence.entry.grade : 'unproven';
	const textHash = spec.textHashes[task.id] ?? '';
	await record(services, {type: 'accept', task: task.id, textHash, grade, reason: reason.trim()});
	await mark(services, {id: task.id, textHash}, 'x');
	await closeParents(services);
}

/** A person opens a task again. */
export async function untickTask(services: Services, id: TaskId): Promise<void> {
	requireTrust(services);
	requireIdle(services);
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	const textHash = spec.textHashes[task.id] ?? '';
	await record(services, {type: 'tick', task: task.id, textHash, marker: ' '});
	await mark(services, {id: task.id, textHash}, ' ');
	await reopenParents(services, task.id);
}
