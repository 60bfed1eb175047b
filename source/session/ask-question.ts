import type {Question} from '../protocol/tool.ts';
import type {Services} from './services.ts';

const nobodyThere =
	'Nobody is there to answer. Decide in the safest way, write down what you took as given, and ask again in your last words if it matters.';

/** Puts the model's question to the person; an option by its number, or free text. */
export async function askQuestion(services: Services, question: Question, signal: AbortSignal): Promise<string> {
	const answer = await services.ask(
		{
			kind: 'question',
			title: question.question,
			lines: [],
			options: question.options.slice(0, 9).map((option, index) => ({
				key: `${index + 1}`,
				label: option.effect === undefined ? option.label : `${option.label} (${option.effect})`,
			})),
			takesText: true,
		},
		signal,
	);
	if (answer.key === 'text' && answer.text !== undefined) {
		return answer.text;
	}

	const chosen = question.options[Number(answer.key) - 1];
	return chosen?.label ?? answer.text ?? nobodyThere;
}
