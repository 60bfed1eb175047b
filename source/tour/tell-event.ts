import {describeEvent, wordsOf} from '../protocol/describe-event.ts';
import type {Event} from '../protocol/event.ts';

/** What the plain tour prints of a fact: as without a screen, with the recorded words of the model marked. */
export function tellEvent(event: Event): readonly string[] {
	const words = wordsOf(event);
	if (words === undefined) {
		return describeEvent(event);
	}

	return words === '' ? [] : words.split('\n').map(line => `model: ${line}`);
}
