import {describeEvent} from '../protocol/describe-event.ts';
import type {Event} from '../protocol/event.ts';

/** What the plain tour prints of a fact: as without a screen, with the recorded words of the model marked. */
export function tellEvent(event: Event): readonly string[] {
	if (event.type === 'answer.finished') {
		return event.message.content.flatMap(block => (block.type === 'text' ? block.text.split('\n').map(line => `model: ${line}`) : []));
	}

	return describeEvent(event);
}
