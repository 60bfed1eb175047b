import {currentConversation} from '../../protocol/select.ts';
import {runCommand} from '../commands/run-command.ts';
import {hasLeftovers, queuedMessage} from '../queue.ts';
import {isQuestion} from '../routes.ts';
import type {Services} from '../services.ts';
import {openTaskOf, takeStageTurn} from '../take-stage-turn.ts';
import {chat} from './chat.ts';
import {createSpec} from './create-spec.ts';
import {goToStage} from './enter-stage.ts';
import {goOnWithTask} from './run-tasks.ts';

/** Begins what a person chose while other work was going on. */
export async function sendPrepared(services: Services): Promise<void> {
	const {prepared} = services;
	services.prepared = undefined;
	if (prepared === undefined || services.work !== undefined || services.isClosing || services.store.state().spec === undefined) {
		return;
	}

	goToStage(services, prepared.stage);
	await takeStageTurn(services, prepared.message);
}

/** Sends what a person queued when the work that should have taken it along has ended by itself; after Esc it waits for their next word. */
export async function sendLeftovers(services: Services): Promise<void> {
	const state = services.store.state();
	if (!hasLeftovers(services) || services.wasStopped || currentConversation(state)?.turn.end === 'interrupted') {
		return;
	}

	await (state.spec === undefined ? chat(services, queuedMessage.text) : takeStageTurn(services, queuedMessage));
}

/** Work that a message does not steer is waited for: the tests after a free turn, which it ends, and what Esc has stopped already. */
async function waitForEndedWork(services: Services) {
	for (let {work} = services; work !== undefined; work = services.work) {
		work.yieldToMessage?.abort();
		if (work.yieldToMessage === undefined && !work.abort.signal.aborted) {
			return;
		}

		await services.workDone;
	}
}

/**
 * What a person typed: a command, a message that steers the turn at work, a message in the stage at hand, or, on home, a question or an
 * idea.
 */
export async function send(services: Services, text: string): Promise<void> {
	const trimmed = text.trim();
	if (trimmed === '') {
		return;
	}

	if (trimmed.startsWith('/')) {
		await runCommand(services, trimmed);
		return;
	}

	// Typed beside the trust question, a message must not be refused before the answer is in force.
	await services.trustSettled;
	await waitForEndedWork(services);
	const state = services.store.state();
	const conversation = currentConversation(state);
	const busy = services.work === undefined ? undefined : (services.work.conversation ?? conversation?.id);
	if (busy !== undefined) {
		services.append({type: 'message.queued', conversation: busy, text});
		return;
	}

	const open = openTaskOf(services);
	if (open !== undefined) {
		await goOnWithTask(services, open, {text, shown: text});
		return;
	}

	if (state.spec !== undefined) {
		await takeStageTurn(services, {text, shown: text});
		return;
	}

	if (conversation !== undefined || isQuestion(text)) {
		await chat(services, text);
		return;
	}

	if ((await createSpec(services, {idea: text})) === 'chat') {
		await chat(services, text);
	}
}
