import type {TaskPhase} from '../../protocol/event.ts';
import {currentConversation} from '../../protocol/select.ts';
import type {State} from '../../protocol/state.ts';
import {formatDuration} from '../rows/format.ts';
import {printableLine} from '../rows/printable-lines.ts';
import type {Row} from '../rows/row.ts';
import {spinnerOf} from '../spinner.ts';
import {isWorking} from '../view-state.ts';
import type {World} from '../world.ts';

const phases: Readonly<Record<TaskPhase, string>> = {
	baseline: 'tests as they are',
	'tests-first': 'tests first',
	agent: 'agent at work',
	tests: 'tests running',
	repair: 'repairing',
};

/** Seconds without a word from the service that are worth telling. */
const quietSeconds = 5;

function workOf(state: State): {readonly text: string; readonly since: number} {
	const {current} = state.run;
	if (current !== undefined) {
		const round = current.round > 0 ? ` ${current.round}` : '';
		return {text: `task ${current.task}: ${phases[current.phase]}${round}`, since: current.since};
	}

	if (state.tests.running !== undefined) {
		return {text: 'tests running', since: state.tests.running.since};
	}

	const turn = currentConversation(state)?.turn;
	const last = currentConversation(state)?.items.at(-1);
	const isThinking = last?.kind === 'thinking' && last.isStreaming;
	const isWriting = state.spec !== undefined && Object.values(state.spec.artifacts).some(artifact => artifact.streaming !== undefined);
	return {text: isWriting ? 'writing the document' : isThinking ? 'thinking' : 'working', since: turn?.since ?? 0};
}

/** What goes on now, for the line over the prompt: never a silent wait. Empty when nothing does. */
export function activityRow(world: World): Row {
	const {state, now} = world;
	if (state.waiting !== undefined) {
		const left = Math.max(0, Math.ceil((state.waiting.until - now) / 1000));
		const reason = printableLine(state.waiting.reason);
		return [{text: `${world.glyphs.waiting} ${reason}, asks again in ${left}s (attempt ${state.waiting.attempt})`, tone: 'warning'}];
	}

	if (!isWorking(state)) {
		return [];
	}

	const {text, since} = workOf(state);
	const quiet = state.stalledSeconds >= quietSeconds ? `  no word for ${state.stalledSeconds}s` : '';
	return [
		{text: `${spinnerOf(world)} `, tone: 'accent'},
		{text},
		{text: `  ${formatDuration(now - since)}`, tone: 'muted'},
		{text: quiet, tone: 'warning'},
	];
}
