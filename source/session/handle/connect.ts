import {findLocalServers} from '../../model/local-servers.ts';
import {UserError} from '../../protocol/user-error.ts';
import {chooseModelId} from '../model-for.ts';
import {ownSecretsIn, withoutSecrets} from '../redact.ts';
import type {Services} from '../services.ts';

const maxOffered = 9;

/** Looks for model servers on this machine, lets the person pick a model, and uses it from now on. Nothing of the project is sent before the pick. */
export async function connect(services: Services): Promise<void> {
	const {connect: open} = services.options;
	const servers = await findLocalServers(new AbortController().signal);
	const offered = servers.flatMap(({name, baseUrl, models}) => models.map(model => ({name, baseUrl, model}))).slice(0, maxOffered);
	if (open === undefined || offered.length === 0) {
		throw new UserError('No model server answers on this machine', {
			nextStep: 'Start Ollama, LM Studio, llama.cpp or vLLM, then /connect again; or set ANTHROPIC_API_KEY and start again',
			exitCode: 7,
		});
	}

	const answer = await services.ask(
		{
			kind: 'model',
			title: 'Use which model on this machine?',
			lines: ['What you send goes to that server and nowhere else'],
			options: offered.map(({name, model}, index) => ({key: `${index + 1}`, label: `${model} (${name})`})),
			takesText: false,
		},
		new AbortController().signal,
	);
	const chosen = offered[Number(answer.key) - 1];
	if (chosen === undefined) {
		return;
	}

	const model = await open(chosen.baseUrl);
	if (model === undefined) {
		throw new UserError(`${chosen.name} cannot be used`, {nextStep: 'Choose another one: /connect', exitCode: 7});
	}

	services.model = withoutSecrets(model, ownSecretsIn(services.options.env));
	chooseModelId(services, chosen.model);
}
