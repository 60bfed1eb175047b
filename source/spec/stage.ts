import {nextTask} from './task-progress.ts';
import {parseTasks} from './tasks.ts';

/** The documents of one spec; absent ones do not exist. */
export type StageTexts = {readonly requirements?: string; readonly design?: string; readonly tasks?: string};

/** Where a spec without a ledger stands (formats.md): all required tasks done → vibe; any marker set → implement; else its last document. */
export function stageFromFiles(texts: StageTexts): 'requirements' | 'design' | 'tasks' | 'implement' | 'vibe' {
	const {tasks} = parseTasks(texts.tasks ?? '');
	if (tasks.some(task => task.marker !== ' ')) {
		return tasks.some(task => !task.isOptional) && nextTask(tasks) === undefined ? 'vibe' : 'implement';
	}

	if (texts.tasks !== undefined) {
		return 'tasks';
	}

	return texts.design === undefined ? 'requirements' : 'design';
}
