import {fill} from '../model/prompts.ts';
import {namesIn, partsAbout} from '../spec/outline.ts';
import {isTestFile} from '../test-runners/index.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {filesNamedIn, isOfProject, readSmallProject, readToShow, type ShownFile, showFiles} from './shown-files.ts';
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

/** The files that a task names, and then those that the design names where it speaks of the task. */
async function namedFiles(services: Services, attempt: TaskAttempt, files: readonly string[]): Promise<readonly ShownFile[]> {
	const own = filesNamedIn(attempt.task.text, files);
	const more = filesNamedIn(designOf(services, attempt), files).filter(name => !own.includes(name));
	return [...(await readToShow(services, own, limits)), ...(await readToShow(services, more, designLimits))];
}

/**
 * A small project whole, else the files that a task names, its `_Proof:_` line and its part of the design included, as they are now, for its
 * first message: each saves the agent the request in which it would read it. They count as read. Without criteria a task has no tests of its own,
 * and they are left out. Empty where nothing is named that is there, or only long files.
 */
export async function filesOfTask(services: Services, attempt: TaskAttempt, signal: AbortSignal): Promise<string> {
	const {criteria, conversation} = attempt;
	const {notices} = services.prompts;
	const listed = (await projectFiles(services, signal).list()).toSorted();
	const files = listed.filter(path => criteria.length > 0 || !isTestFile(path));
	const all = await readSmallProject(services, files.filter(isOfProject));
	const shown = all.length > 0 ? all : await namedFiles(services, attempt, files);
	const notice = all.length > 0 ? notices['files-shown'] : notices['task-files'];
	return shown.length === 0 ? '' : `\n\n${fill(notice ?? '', {files: showFiles(services, conversation, shown)})}`;
}
