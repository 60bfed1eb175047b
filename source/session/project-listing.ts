import {fill} from '../model/prompts.ts';
import {isSecretPath} from '../protocol/protected-paths.ts';
import type {Conversation} from '../protocol/state.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';

/** More are summed up by `list`, which the model may ask in its own way. */
const maxFiles = 80;

/**
 * The names of the project's files for the first message of a conversation that writes a document: it saves the request in which the model
 * would list them. Empty in any other message, and where there are many files.
 */
export async function projectListing(services: Services, {stage, messages}: Conversation, signal: AbortSignal): Promise<string> {
	if (messages.length > 0 || stageOf(stage).artifact === undefined) {
		return '';
	}

	const files = (await projectFiles(services, signal).list()).filter(path => !path.startsWith('.kiro/') && !isSecretPath(path));
	if (files.length > maxFiles) {
		return '';
	}

	return files.length === 0
		? (services.prompts.notices['project-empty'] ?? '')
		: fill(services.prompts.notices['project-files'] ?? '', {files: files.toSorted().join('\n')});
}
