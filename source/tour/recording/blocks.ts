import type {RecordedAnswer, RecordedBlock} from '../../model/providers/recorded.ts';

/** A sentence in the chat. */
export function says(text: string): RecordedBlock {
	return {type: 'text', text};
}

/** What the model thinks before it speaks. */
export function thinks(thinking: string): RecordedBlock {
	return {type: 'thinking', thinking};
}

/** A tool call. */
export function calls(name: string, input: Readonly<Record<string, string>>): RecordedBlock {
	return {type: 'tool_use', name, input};
}

/** The last words of a turn, as a call that holds only if every call before it succeeded. */
export function ends(message: string): RecordedBlock {
	return calls('end_turn', {message});
}

/** Blocks that fit only when the newest message holds this text: what the program told the model is then shown to have arrived. */
export function whenTold(expects: string, blocks: readonly RecordedBlock[]): Omit<RecordedAnswer, 'for'> {
	return {expects, blocks};
}

/** The answers of one conversation, in order. */
export function records(
	conversation: string,
	answers: readonly (readonly RecordedBlock[] | Omit<RecordedAnswer, 'for'>)[],
): readonly RecordedAnswer[] {
	return answers.map(answer => ({for: conversation, ...('blocks' in answer ? answer : {blocks: answer})}));
}
