import type {StageId} from '../protocol/event.ts';
import type {Services} from './services.ts';

/** What each stage uses when nobody says otherwise: documents are few and decide much, tasks are many (model.md, suggested defaults). */
const defaults: Readonly<Record<StageId, string>> = {
	requirements: 'claude-opus-5-5',
	design: 'claude-opus-5-5',
	tasks: 'claude-sonnet-5-5',
	implement: 'claude-sonnet-5-5',
	vibe: 'claude-sonnet-5-5',
};

/** The model of a stage: chosen in the session, else by flag, else by settings, else the default. */
export function modelFor(services: Services, stage: StageId): string {
	const {options, settings, chosenModel} = services;
	return chosenModel ?? options.modelId ?? settings.models[stage] ?? defaults[stage];
}

/** A person chose a model; conversations from now on use it. */
export function chooseModelId(services: Services, model: string, contextTokens?: number): void {
	services.chosenModel = model;
	services.append({
		type: 'model.chosen',
		model,
		isRecorded: services.options.isRecorded,
		...(contextTokens !== undefined && {contextTokens}),
	});
}

/** Shows the model of a stage as the one in force. A recorded one speaks in all of them, whatever the settings say. */
export function showModelFor(services: Services, stage: StageId): void {
	const model = modelFor(services, stage);
	if (services.model !== undefined && services.store.state().model?.id !== model) {
		const hadOther = services.store.state().model !== undefined && services.store.state().spec !== undefined;
		services.append({type: 'model.chosen', model, isRecorded: services.options.isRecorded});
		const {isRecorded, isUnattended = false} = services.options;
		if (hadOther && !isRecorded && !isUnattended) {
			services.append({
				type: 'noticed',
				level: 'info',
				text: `This stage uses ${model}`,
				nextStep: '/model chooses another one for all stages',
			});
		}
	}
}
