import type {Answer, Ask} from '../protocol/ask.ts';

/** A choice as numbered lines, for a person and for a screen reader. */
export function askLines(ask: Ask): readonly string[] {
	return [
		'',
		ask.title,
		...ask.lines.map(line => `  ${line}`),
		...ask.options.map((option, index) => `  ${index + 1}. ${option.label}${option.wantsText === true ? ' (then say it)' : ''}`),
		`Answer with a number${ask.takesText ? ', or in your own words' : ''}; "esc" leaves it.`,
	];
}

/** What a typed line answers; `text` asks for one more line; undefined when it is no answer to this. */
export type LineAnswer =
	| {readonly kind: 'answer'; readonly answer: Answer}
	| {readonly kind: 'text'; readonly key: string}
	| {readonly kind: 'unclear'};

/** Reads a line as the answer to an ask. Nothing is the default: an empty line answers nothing. */
export function answerLine(ask: Ask, line: string): LineAnswer {
	const text = line.trim();
	if (text.toLowerCase() === 'esc') {
		return {kind: 'answer', answer: {key: 'escape'}};
	}

	const option = /^\d+$/.test(text) ? ask.options[Number(text) - 1] : ask.options.find(({key}) => key === text);
	if (option !== undefined) {
		return option.wantsText === true ? {kind: 'text', key: option.key} : {kind: 'answer', answer: {key: option.key}};
	}

	return ask.takesText && text !== '' ? {kind: 'answer', answer: {key: 'text', text}} : {kind: 'unclear'};
}
