import {fill} from '../model/prompts.ts';
import type {TestCommandFact} from '../protocol/event.ts';
import {isCheckpointOf, newestTaskEntry} from '../protocol/select.ts';
import {UserError} from '../protocol/user-error.ts';
import {isHeadingOnly} from '../spec/task-progress.ts';
import type {Task, TaskId} from '../spec/tasks.ts';
import {bugfixOpening} from './bugfix-opening.ts';
import {bugfixTask, criteriaToShow, refuseEarlyFix} from './bugfix-task.ts';
import {buildTask} from './build-task.ts';
import {passesCheckpoint} from './checkpoint-task.ts';
import {finishTask} from './finish-task.ts';
import {requireSpec} from './handle/require.ts';
import {changedSinceLeft, keepLeftFiles, manifestForTask} from './kept-baseline.ts';
import {mark} from './mark.ts';
import {nothingObserved} from './observed.ts';
import {conversationFor, openConversation} from './open-conversation.ts';
import type {Services, Work} from './services.ts';
import type {TurnMessage} from './take-turn.ts';
import type {TaskAttempt, TaskOutcome} from './task-attempt.ts';
import {takeBaselines, wasLeftOpen} from './task-baseline.ts';
import {commandsOf} from './task-commands.ts';
import {filesOfTask} from './task-files.ts';
import {taskOpening} from './task-opening.ts';
import {askAboutNoTests} from './test-command.ts';
import {checkpointFor} from './undo.ts';
import {watchTests} from './watch-tests.ts';
import {whyNotTicked} from './why-not-ticked.ts';

export type TaskRun = {readonly outcome: TaskOutcome; readonly attempt: TaskAttempt};

/** The checkpoints of attempts that were left open: together they go back to before the first of them. */
function openCheckpoints(services: Services, id: TaskId, textHash: string): readonly string[] {
	const {checkpoints, spec} = services.store.state();
	return spec !== undefined && wasLeftOpen(spec, {id, textHash})
		? checkpoints.filter(made => isCheckpointOf(spec, made, id)).map(made => made.id)
		: [];
}

async function beginTask(services: Services, task: Task, signal: AbortSignal): Promise<TaskAttempt> {
	const {store, options} = services;
	const spec = requireSpec(services);
	const startedAt = options.now();
	const {usage, costUsd} = store.state();
	const textHash = spec.textHashes[task.id] ?? '';
	const kind = {stage: 'implement', route: 'feature', task: task.id} as const;
	const conversation = task.marker === '-' ? await conversationFor(services, kind) : await openConversation(services, kind);
	const earlier = openCheckpoints(services, task.id, textHash);
	const marked = {id: task.id, textHash};
	const isContinued = wasLeftOpen(spec, marked);
	const bugfix = bugfixTask(spec, task);
	await mark(services, marked, '-');
	const checkpoint = await checkpointFor(services, `before ${task.number ?? task.id} of ${spec.name}`, marked);
	services.append({type: 'task.started', task: task.id, title: task.title, at: startedAt});
	return {
		task,
		textHash,
		criteria: criteriaToShow(spec, task),
		...(bugfix !== undefined && {bugfix}),
		conversation,
		baselines: new Map(),
		isContinued,
		manifest: await manifestForTask(services, textHash, isContinued, signal),
		startedAt,
		spentBefore: {usage, costUsd},
		checkpoints: [...earlier, checkpoint],
		observed: nothingObserved(bugfix?.reproduction),
		watched: await watchTests(services, earlier, signal),
	};
}

function openingOf(services: Services, attempt: TaskAttempt): string {
	const {criteria, bugfix} = attempt;
	return bugfix === undefined ? taskOpening(services, attempt, {criteria}) : bugfixOpening(services, attempt, bugfix);
}

/** What an attempt is told that goes on in the conversation of the one before. */
function goingOn({prompts}: Services, before: ReturnType<typeof newestTaskEntry>): string {
	return before?.type !== 'task' || before.outcome === 'interrupted'
		? (prompts.notices['task-resumed'] ?? '')
		: fill(prompts.notices['task-again'] ?? '', {why: whyNotTicked(before)});
}

/** What programs write by themselves when somebody runs the tests. */
const caches = /(?:^|\/)(?:__pycache__|node_modules|\.[^/]*cache[^/]*)\//;
/** More say that somebody changed branches; they would hide the task. */
const maxChanged = 12;

/** What somebody else changed between two tasks: an agent that goes by the documents alone might turn it back. */
async function changesText(services: Services, {isContinued, manifest}: TaskAttempt): Promise<string> {
	const all = isContinued || manifest === undefined ? [] : await changedSinceLeft(services, manifest);
	const changed = all.filter(path => !caches.test(path));
	const files = changed.map(path => `\`${path}\``).join(', ');
	return changed.length === 0 || changed.length > maxChanged ? '' : `\n\n${fill(services.prompts.notices['files-changed'] ?? '', {files})}`;
}

type Begun = {readonly attempt: TaskAttempt; readonly commands: readonly TestCommandFact[]};

async function workOn(services: Services, {attempt, commands}: Begun, message: TurnMessage | undefined, work: Work): Promise<TaskRun> {
	const {task, textHash, conversation} = attempt;
	const before = newestTaskEntry(requireSpec(services), {id: task.id, textHash});
	await takeBaselines(services, attempt, commands, work);
	if (work.abort.signal.aborted) {
		return {attempt, outcome: await finishTask(services, attempt, {outcome: 'interrupted', why: 'interrupted before the agent began'})};
	}

	const goesOn = task.marker === '-' && conversation.messages.length > 0;
	const text = goesOn
		? goingOn(services, before)
		: openingOf(services, attempt) + (await changesText(services, attempt)) + (await filesOfTask(services, attempt, work.abort.signal));
	const opening: TurnMessage = message ?? {text, note: `Start task ${task.number ?? task.id}: ${task.title}`};
	const checked = message === undefined ? await passesCheckpoint(services, attempt, work) : undefined;
	// Whoever was stopped before any test was seen failing is still at the tests.
	const isAtTests = before === undefined || (before.type === 'task' && before.outcome === 'interrupted');
	const isFresh = (!goesOn && message === undefined) || isAtTests;
	const end = checked ?? (await buildTask(services, attempt, {opening, isFresh}, work));
	try {
		return {attempt, outcome: await finishTask(services, attempt, end)};
	} finally {
		await keepLeftFiles(services);
	}
}

/**
 * Runs one task: baseline, checkpoint, agent, tests, repair, and the tick that only evidence earns. An interrupted one goes on where it was,
 * with the person's message when there is one.
 */
export async function runTask(services: Services, task: Task, work: Work, message?: TurnMessage): Promise<TaskRun> {
	if (isHeadingOnly(requireSpec(services).tasks.tasks, task)) {
		throw new UserError(`Task ${task.number ?? task.id} is a heading for smaller tasks`, {
			nextStep: 'Start one of them: /start 2.1',
			exitCode: 2,
		});
	}

	refuseEarlyFix(requireSpec(services), task);
	const {signal} = work.abort;
	const checkpoints = openCheckpoints(services, task.id, requireSpec(services).textHashes[task.id] ?? '');
	const found = await commandsOf(services, {task, checkpoints}, signal);
	const commands = found.length > 0 ? found : await askAboutNoTests(services, signal);
	const attempt = await beginTask(services, task, signal);
	work.conversation = attempt.conversation.id;
	try {
		return await workOn(services, {attempt, commands}, message, work);
	} catch (error) {
		// A task that was begun always ends: with its line in the ledger, and never as running on screen.
		if (services.store.state().run.current !== undefined) {
			const why = error instanceof Error ? error.message : 'it failed';
			await finishTask(services, attempt, {outcome: 'interrupted', why});
		}

		throw error;
	}
}
