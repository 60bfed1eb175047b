import {UserError} from '../protocol/user-error.ts';
import {setMarker} from '../spec/set-marker.ts';
import {isDone, parentsToClose} from '../spec/task-progress.ts';
import type {Marker, TaskId} from '../spec/tasks.ts';
import {parseTasks} from '../spec/tasks.ts';
import {digestOf} from '../workspace/digest.ts';
import {markTask} from '../workspace/mark-task.ts';
import {record} from './record.ts';
import type {Services} from './services.ts';
import {syncArtifacts} from './sync-artifacts.ts';

/** A task as it was worked on: its number may change while its words stay, and then it is still the same task. */
export type MarkedTask = {readonly id: TaskId; readonly textHash: string};

function findIn(text: string, {id, textHash}: MarkedTask): TaskId | undefined {
	const same = parseTasks(text).tasks.filter(task => digestOf(task.text) === textHash);
	return (same.find(task => task.id === id) ?? same[0])?.id;
}

/**
 * Sets one box of tasks.md on fresh bytes: exactly one byte changes, whatever a person saved in between. Resolves with false when no task
 * has these words any more: then nothing is marked.
 */
export async function mark(services: Services, task: MarkedTask, marker: Marker): Promise<boolean> {
	const path = services.specFiles?.tasks;
	if (path === undefined) {
		throw new UserError('This spec has no tasks.md', {nextStep: 'Write the tasks first: /stage tasks'});
	}

	let isThere = false;
	const outcome = await markTask({
		path,
		change(text) {
			const id = findIn(text, task);
			isThere = id !== undefined;
			const plan = id === undefined ? undefined : setMarker(text, id, marker);
			return plan?.kind === 'ready' ? plan.text : undefined;
		},
	});
	if (outcome.kind === 'written') {
		services.ownWrites.add(outcome.digest);
	} else if (outcome.kind !== 'unchanged') {
		throw new UserError(`The box of task ${task.id} could not be set: ${outcome.why}`, {
			nextStep: 'See whether tasks.md can be written, then start the task again',
		});
	}

	await syncArtifacts(services);
	return isThere;
}

/** Closes parents whose required children are all done, innermost first, and says so in the ledger. */
export async function closeParents(services: Services): Promise<void> {
	for (;;) {
		const spec = services.store.state().spec;
		const parent = spec === undefined ? undefined : parentsToClose(parseTasks(spec.artifacts.tasks?.text ?? '').tasks)[0];
		if (spec === undefined || parent === undefined) {
			return;
		}

		const textHash = spec.textHashes[parent] ?? '';
		await record(services, {type: 'tick', task: parent, textHash, marker: 'x'});
		await mark(services, {id: parent, textHash}, 'x');
		const isClosed = services.store.state().spec?.tasks.tasks.some(task => task.id === parent && task.marker === 'x');
		if (isClosed !== true) {
			return;
		}
	}
}

/** Opens closed parents of a task again: a parent is only done while its required children are. */
export async function reopenParents(services: Services, id: TaskId): Promise<void> {
	const spec = services.store.state().spec;
	const tasks = spec?.tasks.tasks ?? [];
	for (
		let parent = tasks.find(task => task.id === id)?.parent;
		parent !== undefined;
		parent = tasks.find(task => task.id === parent)?.parent
	) {
		const marked = {id: parent, textHash: spec?.textHashes[parent] ?? ''};
		if (tasks.some(task => task.id === parent && isDone(task))) {
			await record(services, {type: 'tick', task: parent, textHash: marked.textHash, marker: ' '});
			await mark(services, marked, ' ');
		}
	}
}
