import {rememberBaseline} from './baseline.ts';
import {finishTask} from './finish-task.ts';
import {gradeBy} from './judge-task.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt, TaskOutcome} from './task-attempt.ts';
import {tellTests} from './tell-tests.ts';

/** One whole run for all tasks whose related tests were green: those it confirms are ticked, in order, up to the first that it does not. */
export async function settlePending(services: Services, attempts: readonly TaskAttempt[], work: Work): Promise<TaskOutcome> {
	if (attempts.length === 0) {
		return 'done';
	}

	const {usage, costUsd} = services.store.state();
	const recordedUntil = {startedAt: services.options.now(), spentBefore: {usage, costUsd}};
	const report = await runTests(services, {which: {kind: 'all'}, reason: 'task', work});
	const [first] = attempts;
	await tellTests(services, {
		report,
		reason: 'task',
		...(first && {comparison: (await gradeBy(services, first, report, work)).comparison}),
	});
	for (const attempt of attempts) {
		if (work.abort.signal.aborted) {
			return 'interrupted';
		}

		const verdict = await gradeBy(services, attempt, report, work);
		const outcome = verdict.grade.ticks ? 'done' : verdict.grade.grade === 'red' ? 'failed' : 'waiting';
		await finishTask(services, attempt, {outcome, verdict, why: verdict.grade.why, recordedUntil});
		if (outcome !== 'done') {
			return outcome;
		}
	}

	await rememberBaseline(services, report, work.abort.signal);
	return 'done';
}
