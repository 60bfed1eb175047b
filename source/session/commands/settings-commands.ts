import {inputTokens} from '../../protocol/message.ts';
import {type Mode, modes} from '../../protocol/permission.ts';
import {currentConversation} from '../../protocol/select.ts';
import {type Spent, specCost} from '../../protocol/spec-cost.ts';
import {UserError} from '../../protocol/user-error.ts';
import {connect} from '../handle/connect.ts';
import {requireModel} from '../handle/require.ts';
import {chooseModelId} from '../model-for.ts';
import type {Services} from '../services.ts';
import {askForTrust} from '../trust-workspace.ts';
import type {Command} from './command.ts';

/** The rough size of a text in tokens, until the service has counted it: 3.2 characters a token for the newest models. */
const charactersPerToken = 3.2;

function tokens(text: string): number {
	return Math.ceil(text.length / charactersPerToken);
}

async function showContext(services: Services) {
	const conversation = currentConversation(services.store.state());
	if (conversation === undefined) {
		throw new UserError('No conversation is open', {nextStep: 'Send a message first'});
	}

	const said = JSON.stringify(conversation.messages);
	const rows = [
		...conversation.system.map((text, index) => `${index === 0 ? 'instructions' : 'steering'}: about ${tokens(text)} tokens`),
		...conversation.pinned.map(text => `${/name="([^"]*)"/.exec(text)?.[1] ?? 'pinned'}: about ${tokens(text)} tokens`),
		`conversation (${conversation.messages.length} messages): about ${tokens(said)} tokens`,
		`newest request, as counted by the service: ${conversation.contextTokens} tokens`,
	];
	services.append({type: 'noticed', level: 'info', text: `In the context:\n${rows.join('\n')}`});
}

function describeSpent({usage, costUsd}: Spent): string {
	const total = inputTokens(usage);
	const share = total === 0 ? 0 : Math.round((usage.cacheRead / total) * 100);
	return `${costUsd === undefined ? 'price unknown' : `$${costUsd.toFixed(2)}`}, ${total} tokens in (${share} % from the cache), ${usage.output} out`;
}

async function showCost(services: Services) {
	const {usage, costUsd, isPriced, spec} = services.store.state();
	const lines = [`this session: ${describeSpent({usage, ...(isPriced && {costUsd})})}`];
	if (spec !== undefined) {
		const {stages, tasks, total} = specCost(spec.ledger);
		lines.push(
			...Object.entries(stages).map(([stage, spent]) => `${stage}: ${describeSpent(spent)}`),
			...Object.entries(tasks).map(([task, spent]) => `task ${task}: ${describeSpent(spent)}`),
			`${spec.name}: ${describeSpent(total)}`,
		);
	}

	services.append({type: 'noticed', level: 'info', text: lines.join('\n')});
}

async function chooseModel(services: Services, argument: string) {
	if (argument !== '') {
		chooseModelId(services, argument);
		return;
	}

	const models = await requireModel(services).list(AbortSignal.timeout(10_000));
	const answer = await services.ask(
		{
			kind: 'model',
			title: 'Choose a model',
			lines: [],
			options: models
				.slice(0, 9)
				.map((model, index) => ({key: `${index + 1}`, label: model.name === model.id ? model.id : `${model.name} (${model.id})`})),
			takesText: true,
		},
		new AbortController().signal,
	);
	const chosen = answer.key === 'text' ? answer.text : models[Number(answer.key) - 1]?.id;
	if (chosen !== undefined && chosen !== '') {
		chooseModelId(services, chosen, models.find(model => model.id === chosen)?.contextTokens);
	}
}

async function setMode(services: Services, argument: string) {
	const mode: Mode | undefined = modes.find(known => known === argument);
	if (mode === undefined) {
		throw new UserError(`There is no mode called ${argument}`, {nextStep: `One of ${modes.join(', ')}`, exitCode: 2});
	}

	services.append({type: 'mode.changed', mode});
}

async function setBudget(services: Services, argument: string) {
	const budgetUsd = Number(argument.replace('$', ''));
	if (!Number.isFinite(budgetUsd) || budgetUsd <= 0) {
		throw new UserError('A budget is a sum in US dollars', {nextStep: 'For example: /budget 5', exitCode: 2});
	}

	services.append({type: 'budget.set', budgetUsd});
}

export const settingsCommands: readonly Command[] = [
	{name: 'mode', usage: 'ask|auto-edit|auto-task', summary: 'how much goes unasked', run: setMode},
	{name: 'model', usage: '[id]', summary: 'choose a model from what the server offers', run: chooseModel},
	{name: 'connect', usage: '', summary: 'use a model server on this machine', run: connect},
	{name: 'budget', usage: '<dollars>', summary: 'pause before this sum is passed', run: setBudget},
	{name: 'context', usage: '', summary: 'what the model is sent, with its tokens', run: showContext},
	{name: 'cost', usage: '', summary: 'tokens, cached share and cost so far', run: showCost},
	{name: 'trust', usage: '', summary: 'answer the trust question', run: askForTrust},
];
