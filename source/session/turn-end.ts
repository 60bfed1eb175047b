import type {TurnOutcome} from '../agent/run-turn.ts';
import type {TurnEnd} from '../protocol/event.ts';

/** How a turn ended, with what a person is told of it when it did not end by itself. */
type End = {readonly outcome: TurnEnd; readonly message?: string; readonly nextStep?: string};

type Finished = Extract<TurnOutcome, {kind: 'finished'}>;
type Looping = Extract<TurnOutcome, {kind: 'looping'}>;

const otherModel = 'Say what to do instead, or choose another model with /model';

function endOfFinished({stop}: Finished): End {
	if (stop === 'model_context_window_exceeded') {
		return {
			outcome: 'cut-off',
			message: 'The conversation has become longer than the model can read',
			nextStep: 'Begin a new one with /repin: the documents are pinned there too, and what is on disk is kept',
		};
	}

	if (stop === 'max_tokens') {
		return {
			outcome: 'cut-off',
			message: 'The answer was cut off at its length limit',
			nextStep: 'Send "go on" to let it continue',
		};
	}

	return stop === 'refusal'
		? {outcome: 'refused', message: 'The model declined to answer this', nextStep: 'Ask in other words'}
		: {outcome: 'finished'};
}

function endOfLooping({loop: {kind, times}}: Looping): End {
	const what =
		kind === 'same-call' ? `sent the same failing call ${times} times` : `sent the same few calls ${times} times in a row, to no effect`;
	return {outcome: 'looping', message: `Stopped: the model ${what}`, nextStep: otherModel};
}

/** What the outcome of a turn means to the session, and to the person. */
export function endOf(outcome: TurnOutcome): End {
	switch (outcome.kind) {
		case 'finished': {
			return endOfFinished(outcome);
		}

		case 'interrupted': {
			return {outcome: 'interrupted', message: 'Interrupted', nextStep: 'Send a message to go on'};
		}

		case 'limit': {
			return {
				outcome: 'limit',
				message: 'Stopped: this turn made as many requests as one turn may',
				nextStep: 'Send a message to go on',
			};
		}

		case 'declined': {
			return {outcome: 'declined', message: 'Stopped: a call was declined', nextStep: 'Say what to do instead'};
		}

		case 'empty': {
			return {
				outcome: 'empty',
				message: 'The model ended its turn without words and without a call, also when it was asked again',
				nextStep: otherModel,
			};
		}

		case 'written-call': {
			return {
				outcome: 'written-call',
				message: `The model wrote a call to ${outcome.tool} as text, also when it was told that this runs nothing`,
				nextStep: otherModel,
			};
		}

		case 'looping': {
			return endOfLooping(outcome);
		}

		default: {
			return outcome satisfies never;
		}
	}
}
