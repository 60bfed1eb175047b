import {UserError} from '../../protocol/user-error.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {describeChanges} from '../describe-changes.ts';
import {readReview} from '../review-comments.ts';
import type {Services} from '../services.ts';
import {taskDiff} from '../task-diff.ts';
import {requireSpec, requireTask} from './require.ts';

const nextStep = 'Checkpoints are made before each task and each vibe turn';

/** Shows what a task changed with all its attempts, and what a person noted on its lines. */
export async function showTaskDiff(services: Services, id: TaskId): Promise<void> {
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	const files = await taskDiff(services, spec, id);
	if (files === undefined) {
		throw new UserError(`Task ${id} changed nothing that is known here`, {nextStep});
	}

	const title = `task ${task.number ?? task.id} of ${spec.name}`;
	const comments = await readReview(services, spec.name, spec.textHashes[id] ?? '');
	services.append({type: 'diff.shown', title, files: files.map(({path, patch}) => ({path, patch})), task: id, comments});
}

/** Shows what a task, or the newest checkpoint, changed so far. */
export async function showDiff(services: Services, task?: TaskId): Promise<void> {
	if (task !== undefined) {
		return showTaskDiff(services, task);
	}

	const newest = services.store.state().checkpoints.at(-1);
	if (newest === undefined) {
		throw new UserError('Nothing was changed yet', {nextStep});
	}

	const files = await describeChanges(services, newest.id);
	services.append({type: 'diff.shown', title: newest.label, files: files.map(({path, patch}) => ({path, patch}))});
}
