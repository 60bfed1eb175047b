import {join} from 'node:path';
import type {Conversation} from '../protocol/state.ts';
import {type Artifact, artifacts, documentName, type StageDocument, type ToolContext} from '../protocol/tool.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {askQuestion} from './ask-question.ts';
import {guardSpecs} from './guard-specs.ts';
import {asTold} from './pinned.ts';
import {writesAll} from './routes.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';
import {artifactPath} from './sync-artifacts.ts';

const maxDocumentBytes = 5_000_000;

/** The documents that a conversation may write: its stage's own; where it writes all, and with a person's yes to each change in vibe, all three. */
export function documentsOf(services: Services, conversation: Conversation): readonly StageDocument[] {
	const {specFiles} = services;
	const own = stageOf(conversation.stage).artifact;
	const isVibe = conversation.stage === 'vibe';
	if (specFiles === undefined || (own === undefined && !isVibe)) {
		return [];
	}

	const written: readonly Artifact[] = own === undefined || writesAll(conversation) ? artifacts : [own];
	const isBugfix = conversation.route === 'bugfix' || specFiles.bugfix !== undefined;
	return written.map(artifact => ({
		artifact,
		path: artifactPath(specFiles, artifact) ?? join(services.root, specFiles.path, documentName(artifact, isBugfix)),
	}));
}

/** Whether a document still holds what this conversation was told: what a person changed since must be told, also after our own edit. */
async function isAsTold(services: Services, id: Conversation['id'], artifact: Artifact | undefined, path: string): Promise<boolean> {
	if (artifact === undefined) {
		return false;
	}

	const told = services.store.state().conversations[id]?.toldTexts[artifact] ?? '';
	const read = await readTextFile(path, {maxBytes: maxDocumentBytes});
	const own = services.ownDocuments.get(`${id} ${artifact}`);
	const text = read.kind === 'text' ? asTold(artifact, read.text) : '';
	return text === told || (read.kind === 'text' && read.digest === own);
}

/** What the tools of one turn may use. */
export function toolContextFor(services: Services, conversation: Conversation, signal: AbortSignal): ToolContext {
	const seen = services.seen.get(conversation.id) ?? new Map();
	services.seen.set(conversation.id, seen);
	const documents = documentsOf(services, conversation);
	const artifactAt = (path: string) => documents.find(document => document.path === path)?.artifact;
	let wasKnown = false;
	return {
		root: services.root,
		signal,
		seen,
		documents,
		async beforeWrite(path) {
			await services.checkpoints.keep(path);
			wasKnown = await isAsTold(services, conversation.id, artifactAt(path), path);
		},
		afterWrite(path, digest) {
			services.ownWrites.add(digest);
			services.checkpoints.recordAfter(path, digest);
			const artifact = artifactAt(path);
			if (artifact !== undefined && wasKnown) {
				services.ownDocuments.set(`${conversation.id} ${artifact}`, digest);
			}
		},
		ask: question => askQuestion(services, question, signal),
		guard: run => guardSpecs(services, run),
		onOutput() {},
		env: services.childEnv,
		commandTimeoutMs: services.options.commandTimeoutMs,
	};
}
