import {fill} from '../model/prompts.ts';
import {namesIn, partsAbout} from '../spec/outline.ts';
import {isTestFile} from '../test-runners/index.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {filesNamedIn, readToShow, showFiles} from './shown-files.ts';
import type {TaskAttempt} from './task-attempt.ts';

const limits = {file: 12_000, all: 24_000};
/** Of the files that only the design names: a guess, and so a smaller one. */
const designLimits = {file: 6000, all: 12_000};
const maxDesignCharacters = 16_000;

/** The parts of the design that name the criteria of a task, or a file that the task names. */
function designOf(services: Services, {task, criteria}: Pick<TaskAttempt, 'task' | 'criteria'>): string {
	const design = requireSpec(services).artifacts.design?.text ?? '';
	const names = namesIn(task.text).filter(name => /[./]/.test(name));
	return partsAbout(design, {criteria, names}, maxDesignCharacters).join('\n');
}

/**
 * The files that a task names, its `_Proof:_` line included, and then those that the design names where it speaks of the task, as they are now,
 * for its first message: each saves the agent the request in which it would read it. They count as read. Without criteria a task has no tests of
 * its own, and they are left out. Empty where nothing is named that is there, or only long files.
 */
export async function filesOfTask(services: Services, attempt: TaskAttempt, signal: AbortSignal): Promise<string> {
	const {task, criteria, conversation} = attempt;
	const files = (await projectFiles(services, signal).list()).filter(path => criteria.length > 0 || !isTestFile(path));
	const own = filesNamedIn(task.text, files);
	const more = filesNamedIn(designOf(services, attempt), files).filter(name => !own.includes(name));
	const shown = [...(await readToShow(services, own, limits)), ...(await readToShow(services, more, designLimits))];
	return shown.length === 0
		? ''
		: `\n\n${fill(services.prompts.notices['task-files'] ?? '', {files: showFiles(services, conversation, shown)})}`;
}
