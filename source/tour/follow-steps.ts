import type {Intent} from '../protocol/intent.ts';
import type {State} from '../protocol/state.ts';
import type {IntentOutcome} from '../session/services.ts';
import type {Session} from '../session/session.ts';
import {playStep} from './play-step.ts';
import {answerInTour, steps, type TourStep} from './steps.ts';

/** Time to read a caption while the tour plays by itself, in milliseconds. */
const readingMs = 1200;

/** What the tour adds to the commands of a session. */
export const tourCommands: readonly {readonly name: string; readonly usage: string; readonly summary: string}[] = [
	{name: 'next', usage: '', summary: 'let the tour do this step'},
	{name: 'play', usage: '', summary: 'let the tour play to its end'},
];

/** A tour that a person follows, step by step, or lets play. */
export type FollowedTour = {
	/** The caption of the step at hand. */
	readonly line: () => {readonly label: string; readonly caption: string};
	/** Called when the caption changes. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Takes the tour's own commands, and hands everything else to the session. */
	readonly send: (intent: Intent) => Promise<IntentOutcome>;
	/** 5 once a step of the building did not come true while it played, else 0. */
	readonly exitCode: () => number;
};

function isIdle({run, asks, tests, conversations, current}: State): boolean {
	const turn = current === undefined ? undefined : conversations[current]?.turn;
	return run.current === undefined && asks.length === 0 && tests.running === undefined && turn?.isRunning !== true;
}

function captionOf(step: TourStep | undefined, at: number): string {
	if (step === undefined) {
		return 'That was the tour: everything but the words of the model was real. Ctrl+D leaves.';
	}

	const {action, caption, keys} = step;
	const what = action.kind === 'type' ? keys.replace('Type it', () => `Type "${action.text}"`) : keys;
	return `${at + 1}/${steps.length} ${caption} ${what}${at === 0 ? ' Or type /next for one step, /play for all.' : ''}`;
}

/** Which step is at hand: the first that has not come true, looked at whenever nothing is at work. */
function createPlace(session: Session) {
	const listeners = new Set<() => void>();
	let at = 0;
	const advance = () => {
		const before = at;
		while (steps[at]?.isDone(session.store.state()) === true) {
			at += 1;
		}

		for (const listener of before === at ? [] : listeners) {
			listener();
		}
	};

	session.store.subscribe((_, state) => {
		if (isIdle(state)) {
			advance();
		}
	});
	return {
		at: () => at,
		advance,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

/** Follows the steps as they come true, by the person's keys or, after `/next` or `/play`, by themselves. */
export function followSteps(session: Session, signal: AbortSignal): FollowedTour {
	const place = createPlace(session);
	let hasFailed = false;
	let isPlaying = false;
	session.store.subscribe(event => {
		if (isPlaying && event.type === 'asked') {
			void session.send({type: 'answer', ask: event.ask.id, answer: answerInTour(event.ask)});
		}
	});

	const playOne = async () => {
		const step = steps[place.at()];
		const isDone = step !== undefined && (await playStep(session, step, signal));
		hasFailed ||= step?.isProof === true && !isDone;
		place.advance();
		return isDone;
	};

	const play = async (count: number): Promise<IntentOutcome> => {
		isPlaying = true;
		try {
			for (let played = 0; played < count && !signal.aborted && (await playOne()); played++) {
				await new Promise(resolve => setTimeout(resolve, readingMs));
			}

			return {ok: true};
		} finally {
			isPlaying = false;
		}
	};

	return {
		line: () => ({label: 'recorded', caption: captionOf(steps[place.at()], place.at())}),
		subscribe: place.subscribe,
		async send(intent) {
			const text = intent.type === 'send' || intent.type === 'command' ? intent.text.trim() : '';
			if (text !== '/next' && text !== '/play') {
				return session.send(intent);
			}

			return isPlaying ? {ok: true} : play(text === '/next' ? 1 : steps.length);
		},
		exitCode: () => (hasFailed ? 5 : 0),
	};
}
