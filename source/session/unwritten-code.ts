import type {Conversation} from '../protocol/state.ts';
import type {Services} from './services.ts';

const minLines = 3;
/** What stands in such fences was said by a program, or is to be typed. */
const notCode = /^(?:|te?xt|plain(?:text)?|console|output|log|(?:ba|z)?sh|shell|diff|patch|markdown|md)$/i;

/** Whether a text shows code, in a fence that names its language. */
function holdsCode(text: string): boolean {
	let language: string | undefined;
	let count = 0;
	for (const line of text.split(/\r?\n/)) {
		const fence = /^\s*(?:`{3,}|~{3,})\s*([\w+#-]*)/.exec(line);
		if (fence !== null) {
			language = language === undefined ? fence[1] : undefined;
			count = 0;
		} else if (language !== undefined && !notCode.test(language)) {
			count += 1;
		}

		if (count >= minLines) {
			return true;
		}
	}

	return false;
}

/** What a model is told that shows code in a task whose turn changed nothing: the tests run on the files. */
export function unwrittenCode({prompts}: Services, {stage}: Conversation, answer: string): string | undefined {
	return stage === 'implement' && holdsCode(answer) ? prompts.notices['unwritten-code'] : undefined;
}
