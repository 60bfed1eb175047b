import {readTasks, writeTasks} from './store.js';
import {addTask, completeTask, formatTasks, TodoError} from './tasks.js';

const usage = 'Usage: todo add <text> | todo list | todo done <number>';

async function add(words, {file, print}) {
	const tasks = addTask(await readTasks(file), words.join(' '));
	await writeTasks(file, tasks);
	print(`Added ${tasks.length}: ${tasks.at(-1).text}`);
}

async function list({file, print}) {
	for (const line of formatTasks(await readTasks(file))) {
		print(line);
	}
}

async function done(number, {file, print}) {
	const {tasks, completed} = completeTask(await readTasks(file), Number(number));
	await writeTasks(file, tasks);
	print(`Done: ${completed.text}`);
}

/** Runs one command and resolves with the exit code: 0 done, 1 refused, 2 wrong usage. */
export async function run([command, ...words], io) {
	try {
		switch (command) {
			case 'add':
				await add(words, io);
				return 0;
			case 'list':
				await list(io);
				return 0;
			case 'done':
				await done(words[0], io);
				return 0;
			default:
				io.printError(usage);
				return 2;
		}
	} catch (error) {
		if (!(error instanceof TodoError)) {
			throw error;
		}

		io.printError(error.message);
		return 1;
	}
}
