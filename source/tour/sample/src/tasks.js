/** What a person can mend: a wrong number, an empty text, a damaged file. */
export class TodoError extends Error {}

/** The list with a new open task at its end. */
export function addTask(tasks, text) {
	const trimmed = text.trim();
	if (trimmed === '') {
		throw new TodoError('A task needs a text');
	}

	return [...tasks, {text: trimmed, isDone: false}];
}

/** The list with this task done, and the task. Numbers count from 1, as `todo list` shows them. */
export function completeTask(tasks, number) {
	const task = tasks[number - 1];
	if (task === undefined) {
		throw new TodoError(`There is no task ${number}`);
	}

	if (task.isDone) {
		throw new TodoError(`Task ${number} is done already`);
	}

	const completed = {...task, isDone: true};
	return {tasks: tasks.map(other => (other === task ? completed : other)), completed};
}

/** One line a task. */
export function formatTasks(tasks) {
	return tasks.map((task, index) => `${index + 1}. [${task.isDone ? 'x' : ' '}] ${task.text}`);
}
