import {fill} from '../model/prompts.ts';
import type {Conversation} from '../protocol/state.ts';
import {type CallToDecide, changesFiles} from './call-decision.ts';
import {checkMentions} from './check-mentions.ts';
import type {Services} from './services.ts';
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
	const writesDesign = documentsOf(services, conversation).some(({artifact}) => artifact === 'design');
	let hasChanged = false;
	let mayNameWrongly = false;

	async function unfoundNames(): Promise<string | undefined> {
		if (!mayNameWrongly) {
			return undefined;
		}

		mayNameWrongly = false;
		await checkMentions(services);
		const names = services.store.state().spec?.missingMentions ?? [];
		return names.length === 0 ? undefined : fill(notices['names-not-found'] ?? '', {names: names.map(name => `- ${name}`).join('\n')});
	}

	return {
		takeCall(call) {
			hasChanged ||= changesFiles(call);
			mayNameWrongly ||= call.tool.name === 'write_document' && writesDesign;
		},
		find: async words =>
			(hasChanged ? undefined : unwrittenCode(services, conversation, words)) ??
			(await unwrittenDocument(services, conversation, words)) ??
			unfoundNames(),
	};
}
