import {fill} from '../model/prompts.ts';
import {documentProblems} from '../protocol/document-problems.ts';
import type {Conversation} from '../protocol/state.ts';
import {type CallToDecide, changesFiles} from './call-decision.ts';
import {checkMentions} from './check-mentions.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';
import {documentsOf} from './tool-context.ts';
import {unwrittenCode} from './unwritten-code.ts';
import {unwrittenDocument} from './unwritten-document.ts';

/** Looks, when the model ends a turn, for work that its words claim and the files do not hold. */
export type MissingWork = {
	/** Takes note of a call that may run. */
	readonly takeCall: (call: CallToDecide) => void;
	/** What the model is told that ends its turn with these words; undefined when nothing is missing. */
	readonly find: (words: string) => Promise<string | undefined>;
};

/** For one turn. What the design names and the project lacks is told once: the second time the person sees it, as the check marks it. */
export function createMissingWork(services: Services, conversation: Conversation): MissingWork {
	const {notices} = services.prompts;
	const documents = documentsOf(services, conversation).map(({artifact}) => artifact);
	const problemsNow = () =>
		documentProblems(services.store.state().spec, documents).filter(({code}) => !services.settings.checksOff.includes(code));
	// What was so before the turn is the person's own, or was told already.
	const known = new Set(problemsNow().map(({message}) => message));
	let hasChanged = false;
	let mayNameWrongly = false;
	let mayHaveProblems = stageOf(conversation.stage).artifact !== undefined;

	async function unfoundNames(): Promise<string | undefined> {
		if (!mayNameWrongly) {
			return undefined;
		}

		mayNameWrongly = false;
		await checkMentions(services);
		const names = services.store.state().spec?.missingMentions ?? [];
		return names.length === 0 ? undefined : fill(notices['names-not-found'] ?? '', {names: names.map(name => `- ${name}`).join('\n')});
	}

	function newProblems(): string | undefined {
		const found = problemsNow().filter(({message}) => !known.has(message));
		if (!mayHaveProblems || found.length === 0) {
			return undefined;
		}

		mayHaveProblems = false;
		// A criterion that no task covers is put right in the tasks, not where it stands.
		const problems = found.map(({code, file, line, message}) =>
			code === 'uncovered-criterion' ? `- ${message}` : `- ${file}, line ${line}: ${message}`,
		);
		return fill(notices['document-problems'] ?? '', {problems: problems.join('\n')});
	}

	async function faultsOfDocuments(): Promise<string | undefined> {
		const faults = [newProblems(), await unfoundNames()].filter(fault => fault !== undefined);
		return faults.length === 0 ? undefined : faults.join('\n\n');
	}

	return {
		takeCall(call) {
			hasChanged ||= changesFiles(call);
			mayNameWrongly ||= call.tool.name === 'write_document' && documents.includes('design');
		},
		find: async words =>
			(hasChanged ? undefined : unwrittenCode(services, conversation, words)) ??
			(await unwrittenDocument(services, conversation, words)) ??
			faultsOfDocuments(),
	};
}
