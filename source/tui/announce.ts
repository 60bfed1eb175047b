import type {Event} from '../protocol/event.ts';
import {currentConversation} from '../protocol/select.ts';
import type {State} from '../protocol/state.ts';
import {taskProgress} from '../spec/task-progress.ts';
import {printableLine} from './rows/printable-lines.ts';
import {isWorking} from './view-state.ts';

export type Announcement = {readonly title: string; readonly body: string};

/** Turns shorter than this, in milliseconds, are not worth a bell: the person has hardly looked away. */
const longTurnMs = 10_000;

/** What a person who looks elsewhere wants to hear: a task ended, a question waits, a long turn is over. `before`: the state before the event. */
export function announcementOf(event: Event, state: State, before: State): Announcement | undefined {
	const title = `kiro-tui: ${printableLine(state.spec?.name ?? state.workspace.name)}`;
	switch (event.type) {
		case 'task.finished': {
			return {title, body: printableLine(`Task ${event.task}: ${event.why}`)};
		}

		case 'asked': {
			return {title, body: printableLine(`Waiting for you: ${event.ask.title}`)};
		}

		case 'turn.finished': {
			const since = currentConversation(before)?.turn.since ?? event.at;
			const isOwnTurn = state.run.current === undefined && event.outcome !== 'interrupted';
			return isOwnTurn && event.at - since >= longTurnMs
				? {title, body: event.message === undefined ? 'The answer is there' : printableLine(event.message)}
				: undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** A text that may stand in an OSC sequence: no control characters, and no semicolon, which separates its fields. */
function field(text: string): string {
	return printableLine(text)
		.replace(/[;\u001B\u0007]/g, ' ')
		.slice(0, 200);
}

/** Bell and the two notifications that terminals know: iTerm2's OSC 9 and urxvt's OSC 777. In tmux or screen only the bell gets through. */
export function announceSequence({title, body}: Announcement, isMultiplexed: boolean): string {
	return isMultiplexed
		? '\u0007'
		: `\u001B]9;${field(`${title}: ${body}`)}\u0007\u001B]777;notify;${field(title)};${field(body)}\u0007\u0007`;
}

/** The title of the window, with progress: `notify-when-done 2/5 * task 2.1`. */
export function windowTitle(state: State): string {
	const {spec, run, workspace} = state;
	const name = spec?.name ?? workspace.name;
	const progress = spec === undefined ? undefined : taskProgress(spec.tasks.tasks);
	const count = progress === undefined || progress.total === 0 ? '' : ` ${progress.done}/${progress.total}`;
	const waits = state.asks.length > 0 ? ' ?' : isWorking(state) ? ' *' : '';
	const task = run.current === undefined ? '' : ` task ${run.current.task}`;
	return field(`${name}${count}${waits}${task} - kiro-tui`);
}

/** Sets the title of the window (OSC 2). */
export function titleSequence(title: string): string {
	return `\u001B]2;${title}\u0007`;
}

/** Puts a text on the clipboard of the terminal, also over SSH (OSC 52). tmux wants it in its own wrapper. */
export function clipboardSequence(text: string, isMultiplexed: boolean): string {
	const sequence = `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
	return isMultiplexed ? `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\` : sequence;
}
