import type {Task, TaskId} from './tasks.ts';

/** `total` and `done` count the required leaves, `optional` the other leaves. */
export type TaskProgress = {readonly total: number; readonly done: number; readonly optional: number};

const checkpointTitle = /^(?:final\s+)?checkpoint\b|检查点|檢查點|チェックポイント/iu;

/** A step of the plan that asks for nothing but green tests. */
export function isCheckpointTask({title, references}: Pick<Task, 'title' | 'references'>): boolean {
	return checkpointTitle.test(title) && references.length === 0;
}

/** Whether the box of a task says that it is done. */
export function isDone(task: Task): boolean {
	return task.marker === 'x' || task.marker === 'X';
}

/** How far the tasks are. */
export function taskProgress(tasks: readonly Task[]): TaskProgress {
	const leaves = tasks.filter(task => task.isLeaf);
	const required = leaves.filter(task => !task.isOptional);
	return {total: required.length, done: required.filter(isDone).length, optional: leaves.length - required.length};
}

/** Whether a task is only a heading for required tasks below it, which hold the work. */
export function isHeadingOnly(tasks: readonly Task[], task: Task): boolean {
	return tasks.some(other => other.parent === task.id && !other.isOptional);
}

/** The required tasks that hold work: leaves, and parents whose every child is optional (their own details are the work). */
export function requiredWork(tasks: readonly Task[]): readonly Task[] {
	const parentsOfRequired = new Set(tasks.filter(task => !task.isOptional).map(task => task.parent));
	return tasks.filter(task => !task.isOptional && !parentsOfRequired.has(task.id));
}

/** The first required task that is not done, in order of the document. */
export function nextTask(tasks: readonly Task[]): Task | undefined {
	return requiredWork(tasks).find(task => !isDone(task));
}

/** The required tasks that should be done before this one and are not: those it names, else all before it. */
export function openPrerequisites(tasks: readonly Task[], id: TaskId): readonly Task[] {
	const at = tasks.findIndex(task => task.id === id);
	const task = tasks[at];
	if (task === undefined) {
		return [];
	}

	const known = task.dependsOn.filter(number => tasks.some(other => other.number === number));
	const isBefore = (other: Task, index: number) =>
		known.length > 0 ? known.some(number => other.number === number || other.number?.startsWith(`${number}.`)) : index < at;
	const before = new Set(tasks.filter(isBefore).map(other => other.id));
	return requiredWork(tasks).filter(other => before.has(other.id) && !isDone(other) && other.id !== id && other.id !== task.parent);
}

/** Parents that are open although all their required children are closed, innermost first. */
export function parentsToClose(tasks: readonly Task[]): readonly TaskId[] {
	const byId = new Map(tasks.map(task => [task.id, task]));
	const closed = new Set(tasks.filter(isDone).map(task => task.id));
	const closing: TaskId[] = [];
	for (const task of tasks.toSorted((one, other) => other.depth - one.depth)) {
		const required = task.children.filter(id => byId.get(id)?.isOptional === task.isOptional);
		const isReady = required.length > 0 && required.every(id => closed.has(id));
		if (isReady && !closed.has(task.id) && task.markerOffset !== undefined) {
			closed.add(task.id);
			closing.push(task.id);
		}
	}

	return closing;
}
