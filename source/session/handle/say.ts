import type {StageId} from '../../protocol/event.ts';
import type {Services} from '../services.ts';
import {takeStageTurn} from '../take-stage-turn.ts';
import {chat} from './chat.ts';
import {goToStage} from './enter-stage.ts';

/** One message in a stage, whatever it begins with; without an open spec a free conversation. */
export async function say(services: Services, text: string, stage?: StageId): Promise<void> {
	if (services.store.state().spec === undefined) {
		await chat(services, text);
		return;
	}

	if (stage !== undefined && services.store.state().spec?.stage !== stage) {
		goToStage(services, stage);
	}

	await takeStageTurn(services, {text, shown: text});
}
