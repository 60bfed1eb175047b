import {readFile, rename, writeFile} from 'node:fs/promises';
import {TodoError} from './tasks.js';

/** The tasks in a file; none when it does not exist yet. */
export async function readTasks(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') {
			return [];
		}

		throw error instanceof SyntaxError ? new TodoError(`${file} is not a to-do list`) : error;
	}
}

/** Writes beside the file and renames, so that a crash never leaves half a list. */
export async function writeTasks(file, tasks) {
	await writeFile(`${file}.new`, `${JSON.stringify(tasks, undefined, '\t')}\n`);
	await rename(`${file}.new`, file);
}
