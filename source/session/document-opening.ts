import {fill} from '../model/prompts.ts';
import type {Conversation} from '../protocol/state.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {filesNamedIn, isOfProject, maxFiles, readSmallProject, readToShow, type ShownFile, showFiles} from './shown-files.ts';
import {stageOf} from './stages/index.ts';

/** Of the files that the person names, in characters. */
const named = {file: 12_000, all: 24_000};

/** Which files are shown whole: all of a small project, else those that the person names. */
async function filesToShow(services: Services, files: readonly string[], message: string): Promise<readonly ShownFile[]> {
	const all = await readSmallProject(services, files);
	return all.length > 0 ? all : readToShow(services, filesNamedIn(message, files), named);
}

/** What the project holds: the names of its files, and where a document is about the code, the small project itself or the files that the person names. */
async function projectListing(
	services: Services,
	conversation: Conversation,
	message: string,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const {notices} = services.prompts;
	const listed = (await projectFiles(services, signal).list()).filter(isOfProject).toSorted();
	if (listed.length === 0) {
		return [notices['project-empty'] ?? ''];
	}

	const shown = conversation.stage === 'tasks' ? [] : await filesToShow(services, listed, message);
	const rest = listed.filter(path => !shown.some(file => file.path === path));
	return [
		rest.length === 0 || listed.length > maxFiles ? '' : fill(notices['project-files'] ?? '', {files: rest.join('\n')}),
		shown.length === 0 ? '' : fill(notices['files-shown'] ?? '', {files: showFiles(services, conversation, shown)}),
	];
}

/**
 * What stands above the person's words in the first message of a conversation that writes a document; empty in any other message. That nobody can
 * answer, and what the project holds where it has few files: each saves a request in which the model would ask or look.
 */
export async function documentOpening(
	services: Services,
	conversation: Conversation,
	message: string,
	signal: AbortSignal,
): Promise<readonly string[]> {
	if (conversation.messages.length > 0 || stageOf(conversation.stage).artifact === undefined) {
		return [];
	}

	const unattended = services.options.isUnattended === true ? [services.prompts.notices.unattended ?? ''] : [];
	return [...unattended, ...(await projectListing(services, conversation, message, signal))];
}
