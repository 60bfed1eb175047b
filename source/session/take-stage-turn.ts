import {currentConversation} from '../protocol/select.ts';
import type {Task} from '../spec/tasks.ts';
import {checkMentions} from './check-mentions.ts';
import {requireSpec, requireTrust} from './handle/require.ts';
import type {ConversationKind} from './open-conversation.ts';
import {conversationFor} from './open-conversation.ts';
import {record} from './record.ts';
import {writesAll} from './routes.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';
import {type TurnMessage, type TurnResult, takeTurn} from './take-turn.ts';
import {takeVibeTurn} from './vibe.ts';
import {withWork} from './with-work.ts';

/** The conversation that a message belongs to: the one that may write all three documents goes on until a first gate is passed. */
function kindForMessage(services: Services): ConversationKind {
	const state = services.store.state();
	const spec = requireSpec(services);
	const current = currentConversation(state);
	const isOwn = current?.spec === spec.name;
	if (isOwn && writesAll(current) && !spec.ledger.some(entry => entry.type === 'approval')) {
		return {stage: current.stage, route: current.route};
	}

	const isInTask = spec.stage === 'implement' && current?.stage === 'implement' && current.task !== undefined;
	// A bugfix is known by its document; before that is written, by what the person chose.
	const isBugfix = spec.isBugfix || (isOwn && current.route === 'bugfix' && spec.artifacts.requirements === undefined);
	const route = isBugfix && stageOf(spec.stage).artifact !== undefined ? 'bugfix' : 'feature';
	return {stage: spec.stage, route, ...(isInTask && {task: current.task})};
}

type Before = {
	readonly costUsd: number;
	readonly usage: ReturnType<Services['store']['state']>['usage'];
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
};

async function recordCost(services: Services, before: Before) {
	const {costUsd, usage, isPriced, spec} = services.store.state();
	const spent = {
		input: usage.input - before.usage.input,
		output: usage.output - before.usage.output,
		cacheRead: usage.cacheRead - before.usage.cacheRead,
		cacheWrite5m: usage.cacheWrite5m - before.usage.cacheWrite5m,
		cacheWrite1h: usage.cacheWrite1h - before.usage.cacheWrite1h,
	};
	if (spec !== undefined && spent.output > 0) {
		const durationMs = services.options.now() - before.startedAt;
		await record(services, {
			type: 'cost',
			stage: spec.stage,
			usage: spent,
			...(isPriced && {costUsd: costUsd - before.costUsd}),
			durationMs,
		});
	}
}

/** After a turn that may write all documents they may be there: the gate is then at the last of them. */
function followDocuments(services: Services, kind: ConversationKind) {
	const spec = services.store.state().spec;
	if (writesAll(kind) && spec?.stage === 'requirements' && spec.artifacts.tasks !== undefined) {
		const conversation = services.store.state().current;
		services.append({type: 'stage.entered', stage: 'tasks'});
		if (conversation !== undefined) {
			services.append({type: 'conversation.entered', conversation});
		}
	}
}

/** The task whose talk is on screen and that was interrupted or failed: a message goes on with it, and the tests decide again. */
export function openTaskOf(services: Services): Task | undefined {
	const state = services.store.state();
	const current = currentConversation(state);
	const {spec} = state;
	return spec?.stage === 'implement' && current?.stage === 'implement' && current.spec === spec.name
		? spec.tasks.tasks.find(task => task.id === current.task && task.marker === '-')
		: undefined;
}

/** One turn in the stage at hand; where code may change, with a checkpoint before it and the tests after it. */
export async function takeStageTurn(services: Services, message: TurnMessage, asKind?: ConversationKind): Promise<TurnResult> {
	requireTrust(services);
	const kind = asKind ?? kindForMessage(services);
	return withWork(services, stageOf(kind.stage).title, async work => {
		const {costUsd, usage} = services.store.state();
		const before = {costUsd, usage, startedAt: services.options.now()};
		const conversation = await conversationFor(services, kind);
		work.conversation = conversation.id;
		const changesCode = stageOf(kind.stage).artifact === undefined;
		let result: TurnResult;
		try {
			result = changesCode
				? await takeVibeTurn(services, conversation.id, message, work)
				: await takeTurn(services, conversation.id, message, work.abort.signal);
		} finally {
			await recordCost(services, before);
		}

		if (result.error !== undefined) {
			throw result.error;
		}

		await checkMentions(services);
		followDocuments(services, kind);
		return result;
	});
}
