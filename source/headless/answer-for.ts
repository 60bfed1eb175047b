import type {Answer, Ask} from '../protocol/ask.ts';
import type {State} from '../protocol/state.ts';

/** What nobody's presence answers: the safe choice, at once. A permission that would be asked is denied and reported. */
export function answerForNobody(ask: Ask, _state: State): Answer {
	switch (ask.kind) {
		case 'permission': {
			return {key: 'n', text: 'nobody is there to permit it; use what needs no permission, or say at the end that it is needed'};
		}

		case 'trust':
		case 'test-command':
		case 'undo':
		case 'task':
		case 'approval':
		case 'budget':
		case 'commit': {
			return {key: 'n'};
		}

		case 'question':
		case 'route':
		case 'model':
		case 'tampering': {
			return {key: 'escape'};
		}

		default: {
			return ask.kind satisfies never;
		}
	}
}
