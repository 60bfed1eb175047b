import {isCheckpointTask} from '../spec/task-progress.ts';
import {rememberBaseline} from './baseline.ts';
import type {TaskEnd} from './finish-task.ts';
import {gradeBy} from './judge-task.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {commandsToJudge} from './task-commands.ts';
import {tellTests} from './tell-tests.ts';

/**
 * A checkpoint in the plan asks for nothing but a green suite: the program runs all tests, and when they are green the task is done without
 * a word to the model. So is a task of a bugfix that runs its tests again. Undefined for any other task, and when something is red: then the agent has work to do.
 */
export async function passesCheckpoint(services: Services, attempt: TaskAttempt, work: Work): Promise<TaskEnd | undefined> {
	const isTold = isCheckpointTask(attempt.task) || attempt.bugfix?.role === 'confirmation';
	const commands = isTold ? await commandsToJudge(services, attempt, work) : [];
	if (commands.length === 0) {
		return undefined;
	}

	services.append({type: 'task.phase-entered', task: attempt.task.id, phase: 'tests', round: 0});
	const report = await runTests(services, {commands, which: {kind: 'all'}, reason: 'task', work});
	const verdict = await gradeBy(services, attempt, report, work);
	await tellTests(services, {report, reason: 'task', comparison: verdict.comparison});
	// The tests that were seen are no longer those tests: nothing that the agent could do about it would count.
	const wasSeen = attempt.bugfix !== undefined && attempt.bugfix.reproduction.size + attempt.bugfix.preservation.size > 0;
	if (wasSeen && verdict.grade.grade === 'unproven' && report.problem === undefined) {
		return {outcome: 'waiting', verdict, why: verdict.grade.why};
	}

	if (!verdict.grade.ticks) {
		return undefined;
	}

	await rememberBaseline(services, report, work.abort.signal);
	return {outcome: 'done', verdict, why: `all ${report.counts.passed} tests pass`};
}
