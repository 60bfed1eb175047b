import {fill} from '../model/prompts.ts';
import type {Route, StageId} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import {currentConversation} from '../protocol/select.ts';
import type {Conversation, SpecState} from '../protocol/state.ts';
import type {TaskId} from '../spec/tasks.ts';
import {loadSteering} from '../workspace/steering-folder.ts';
import {modelFor} from './model-for.ts';
import {documentChanges, isOutlined, needsNewEpoch, pinnedBlocks, toldTextsOf} from './pinned.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';

export type ConversationKind = {
	readonly stage: StageId;
	readonly route: Route;
	readonly task?: TaskId;
};

/** Steering that is always part of the head: one block, files named. */
async function steeringBlock(services: Services): Promise<readonly string[]> {
	const steering = await loadSteering(services.root, services.options.home);
	const always = steering.filter(file => file.inclusion === 'always');
	return always.length === 0 ? [] : [always.map(file => `<steering file="${file.path}">\n${file.body}\n</steering>`).join('\n')];
}

function promptNameOf({stage, route}: ConversationKind): string {
	if (stage === 'requirements' && route !== 'feature') {
		return route;
	}

	return stage === 'tasks' && route === 'bugfix' ? 'bugfix-tasks' : stageOf(stage).prompt;
}

/** Another conversation over the same spec whose pinned head still is close enough to the disk to be read from the cache. */
function reusableHead(services: Services, spec: SpecState | undefined, kind: ConversationKind): Conversation | undefined {
	if (spec === undefined || kind.task === undefined) {
		return undefined;
	}

	const earlier = Object.values(services.store.state().conversations).findLast(
		conversation =>
			conversation.spec === spec.name &&
			conversation.stage === kind.stage &&
			conversation.task !== undefined &&
			conversation.model === modelFor(services, kind.stage),
	);
	if (earlier === undefined) {
		return undefined;
	}

	const {pinnedTexts} = earlier;
	return needsNewEpoch(documentChanges(spec, pinnedTexts), pinnedTexts) ? undefined : earlier;
}

/** Opens a conversation: a new epoch with the spec pinned, or, for the next task of a run unless it must be fresh, the head of the task before. */
export async function openConversation(services: Services, kind: ConversationKind, {isFresh = false} = {}): Promise<Conversation> {
	const {spec} = services.store.state();
	const id = services.options.newId() as ConversationId;
	const earlier = isFresh ? undefined : reusableHead(services, spec, kind);
	const texts = earlier?.pinnedTexts ?? (spec === undefined ? {} : toldTextsOf(spec));
	const values = {spec: spec?.name ?? 'no spec', path: spec?.path ?? ''};
	const core = fill(services.prompts.system, values);
	const stagePrompt = fill(services.prompts.stages[promptNameOf(kind)] ?? '', values);
	services.append({
		type: 'conversation.opened',
		conversation: id,
		stage: kind.stage,
		route: kind.route,
		model: modelFor(services, kind.stage),
		...(spec !== undefined && {spec: spec.name}),
		...(kind.task !== undefined && {task: kind.task}),
		system: earlier?.system ?? [`${core}\n\n${stagePrompt}`, ...(await steeringBlock(services))],
		pinned:
			earlier?.pinned ?? (spec === undefined ? [] : pinnedBlocks(spec, texts, {inOutline: kind.task !== undefined && isOutlined(texts)})),
		pinnedTexts: texts,
	});
	const opened = services.store.state().conversations[id];
	if (opened === undefined) {
		throw new Error('conversation.opened did not open a conversation');
	}

	return opened;
}

/** The conversation of this kind: the one on screen if it fits, else the newest that does, else a new one. */
export async function conversationFor(services: Services, kind: ConversationKind): Promise<Conversation> {
	const state = services.store.state();
	const model = modelFor(services, kind.stage);
	const fits = (conversation: Conversation | undefined) =>
		conversation !== undefined &&
		conversation.stage === kind.stage &&
		conversation.route === kind.route &&
		conversation.spec === state.spec?.name &&
		conversation.task === kind.task &&
		conversation.model === model;
	const current = currentConversation(state);
	// Without a spec each visit of home begins a conversation of its own.
	const known = state.spec === undefined ? undefined : Object.values(state.conversations).findLast(fits);
	const found = fits(current) ? current : known;
	if (found === undefined) {
		return openConversation(services, kind);
	}

	if (found.id !== state.current) {
		services.append({type: 'conversation.entered', conversation: found.id});
	}

	return found;
}
