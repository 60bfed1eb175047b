import {fill} from '../model/prompts.ts';
import {isCheckpointOf} from '../protocol/select.ts';
import {UserError} from '../protocol/user-error.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {isHeadingOnly} from '../spec/task-progress.ts';
import type {Task, TaskId} from '../spec/tasks.ts';
import {criteriaOf} from '../spec/trace.ts';
import {baselineForTask, rememberBaseline, wasLeftOpen} from './baseline.ts';
import {passesCheckpoint} from './checkpoint-task.ts';
import {describeFailures} from './describe-failures.ts';
import {finishTask, type TaskEnd} from './finish-task.ts';
import {requireSpec} from './handle/require.ts';
import {isPending, judgeTask, type Verdict} from './judge-task.ts';
import {mark} from './mark.ts';
import {conversationFor, openConversation} from './open-conversation.ts';
import type {Services, Work} from './services.ts';
import {type TurnMessage, type TurnResult, takeTurn} from './take-turn.ts';
import {closingWords, type TaskAttempt, type TaskOutcome} from './task-attempt.ts';
import {taskOpening} from './task-opening.ts';
import {askAboutNoTests, findTestCommand, requireTestCommand} from './test-command.ts';
import {checkpointFor} from './undo.ts';

export type TaskRun = {readonly outcome: TaskOutcome; readonly attempt: TaskAttempt};

function endedEarly(turn: TurnResult): string | undefined {
	switch (turn.end) {
		case 'finished': {
			return undefined;
		}

		case 'interrupted': {
			return 'interrupted';
		}

		case 'failed': {
			return turn.error?.message ?? 'the model could not be reached';
		}

		case 'cut-off': {
			return 'the answer was cut off at its length limit';
		}

		case 'limit':
		case 'declined':
		case 'refused': {
			return `the turn ended early: ${turn.end}`;
		}

		default: {
			return turn.end satisfies never;
		}
	}
}

function repairMessage(services: Services, {grade, comparison, report}: Verdict, round: number): TurnMessage {
	const {repairRounds} = services.settings;
	const text = fill(services.prompts.notices['tests-failed'] ?? '', {
		command: report?.command ?? '',
		failures: report === undefined ? '' : describeFailures(comparison.newFailures, report),
		round: `${round + 1}`,
		rounds: `${repairRounds}`,
	});
	return {text, shown: `Tests: ${grade.why}. Repair ${round + 1} of ${repairRounds}`};
}

/** How an attempt ends after the tests have run; undefined when the agent may repair once more. */
function endOf(services: Services, verdict: Verdict, round: number): TaskEnd | undefined {
	const {grade} = verdict;
	if (grade.ticks) {
		return {outcome: 'done', verdict, why: grade.why};
	}

	if (grade.grade !== 'red') {
		return {outcome: isPending(verdict) ? 'pending' : 'waiting', verdict, why: grade.why};
	}

	return round >= services.settings.repairRounds ? {outcome: 'failed', verdict, why: grade.why} : undefined;
}

async function endEarly(services: Services, attempt: TaskAttempt, turn: TurnResult, why: string): Promise<TaskOutcome> {
	await finishTask(services, attempt, {outcome: 'interrupted', why});
	if (turn.error !== undefined && turn.end === 'failed') {
		throw turn.error;
	}

	return 'interrupted';
}

/** Lets the agent work, runs the tests, and lets it repair new failures, at most as many rounds as the settings allow. */
async function buildAndJudge(services: Services, attempt: TaskAttempt, opening: TurnMessage, work: Work): Promise<TaskOutcome> {
	const {task, conversation} = attempt;
	const {signal} = work.abort;
	let message = opening;
	for (let round = 0; ; round++) {
		services.append({type: 'task.phase-entered', task: task.id, phase: round === 0 ? 'agent' : 'repair', round});
		const turn = await takeTurn(services, conversation.id, message, signal);
		const early = endedEarly(turn);
		if (early !== undefined) {
			return endEarly(services, attempt, turn, early);
		}

		services.append({type: 'task.claimed', task: task.id, report: closingWords(services, attempt)});
		services.append({type: 'task.phase-entered', task: task.id, phase: 'tests', round});
		const verdict = await judgeTask(services, attempt, work);
		if (signal.aborted) {
			return finishTask(services, attempt, {outcome: 'interrupted', verdict, why: 'interrupted while the tests ran'});
		}

		const end = endOf(services, verdict, round);
		if (end?.outcome === 'done' && verdict.report !== undefined) {
			await rememberBaseline(services, verdict.report, signal);
		}

		if (end !== undefined) {
			return finishTask(services, attempt, end);
		}

		message = repairMessage(services, verdict, round);
	}
}

/** The checkpoints of attempts that were left open: together they go back to before the first of them. */
function openCheckpoints(services: Services, id: TaskId, textHash: string): readonly string[] {
	const {checkpoints, spec} = services.store.state();
	return spec !== undefined && wasLeftOpen(spec, {id, textHash})
		? checkpoints.filter(made => isCheckpointOf(spec, made, id)).map(made => made.id)
		: [];
}

async function beginTask(services: Services, task: Task): Promise<TaskAttempt> {
	const {store, options} = services;
	const spec = requireSpec(services);
	const {requirements} = parseRequirements(spec.artifacts.requirements?.text ?? '');
	const startedAt = options.now();
	const {usage, costUsd} = store.state();
	const textHash = spec.textHashes[task.id] ?? '';
	const kind = {stage: 'implement', route: 'feature', task: task.id} as const;
	const conversation = task.marker === '-' ? await conversationFor(services, kind) : await openConversation(services, kind);
	const earlier = openCheckpoints(services, task.id, textHash);
	const marked = {id: task.id, textHash};
	await mark(services, marked, '-');
	const checkpoint = await checkpointFor(services, `before ${task.number ?? task.id} of ${spec.name}`, marked);
	services.append({type: 'task.started', task: task.id, title: task.title, at: startedAt});
	return {
		task,
		textHash,
		criteria: criteriaOf(task, requirements),
		conversation,
		baseline: undefined,
		startedAt,
		spentBefore: {usage, costUsd},
		checkpoints: [...earlier, checkpoint],
	};
}

async function workOn(services: Services, begun: TaskAttempt, work: Work): Promise<TaskRun> {
	const {task, textHash, conversation} = begun;
	const baseline = await baselineForTask(services, {id: task.id, textHash}, work);
	const attempt = {...begun, baseline};
	if (work.abort.signal.aborted) {
		return {attempt, outcome: await finishTask(services, attempt, {outcome: 'interrupted', why: 'interrupted before the agent began'})};
	}

	const goesOn = task.marker === '-' && conversation.messages.length > 0;
	const text = goesOn ? 'Go on with this task where it was interrupted.' : taskOpening(services, task, attempt.criteria);
	const opening: TurnMessage = {text, shown: `Start task ${task.number ?? task.id}: ${task.title}`};
	const checked = await passesCheckpoint(services, attempt, work);
	const outcome =
		checked === undefined ? await buildAndJudge(services, attempt, opening, work) : await finishTask(services, attempt, checked);
	return {attempt, outcome};
}

/** Runs one task: baseline, checkpoint, agent, tests, repair, and the tick that only evidence earns. */
export async function runTask(services: Services, task: Task, work: Work): Promise<TaskRun> {
	if (isHeadingOnly(requireSpec(services).tasks.tasks, task)) {
		throw new UserError(`Task ${task.number ?? task.id} is a heading for smaller tasks`, {
			nextStep: 'Start one of them: /start 2.1',
			exitCode: 2,
		});
	}

	const {signal} = work.abort;
	const testCommand = await findTestCommand(services);
	await (testCommand === undefined ? askAboutNoTests(services, signal) : requireTestCommand(services, signal));
	const attempt = await beginTask(services, task);
	work.conversation = attempt.conversation.id;
	try {
		return await workOn(services, attempt, work);
	} catch (error) {
		// A task that was begun always ends: with its line in the ledger, and never as running on screen.
		if (services.store.state().run.current !== undefined) {
			const why = error instanceof Error ? error.message : 'it failed';
			await finishTask(services, attempt, {outcome: 'interrupted', why});
		}

		throw error;
	}
}
