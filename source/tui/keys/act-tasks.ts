import type {Intent} from '../../protocol/intent.ts';
import {workToUndo} from '../../protocol/select.ts';
import {isDone, nextTask} from '../../spec/task-progress.ts';
import type {Task, TaskId} from '../../spec/tasks.ts';
import {showsTaskText} from '../panes/index.ts';
import {confirming, say} from '../view-state.ts';
import type {World} from '../world.ts';
import {selectedIn} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

/** The task that a key acts on: the one chosen in the list, else the next open one. */
function taskAt(world: World): Task | undefined {
	const tasks = world.state.spec?.tasks.tasks ?? [];
	const chosen = showsTaskText(world) ? undefined : selectedIn(world, 'tasks');
	return tasks.find(task => task.id === chosen) ?? nextTask(tasks);
}

function withTask(world: World, act: (task: TaskId, whole: Task) => Step): Step {
	const task = taskAt(world);
	return task === undefined ? step(say(world.view, 'No open task is left', world.now)) : act(task.id, task);
}

export function startTask(world: World): Step {
	return withTask(world, task => asking(world.view, {type: 'start-task', task}));
}

/** Starts the first open task, whatever is chosen in the list. */
export function startNextTask(world: World): Step {
	const task = nextTask(world.state.spec?.tasks.tasks ?? []);
	return task === undefined
		? step(say(world.view, 'No open task is left', world.now))
		: asking(world.view, {type: 'start-task', task: task.id});
}

/** All open tasks, from the chosen one on when one was chosen. */
export function runAllTasks(world: World): Step {
	const chosen = selectedIn(world, 'tasks');
	const from = world.state.spec?.tasks.tasks.find(task => task.id === chosen)?.id;
	return asking(world.view, {type: 'run-tasks', tasks: from === undefined ? 'all' : {from}});
}

/** Stops the run of several tasks after the one at hand, or lets it go on after all. */
export function pauseAfterTask({state, view, now}: World): Step {
	return state.run.current === undefined ? step(say(view, 'No task is running', now)) : asking(view, {type: 'pause-after-task'});
}

/** Takes the chosen task out of the run that is at work, or adds it. */
export function queueTask(world: World): Step {
	return withTask(world, task => asking(world.view, {type: 'change-queue', task}));
}

export function validateTask(world: World): Step {
	return withTask(world, task => asking(world.view, {type: 'run-tests', task}));
}

export function diffTask(world: World): Step {
	return withTask(world, task => asking(world.view, {type: 'show-diff', task}));
}

/** Undo acts on what was chosen; without a choice on the newest checkpoint. Asked first, with what it is. */
export function undoTask(world: World): Step {
	const {state, view, now} = world;
	const chosen = selectedIn(world, 'tasks');
	const task = state.spec?.tasks.tasks.find(candidate => candidate.id === chosen)?.id;
	const intent: Intent = {type: 'undo', ...(task !== undefined && {task})};
	const work = workToUndo(state, task);
	if (work === undefined) {
		return asking(view, intent);
	}

	return step(
		confirming(view, now, {
			kind: 'undo',
			title: work.task === undefined ? `Undo the newest work: ${work.label}?` : `Undo task ${work.task}?`,
			lines: [`Its files go back to what they were before${work.task === undefined ? '' : ', and the task is open again'}.`],
			yes: 'undo',
			no: 'leave it',
			intent,
		}),
	);
}

/** Ticks by hand, with a reason that is kept; a ticked one is unticked, after asking. */
export function markTask(world: World): Step {
	const {view, now} = world;
	return withTask(world, (task, whole) => {
		if (isDone(whole)) {
			return step(
				confirming(view, now, {
					kind: 'untick',
					title: `Untick task ${task}?`,
					lines: [],
					yes: 'untick',
					no: 'leave it',
					intent: {type: 'untick-task', task},
				}),
			);
		}

		return step(
			{...view, field: {label: `why tick ${task} by hand:`, value: '', purpose: {kind: 'accept-reason', task}}},
			{kind: 'clear-feed'},
		);
	});
}
