import {runTurn, type Turn, type TurnOutcome} from '../agent/run-turn.ts';
import {ModelError} from '../model/model.ts';
import {costOf} from '../model/price.ts';
import {fill} from '../model/prompts.ts';
import type {TurnEnd} from '../protocol/event.ts';
import type {UserBlock} from '../protocol/message.ts';
import type {Conversation} from '../protocol/state.ts';
import {type Artifact, documentName, type ToolContext} from '../protocol/tool.ts';
import {UserError} from '../protocol/user-error.ts';
import {toolsFor} from '../tools/index.ts';
import {appendAgentEvent} from './append-agent-event.ts';
import {requireBudget} from './budget.ts';
import {changesFiles} from './call-decision.ts';
import {continueConversation, newestOf} from './continue-conversation.ts';
import {decideCall} from './decide-call.ts';
import {documentOpening} from './document-opening.ts';
import {requireModel} from './handle/require.ts';
import {createMissingWork} from './missing-work.ts';
import {documentChanges, toldTextsOf} from './pinned.ts';
import {hasQueued, queuedMessage, takeAllQueued} from './queue.ts';
import {refreshEvidence} from './refresh-evidence.ts';
import {unansweredCalls} from './restore.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';
import {steeringForCall} from './steering-for-call.ts';
import {syncArtifacts} from './sync-artifacts.ts';
import {toolContextFor} from './tool-context.ts';
import {endOf} from './turn-end.ts';

export type TurnOptions = {
	/** Called once, before the first call that may change files. */
	readonly beforeChange?: () => Promise<void>;
	readonly expectRed?: ToolContext['expectRed'];
};

export type TurnMessage = {
	/** What the model reads. */
	readonly text: string;
	/** What the chat shows of what the person says. */
	readonly shown?: string;
	/** What the program says by itself, as the chat shows it. */
	readonly note?: string;
};

export type TurnResult = {readonly end: TurnEnd; readonly error?: UserError};

/** `isTooLong`: the conversation has become longer than the model can read. */
type Taken = TurnResult & {readonly isTooLong: boolean};

function isOwnText({store, ownDocuments}: Services, id: Conversation['id'], artifact: Artifact): boolean {
	return ownDocuments.get(`${id} ${artifact}`) === store.state().spec?.artifacts[artifact]?.digest;
}

/** The documents that hold what the conversation itself wrote last: it need not be told of them, also after a restart. */
function ownTexts(services: Services, id: Conversation['id']): Conversation['toldTexts'] {
	const {spec} = services.store.state();
	const texts = spec === undefined ? {} : toldTextsOf(spec);
	return Object.fromEntries(Object.entries(texts).filter(([artifact]) => isOwnText(services, id, artifact as Artifact)));
}

/** The diffs of documents that changed since the model was last told, as text for its next message; what it wrote itself it knows. */
function changeNotices(
	services: Services,
	conversation: Conversation,
): {readonly texts: readonly string[]; readonly told: Conversation['toldTexts']} {
	const {spec} = services.store.state();
	if (spec === undefined || conversation.spec !== spec.name) {
		return {texts: [], told: {}};
	}

	const changes = documentChanges(spec, conversation.toldTexts);
	const foreign = changes.filter(({artifact}) => !isOwnText(services, conversation.id, artifact));
	for (const {artifact} of foreign) {
		// From now on the model knows another text than its own: going back to it is news again.
		services.ownDocuments.delete(`${conversation.id} ${artifact}`);
	}

	const notice = services.prompts.notices['spec-changed'] ?? '';
	const texts = foreign.map(({artifact, diff}) => fill(notice, {file: documentName(artifact, spec.isBugfix), diff}));
	return {texts, told: changes.length === 0 ? {} : toldTextsOf(spec)};
}

/** What the model must know of its last answer when that did not end by itself. */
function interruptedTexts({prompts}: Services, {items, messages, turn}: Conversation): readonly string[] {
	if (turn.end === undefined || turn.end === 'finished') {
		return [];
	}

	const last = items.findLast(item => item.kind === 'agent');
	const wasCut = messages.at(-1)?.role === 'user' && last?.isIncomplete === true;
	return [
		...(wasCut ? [fill(prompts.notices['cut-off'] ?? '', {text: last.text})] : []),
		...(turn.end === 'interrupted' ? [prompts.notices.stopped ?? ''] : []),
	];
}

/** Sends the message with all that waits for it; false when nothing is left to say, because the person took it back. */
function sendMessage(services: Services, conversation: Conversation, message: TurnMessage, opening: readonly string[]): boolean {
	const {texts, told} = changeNotices(services, conversation);
	const queued = takeAllQueued(services);
	const all = [...interruptedTexts(services, conversation), ...texts, ...opening, message.text, ...queued].filter(text => text !== '');
	const blocks: UserBlock[] = [...unansweredCalls(conversation), ...all.map(text => ({type: 'text' as const, text}))];
	if (blocks.length === 0) {
		return false;
	}

	const shown = [...(message.shown === undefined ? [] : [message.shown]), ...queued].filter(text => text !== '').join('\n\n');
	services.append({
		type: 'message.sent',
		conversation: conversation.id,
		message: {role: 'user', content: blocks},
		...(shown !== '' && {shown}),
		...(message.note !== undefined && {note: message.note}),
		toldTexts: told,
	});
	return true;
}

/** What every request of a turn begins with. */
function requestOf(conversation: Conversation): Turn['request'] {
	return {
		model: conversation.model,
		maxTokens: 32_000,
		effort: 'medium',
		system: conversation.system,
		pinned: conversation.pinned,
		webSearch: stageOf(conversation.stage).artifact !== undefined,
		purpose: {
			stage: conversation.stage === 'requirements' && conversation.route !== 'feature' ? conversation.route : conversation.stage,
			...(conversation.spec !== undefined && {spec: conversation.spec}),
			...(conversation.task !== undefined && {task: conversation.task}),
		},
	};
}

async function runAgent(services: Services, conversation: Conversation, options: TurnOptions, signal: AbortSignal): Promise<TurnOutcome> {
	const model = requireModel(services);
	const {store} = services;
	const steering: string[] = [];
	const {expectRed} = options;
	let {beforeChange} = options;
	const missing = createMissingWork(services, conversation);
	const turn = runTurn({
		model,
		request: requestOf(conversation),
		messages: store.state().conversations[conversation.id]?.messages ?? [],
		tools: toolsFor(conversation.stage),
		context: {...toolContextFor(services, conversation, signal), ...(expectRed && {expectRed})},
		async decide(call) {
			await services.conversations.flush();
			const decision = await decideCall(services, conversation, call, signal);
			if (decision.allowed && changesFiles(call)) {
				await beforeChange?.();
				beforeChange = undefined;
			}

			if (decision.allowed) {
				missing.takeCall(call);
				steering.push(...(await steeringForCall(services, conversation.id, call)));
			}

			return decision;
		},
		async ownTexts() {
			await syncArtifacts(services);
			return ownTexts(services, conversation.id);
		},
		async takePending() {
			requireBudget(store.state());
			await syncArtifacts(services);
			const now = store.state().conversations[conversation.id] ?? conversation;
			const {texts, told} = changeNotices(services, now);
			services.append({type: 'queue.taken', conversation: conversation.id});
			return {texts: [...steering.splice(0), ...texts], shown: now.queued, told};
		},
		notices: services.prompts.notices,
		missing: missing.find,
		signal,
	});
	let next = await turn.next();
	while (next.done !== true) {
		appendAgentEvent(services, conversation.id, next.value, {
			now: services.options.now(),
			costOf: (usage, id) => costOf(usage, id, services.settings.prices),
		});
		if (next.value.type === 'results.appended') {
			// What the next request tells must be on disk before it is told: after a kill the history is what the service has seen.
			await services.conversations.flush();
		}

		next = await turn.next();
	}

	return next.value;
}

function failTurn(services: Services, id: Conversation['id'], error: unknown): Taken {
	const known = error instanceof ModelError || error instanceof UserError ? error : undefined;
	const end = known instanceof ModelError && known.kind === 'stopped' ? 'interrupted' : 'failed';
	services.append({
		type: 'turn.finished',
		conversation: id,
		outcome: end,
		at: services.options.now(),
		message: known?.message ?? 'The turn failed: this is a bug in kiro-tui',
		...(known !== undefined && {nextStep: known.nextStep}),
	});
	if (known === undefined) {
		throw error;
	}

	services.told.add(known);
	return {end, error: known, isTooLong: known instanceof ModelError && known.kind === 'too-long'};
}

async function takeIn(
	services: Services,
	id: Conversation['id'],
	message: TurnMessage,
	signal: AbortSignal,
	options: TurnOptions,
): Promise<Taken> {
	const {store, append} = services;
	const {now} = services.options;
	const conversation = store.state().conversations[id];
	if (conversation === undefined) {
		throw new Error(`no conversation ${id}`);
	}

	const opening = await documentOpening(services, conversation, message.text, signal);
	if (!sendMessage(services, conversation, message, opening)) {
		return {end: 'finished', isTooLong: false};
	}

	append({type: 'turn.started', conversation: id, at: now()});
	await services.conversations.flush();
	try {
		const outcome = await runAgent(services, conversation, options, signal);
		const end = endOf(outcome);
		append({type: 'turn.finished', conversation: id, at: now(), ...end});
		return {end: end.outcome, isTooLong: outcome.kind === 'finished' && outcome.stop === 'model_context_window_exceeded'};
	} catch (error) {
		return failTurn(services, id, error);
	} finally {
		await syncArtifacts(services);
		await refreshEvidence(services);
		await services.conversations.flush();
	}
}

/**
 * One turn of a conversation: the person's message and what changed on disk go out, the agent works until it is done or stopped. A conversation
 * that turns out longer than the model can read goes on, once, in a fresh one.
 */
export async function takeTurn(
	services: Services,
	id: Conversation['id'],
	message: TurnMessage,
	signal: AbortSignal,
	options: TurnOptions = {},
): Promise<TurnResult> {
	const {store} = services;
	requireModel(services);
	requireBudget(store.state());
	await syncArtifacts(services);
	const at = newestOf(services, id);
	const taken = await takeIn(services, at, message, signal, options);
	const next = taken.isTooLong ? await continueConversation(services, at, message) : undefined;
	const {isTooLong: _, ...result} = next === undefined ? taken : await takeIn(services, next.id, next.message, signal, options);
	// Between two requests the budget may be reached: then the message stays queued, where the person sees it.
	const goesOn = result.end === 'finished' && hasQueued(store.state(), next?.id ?? at);
	return goesOn ? takeTurn(services, id, queuedMessage, signal, options) : result;
}
