import type {Intent} from '../protocol/intent.ts';
import {newestTaskEntry} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import {isDone, requiredWork} from '../spec/task-progress.ts';
import type {Task} from '../spec/tasks.ts';

/** Which tasks a run is about. */
export type TaskChoice = Extract<Intent, {type: 'run-tasks'}>['tasks'];

/** The required tasks still open that a run is about, in the order of the document; optional ones never run by themselves. */
export function chooseTasks(spec: SpecState, choice: TaskChoice): readonly Task[] {
	const {tasks} = spec.tasks;
	const open = requiredWork(tasks).filter(task => !isDone(task));
	if (choice === 'all') {
		return open;
	}

	if (choice === 'failed') {
		return open.filter(({id}) => {
			const newest = newestTaskEntry(spec, {id, textHash: spec.textHashes[id] ?? ''});
			return newest?.type === 'task' && newest.outcome !== 'done';
		});
	}

	const {from, until} = choice;
	const first = from === undefined ? 0 : tasks.findIndex(task => task.id === from);
	const last = until === undefined ? tasks.length : tasks.findIndex(task => task.id === until) + 1;
	// Until a parent means until the last of its children.
	const end = until === undefined ? last : Math.max(last, ...tasks.map((task, at) => (task.id.startsWith(`${until}.`) ? at + 1 : 0)));
	const chosen = new Set(tasks.slice(first, end).map(task => task.id));
	return open.filter(task => chosen.has(task.id));
}
