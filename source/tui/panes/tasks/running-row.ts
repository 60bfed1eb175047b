import type {TaskPhase} from '../../../protocol/event.ts';
import {formatDuration} from '../../rows/format.ts';
import type {Row} from '../../rows/row.ts';
import {spinnerOf} from '../../spinner.ts';
import type {World} from '../../world.ts';

const phases: Readonly<Record<TaskPhase, string>> = {
	baseline: 'running the tests as they are',
	'tests-first': 'the agent writes the tests first',
	agent: 'the agent is at work',
	tests: 'running the tests',
	repair: 'repairing',
};

/** What the task at hand is doing, and for how long: `⠹ says done, 1 red  repairing 1  1m12s`. */
export function runningRow(world: World): Row {
	const {current} = world.state.run;
	if (current === undefined) {
		return [];
	}

	const failed = world.state.tests.last?.comparison?.newFailures.length ?? 0;
	const isRed = current.phase === 'repair' && failed > 0;
	return [
		{text: `${spinnerOf(world)} `, tone: 'accent'},
		...(isRed ? [{text: `says done, ${failed} red`, tone: 'bad' as const}, {text: '  '}] : []),
		{text: phases[current.phase]},
		...(current.round > 0 ? [{text: ` ${current.round}`}] : []),
		{text: `  ${formatDuration(world.now - current.since)}`, tone: 'muted'},
	];
}
