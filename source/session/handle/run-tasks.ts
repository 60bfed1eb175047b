import {approvalOf, unapprovedBefore} from '../../protocol/select.ts';
import type {SpecState} from '../../protocol/state.ts';
import {UserError} from '../../protocol/user-error.ts';
import {isDone, openPrerequisites} from '../../spec/task-progress.ts';
import type {Task, TaskId} from '../../spec/tasks.ts';
import {chooseTasks, type TaskChoice} from '../choose-tasks.ts';
import {estimateRun} from '../estimate-run.ts';
import type {MarkedTask} from '../mark.ts';
import {runTask} from '../run-task.ts';
import type {Services, Work} from '../services.ts';
import {settlePending} from '../settle-pending.ts';
import {syncArtifacts} from '../sync-artifacts.ts';
import type {TurnMessage} from '../take-turn.ts';
import type {TaskAttempt, TaskOutcome} from '../task-attempt.ts';
import {withWork} from '../with-work.ts';
import {requireIdle, requireModel, requireSpec, requireTask, requireTrust} from './require.ts';

function requireApprovedTasks(spec: SpecState) {
	const open = unapprovedBefore(spec, 'implement').filter(stage => spec.artifacts[stage] !== undefined);
	if (spec.artifacts.tasks === undefined) {
		throw new UserError('There is no tasks.md yet', {nextStep: 'Write the tasks first: /stage tasks', exitCode: 3});
	}

	if (approvalOf(spec, 'tasks') !== 'approved') {
		const why = approvalOf(spec, 'tasks') === 'stale' ? 'was changed after its approval' : 'is not approved yet';
		throw new UserError(`tasks.md ${why}`, {nextStep: 'Read it and approve it (a, or kiro-tui approve), then start the task', exitCode: 3});
	}

	return open;
}

function warn(services: Services, spec: SpecState, task: Task, changedGround: readonly string[]) {
	if (changedGround.length > 0) {
		services.append({
			type: 'noticed',
			level: 'warning',
			text: `Changed after approval, and this task rests on it: ${changedGround.join(', ')}`,
		});
	}

	const open = openPrerequisites(spec.tasks.tasks, task.id);
	if (open.length > 0) {
		const numbers = open.map(other => other.number ?? other.id).join(', ');
		services.append({type: 'noticed', level: 'warning', text: `Tasks before this one are still open: ${numbers}`});
	}
}

/** What every start of a task asks for: trust, a model, nothing at work, and tasks that a person approved. */
export async function prepareRun(services: Services): Promise<{readonly spec: SpecState; readonly changedGround: readonly string[]}> {
	requireTrust(services);
	requireModel(services);
	requireIdle(services);
	await syncArtifacts(services);
	const spec = requireSpec(services);
	const changedGround = requireApprovedTasks(spec);
	if (spec.stage !== 'implement') {
		services.append({type: 'stage.entered', stage: 'implement'});
	}

	return {spec, changedGround};
}

function enterVibeWhenDone(services: Services, outcome: TaskOutcome) {
	if (outcome !== 'done' || chooseTasks(requireSpec(services), 'all').length > 0) {
		return;
	}

	// What the last task said stays in sight until the person goes on.
	const {current} = services.store.state();
	services.append({type: 'stage.entered', stage: 'vibe'});
	if (current !== undefined) {
		services.append({type: 'conversation.entered', conversation: current});
	}

	services.append({type: 'noticed', level: 'info', text: 'All required tasks are done', nextStep: 'Go on freely: say what to change'});
}

/** Goes on with a task that was interrupted or failed, with a person's message; the tests decide as after any attempt. */
export async function goOnWithTask(services: Services, task: Task, message: TurnMessage): Promise<TaskOutcome> {
	await prepareRun(services);
	const outcome = await withWork(services, `Task ${task.number ?? task.id}`, async work => {
		const run = await runTask(services, task, work, message);
		return run.outcome === 'pending' ? settlePending(services, [run.attempt], work) : run.outcome;
	});
	enterVibeWhenDone(services, outcome);
	return outcome;
}

/** Starts one task; a whole run that was left pending is made at once, since no other task follows. */
export async function startTask(services: Services, id: string): Promise<TaskOutcome> {
	const {spec, changedGround} = await prepareRun(services);
	const task = requireTask(spec, id);
	warn(services, spec, task, changedGround);
	const outcome = await withWork(services, `Task ${task.number ?? task.id}`, async work => {
		const run = await runTask(services, task, work);
		return run.outcome === 'pending' ? settlePending(services, [run.attempt], work) : run.outcome;
	});
	enterVibeWhenDone(services, outcome);
	return outcome;
}

/**
 * The task as it is now: a person may have renumbered or reworded it, or changed what is approved, since the run began. Of twins with the
 * same words the one with its number. Undefined when somebody ticked it meanwhile.
 */
async function currentTask(services: Services, queued: MarkedTask): Promise<Task | undefined> {
	await syncArtifacts(services);
	const spec = requireSpec(services);
	requireApprovedTasks(spec);
	const same = spec.tasks.tasks.filter(({id}) => spec.textHashes[id] === queued.textHash);
	const task = same.find(({id}) => id === queued.id) ?? same.find(candidate => !isDone(candidate)) ?? same[0];
	if (task === undefined) {
		throw new UserError('The next task of the run was changed meanwhile', {nextStep: 'Read tasks.md, approve it, and run on', exitCode: 3});
	}

	return isDone(task) ? undefined : task;
}

/** Takes the next task of the run, which a person may change while it is at work. */
function takeNext(services: Services, work: Work): MarkedTask | undefined {
	const next = work.queue?.shift();
	services.append({type: 'run.queued', tasks: [...(next === undefined ? [] : [next.id]), ...(work.queue ?? []).map(({id}) => id)]});
	return next;
}

async function runQueue(services: Services, queue: readonly MarkedTask[], work: Work): Promise<TaskOutcome> {
	const pending: TaskAttempt[] = [];
	let outcome: TaskOutcome = 'done';
	work.queue = [...queue];
	for (let queued = takeNext(services, work); queued !== undefined; queued = takeNext(services, work)) {
		const task = await currentTask(services, queued);
		if (task === undefined) {
			continue;
		}

		const run = await runTask(services, task, work);
		outcome = work.abort.signal.aborted ? 'interrupted' : run.outcome;
		if (outcome === 'pending') {
			pending.push(run.attempt);
		}

		if ((outcome !== 'done' && outcome !== 'pending') || services.store.state().run.isPauseAsked) {
			break;
		}
	}

	const canSettle = outcome === 'done' || outcome === 'pending';
	return canSettle && pending.length > 0 ? settlePending(services, pending, work) : outcome;
}

const nothingToRun = {
	all: {message: 'All required tasks are done', nextStep: 'Go on freely with /vibe, or start an optional task: /start <number>'},
	failed: {message: 'No open task has failed', nextStep: 'Run what is open: /run'},
	some: {message: 'No required task is open there', nextStep: 'Run what is open: /run, or start a done task again: /start <number>'},
} as const;

/** Runs open required tasks one after the other, and stops on the first that is not done, or after the one at hand when asked to pause. */
export async function runTasks(services: Services, choice: TaskChoice): Promise<TaskOutcome> {
	const {spec, changedGround} = await prepareRun(services);
	const queue = chooseTasks(spec, choice);
	const [first] = queue;
	if (first === undefined) {
		const {message, nextStep} = nothingToRun[typeof choice === 'string' ? choice : 'some'];
		throw new UserError(message, {nextStep});
	}

	services.append({type: 'run.queued', tasks: queue.map(task => task.id)});
	const estimate = estimateRun(spec, queue.length);
	if (estimate !== undefined) {
		services.append({type: 'noticed', level: 'info', text: estimate});
	}

	warn(services, spec, first, changedGround);
	try {
		const marked = queue.map(({id}) => ({id, textHash: spec.textHashes[id] ?? ''}));
		const outcome = await withWork(services, 'The run', work => runQueue(services, marked, work));
		enterVibeWhenDone(services, outcome);
		return outcome;
	} finally {
		services.append({type: 'run.queued', tasks: []});
	}
}

/** Takes a task out of the run that is at work, or adds it at its end. */
export function changeQueue(services: Services, id: TaskId): void {
	const queue = services.work?.queue;
	const spec = requireSpec(services);
	if (queue === undefined) {
		throw new UserError('No run of several tasks is at work', {nextStep: 'Begin one: /run, or S in the tasks'});
	}

	const at = queue.findIndex(queued => queued.id === id);
	const running = services.store.state().run.current?.task;
	if (at === -1 && running !== id) {
		queue.push({id, textHash: spec.textHashes[id] ?? ''});
	} else if (at !== -1) {
		queue.splice(at, 1);
	}

	services.append({type: 'run.queued', tasks: [...(running === undefined ? [] : [running]), ...queue.map(queued => queued.id)]});
}
