import type {Route} from '../../protocol/event.ts';
import {UserError} from '../../protocol/user-error.ts';
import {createSpecFolder, listSpecs, specNameFrom} from '../../workspace/spec-folder.ts';
import {proposeRoute, routes} from '../routes.ts';
import type {Services} from '../services.ts';
import {takeStageTurn} from '../take-stage-turn.ts';
import type {TurnResult} from '../take-turn.ts';
import {openSpec} from './open-spec.ts';
import {requireModel, requireTrust} from './require.ts';

export type NewSpec = {readonly name?: string; readonly idea: string; readonly route?: Route};

async function chooseRoute(services: Services, idea: string): Promise<Route | 'chat' | undefined> {
	const proposed = proposeRoute(idea);
	const answer = await services.ask(
		{
			kind: 'route',
			title: `How much ceremony for this? ${routes[proposed].label} fits its size`,
			lines: Object.values(routes).map(route => `${route.key === routes[proposed].key ? '>' : ' '} ${route.label}: ${route.meaning}`),
			options: [...Object.values(routes).map(route => ({key: route.key, label: route.label})), {key: 'c', label: 'just chat'}],
			takesText: false,
		},
		new AbortController().signal,
	);
	if (answer.key === 'c') {
		return 'chat';
	}

	return (Object.keys(routes) as Route[]).find(route => routes[route].key === answer.key);
}

async function freeName(services: Services, given: string | undefined, idea: string): Promise<string> {
	const taken = new Set((await listSpecs(services.root)).map(spec => spec.name));
	if (given !== undefined) {
		if (taken.has(given)) {
			throw new UserError(`There is a spec called ${given} already`, {
				nextStep: `Open it with --spec ${given}, or choose another name`,
				exitCode: 2,
			});
		}

		return given;
	}

	const base = specNameFrom(idea);
	const numbered = Array.from({length: 98}, (_, index) => `${base}-${index + 2}`);
	return [base, ...numbered].find(name => !taken.has(name)) ?? base;
}

/** Begins a spec from an idea: a route, a folder, and the first turn. Resolves without a result when the person only wants to chat. */
export async function createSpec(services: Services, {name, idea, route: given}: NewSpec): Promise<TurnResult | 'chat' | undefined> {
	requireTrust(services);
	requireModel(services);
	const route = given ?? (await chooseRoute(services, idea));
	if (route === undefined) {
		services.append({type: 'noticed', level: 'info', text: `Not begun: ${idea}`, nextStep: 'Up brings it back into the prompt'});
	}

	if (route === undefined || route === 'chat') {
		return route;
	}

	const chosen = await freeName(services, name, idea);
	await createSpecFolder(services.root, chosen);
	await openSpec(services, chosen);
	return takeStageTurn(services, {text: idea, shown: idea}, {stage: 'requirements', route});
}
