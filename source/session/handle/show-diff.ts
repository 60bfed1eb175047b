import {isCheckpointOf} from '../../protocol/select.ts';
import {UserError} from '../../protocol/user-error.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {describeChanges} from '../describe-changes.ts';
import type {Services} from '../services.ts';

/** Shows what a task, or the newest checkpoint, changed so far. */
export async function showDiff(services: Services, task?: TaskId): Promise<void> {
	const {checkpoints, spec} = services.store.state();
	const found = checkpoints.findLast(made => task === undefined || (spec !== undefined && isCheckpointOf(spec, made, task)));
	if (found === undefined) {
		throw new UserError(task === undefined ? 'Nothing was changed yet' : `Task ${task} changed nothing that is known here`, {
			nextStep: 'Checkpoints are made before each task and each vibe turn',
		});
	}

	// A task may have taken several attempts: together they are what it changed.
	const made =
		task === undefined || spec === undefined ? [found] : checkpoints.filter(checkpoint => isCheckpointOf(spec, checkpoint, task));
	const files = await describeChanges(services, ...made.map(({id}) => id));
	services.append({type: 'diff.shown', title: found.label, files});
}
