import {basename} from 'node:path';
import {fill} from '../model/prompts.ts';
import type {Conversation} from '../protocol/state.ts';
import type {Artifact} from '../protocol/tool.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {parseTasks} from '../spec/tasks.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';
import {syncArtifacts} from './sync-artifacts.ts';
import {documentsOf} from './tool-context.ts';

/** Headings that only a design has; one alone may stand in an answer about it. */
const designHeadings =
	/^#{1,3} (?:Design Document|Overview|Architecture|Components and Interfaces|Correctness Properties|Testing Strategy)\s*$/gm;
const minDesignHeadings = 2;
const minTasks = 2;

/** The answer as the document in it would stand in a file: without the fence around it. */
function unfenced(text: string): string {
	return text.replaceAll(/^\s*(?:`{3,}|~{3,})(?:markdown|md)?\s*$/gm, '');
}

/** Whether a text holds a document, not only words about one. */
const holds: Readonly<Record<Artifact, (text: string) => boolean>> = {
	requirements: text => /^#{1,3} /m.test(text) && parseRequirements(text).requirements.some(({criteria}) => criteria.length > 0),
	design: text => (text.match(designHeadings) ?? []).length >= minDesignHeadings,
	tasks: text => /^#{1,3} /m.test(text) && parseTasks(text).tasks.filter(({markerOffset}) => markerOffset !== undefined).length >= minTasks,
};

/**
 * What a model is told that shows a document of its stage in the chat and leaves the file empty: the gate reads the file. An answer that ends
 * with a question waits for the person and may show what it likes.
 */
export async function unwrittenDocument(services: Services, conversation: Conversation, answer: string): Promise<string | undefined> {
	if (stageOf(conversation.stage).artifact === undefined || /[?？]\s*$/.test(answer)) {
		return undefined;
	}

	await syncArtifacts(services);
	const {spec} = services.store.state();
	if (spec === undefined || spec.name !== conversation.spec) {
		return undefined;
	}

	const text = unfenced(answer);
	const isBlank = (artifact: Artifact) => (spec.artifacts[artifact]?.text ?? '').trim() === '';
	const document = documentsOf(services, conversation).find(({artifact}) => isBlank(artifact) && holds[artifact](text));
	return document === undefined
		? undefined
		: fill(services.prompts.notices['unwritten-document'] ?? '', {file: basename(document.path), document: document.artifact});
}
