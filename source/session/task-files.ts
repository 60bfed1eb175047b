import {fill} from '../model/prompts.ts';
import type {Conversation} from '../protocol/state.ts';
import type {Task} from '../spec/tasks.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {readToShow, showFiles} from './shown-files.ts';

const limits = {file: 12_000, all: 24_000};

const backticked = /`([^`\s]+)`/g;

/** The files of the project that a task names, in its order: those of its text, its `_Proof:_` line included. */
function namedIn(task: Task, files: readonly string[]): readonly string[] {
	const known = new Set(files);
	return [...new Set([...task.text.matchAll(backticked)].map(([, name = '']) => name.replace(/^\.\//, '')))].filter(name =>
		known.has(name),
	);
}

/**
 * The files that a task names, as they are now, for its first message: each saves the agent the request in which it would read it. They count
 * as read. Empty where it names none that is there, or only long ones.
 */
export async function filesOfTask(services: Services, task: Task, conversation: Conversation, signal: AbortSignal): Promise<string> {
	const files = await readToShow(services, namedIn(task, await projectFiles(services, signal).list()), limits);
	return files.length === 0
		? ''
		: `\n\n${fill(services.prompts.notices['task-files'] ?? '', {files: showFiles(services, conversation, files)})}`;
}
