import type {ModelAnswer} from '../model/model.ts';
import {fill, type Prompts} from '../model/prompts.ts';
import type {ToolDefinition} from '../protocol/tool.ts';
import type {TurnOutcome} from './turn.ts';
import {writtenCall} from './written-call.ts';

/** What an answer that ends the turn lacks, and what the model is told of it. */
export type Shortfall = {
	readonly kind: 'empty' | 'written-call' | 'announced' | 'unwritten';
	readonly notice: string;
	/** How the turn ends when the model was told already; without it the answer may stand then. */
	readonly end?: TurnOutcome;
};

export type Review = {
	readonly tools: readonly ToolDefinition[];
	readonly notices: Prompts['notices'];
	/** What a model is told that ends its turn with these words, though the work is not where it has to be. */
	readonly missing: (text: string) => Promise<string | undefined>;
};

function textOf({message}: ModelAnswer): string {
	return message.content.map(block => (block.type === 'text' ? block.text : '')).join('');
}

/** An answer of thinking alone, or of nothing. A block that this program does not know says something. */
function isEmpty({message, droppedCalls}: ModelAnswer, text: string): boolean {
	return text.trim() === '' && droppedCalls.length === 0 && !message.content.some(({type}) => type === 'opaque' || type === 'tool_use');
}

/** Looks at the words that end a turn for what weaker models leave out; undefined when they may stand. */
export async function reviewWords(text: string, {tools, notices, missing}: Review): Promise<Shortfall | undefined> {
	const tool = writtenCall(text, tools);
	if (tool !== undefined) {
		return {kind: 'written-call', notice: fill(notices['written-call'] ?? '', {tool}), end: {kind: 'written-call', tool}};
	}

	const notice = await missing(text);
	if (notice !== undefined) {
		return {kind: 'unwritten', notice};
	}

	// In every language that models write in: "Now I read the file:", and then nothing.
	return /[:：]\s*$/.test(text) ? {kind: 'announced', notice: notices['announced-call'] ?? ''} : undefined;
}

/** The same of an answer without calls. */
export async function reviewAnswer(answer: ModelAnswer, review: Review): Promise<Shortfall | undefined> {
	const text = textOf(answer);
	return isEmpty(answer, text)
		? {kind: 'empty', notice: review.notices['empty-answer'] ?? '', end: {kind: 'empty'}}
		: reviewWords(text, review);
}
