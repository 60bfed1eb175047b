import type {Event} from './event.ts';
import {testCommandOf} from './join-reports.ts';
import {withRun} from './known-tests.ts';
import type {State, TaskRun, TestsState} from './state.ts';

const keptOutput = 20_000;

function finishTests(tests: TestsState, event: Extract<Event, {type: 'tests.finished'}>): TestsState {
	const {running, ...rest} = tests;
	const {report, reason, comparison} = event;
	const {counts, detail, exitCode, problem} = report;
	if (reason === 'again') {
		return {...rest};
	}

	const known = withRun(tests.known, {report, startedAt: event.startedAt ?? running?.since ?? 0, flaky: comparison?.flaky ?? []});
	return {
		...rest,
		...(known !== undefined && {known}),
		last: {report, reason, ...(comparison && {comparison})},
		history: [...tests.history, {reason, counts, detail, exitCode, ...(problem && {problem})}].slice(-20),
	};
}

function progressTests(tests: TestsState, text: string): TestsState {
	return tests.running === undefined
		? tests
		: {...tests, running: {...tests.running, output: (tests.running.output + text).slice(-keptOutput)}};
}

function reduceTests(tests: TestsState, event: Event): TestsState {
	switch (event.type) {
		case 'tests.recalled': {
			return {known: event.known, ...tests};
		}

		case 'tests.started': {
			const {type: _, at, ...facts} = event;
			return {...tests, running: {...facts, since: at, output: ''}};
		}

		case 'tests.progressed': {
			return progressTests(tests, event.text);
		}

		case 'tests.finished': {
			return finishTests(tests, event);
		}

		case 'baseline.set': {
			const {report} = event;
			return {...tests, baselines: {...tests.baselines, [testCommandOf(report)]: report}};
		}

		default: {
			return tests;
		}
	}
}

function changeRun(state: State, change: Partial<TaskRun>): State {
	return state.run.current === undefined ? state : {...state, run: {...state.run, current: {...state.run.current, ...change}}};
}

function finishTask(state: State, event: Extract<Event, {type: 'task.finished'}>): State {
	const {current: _, ...run} = state.run;
	const {type: __, task, ...result} = event;
	return {...state, run: {...run, queue: run.queue.filter(queued => queued !== task), results: {...run.results, [task]: result}}};
}

/** Task runs, test runs, checkpoints. */
export function reduceTaskRun(state: State, event: Event): State {
	switch (event.type) {
		case 'run.queued': {
			// A queue that is changed while it runs keeps what was asked for it.
			const isPauseAsked = state.run.queue.length > 0 && event.tasks.length > 0 && state.run.isPauseAsked;
			return {...state, run: {...state.run, queue: event.tasks, isPauseAsked}};
		}

		case 'run.pause-asked': {
			return {...state, run: {...state.run, isPauseAsked: event.isAsked}};
		}

		case 'task.started': {
			const current: TaskRun = {task: event.task, title: event.title, phase: 'baseline', round: 0, since: event.at};
			return {...state, run: {...state.run, current}};
		}

		case 'task.phase-entered': {
			return changeRun(state, {phase: event.phase, round: event.round});
		}

		case 'task.claimed': {
			return changeRun(state, {claim: event.report});
		}

		case 'task.finished': {
			return finishTask(state, event);
		}

		case 'checkpoint.made': {
			const {type: _, checkpoint, ...facts} = event;
			return {...state, checkpoints: [...state.checkpoints, {id: checkpoint, ...facts}]};
		}

		case 'checkpoint.restored': {
			return event.skipped.length > 0
				? state
				: {...state, checkpoints: state.checkpoints.map(made => (made.id === event.checkpoint ? {...made, isUndone: true} : made))};
		}

		case 'spec.opened': {
			return {...state, checkpoints: state.checkpoints.filter(({task}) => task === undefined)};
		}

		case 'ledger.appended': {
			const {entry} = event;
			if (entry.type !== 'tick' || (entry.marker !== ' ' && entry.marker !== '-')) {
				return state;
			}

			const {[entry.task]: _, ...results} = state.run.results;
			return {...state, run: {...state.run, results}};
		}

		case 'diff.shown': {
			const {title, files, task, comments = []} = event;
			return {...state, diff: {title, files, ...(task !== undefined && {task})}, comments};
		}

		case 'review.changed': {
			return state.diff?.task === event.task ? {...state, comments: event.comments} : state;
		}

		case 'files.changed': {
			return {...state, files: event.files};
		}

		default: {
			const tests = reduceTests(state.tests, event);
			return tests === state.tests ? state : {...state, tests};
		}
	}
}
