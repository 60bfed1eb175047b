import type {TestCommandFact} from '../protocol/event.ts';
import {joinReports, partsOf, testCommandOf} from '../protocol/join-reports.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {rememberBaseline} from './baseline.ts';
import {finishTask} from './finish-task.ts';
import {gradeBy} from './judge-task.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt, TaskOutcome} from './task-attempt.ts';
import {commandsToJudge} from './task-commands.ts';
import {tellTests} from './tell-tests.ts';

/** What the commands of an attempt showed: what other packages' tests say is not about it. */
function ownPart(report: TestReport, commands: readonly TestCommandFact[] = []): TestReport {
	const own = new Set(commands.map(({command}) => command));
	const [first, ...more] = partsOf(report).filter(part => own.has(testCommandOf(part)));
	return first === undefined ? report : joinReports([first, ...more]);
}

/** One whole run for all tasks whose related tests were green: those it confirms are ticked, in order, up to the first that it does not. */
export async function settlePending(services: Services, attempts: readonly TaskAttempt[], work: Work): Promise<TaskOutcome> {
	if (attempts.length === 0) {
		return 'done';
	}

	const {usage, costUsd} = services.store.state();
	const recordedUntil = {startedAt: services.options.now(), spentBefore: {usage, costUsd}};
	const own = new Map<TaskAttempt, readonly TestCommandFact[]>();
	for (const attempt of attempts) {
		own.set(attempt, await commandsToJudge(services, attempt, work));
	}

	const commands = [...new Map([...own.values()].flat().map(fact => [fact.command, fact])).values()];
	const report = await runTests(services, {commands, which: {kind: 'all'}, reason: 'task', work});
	const [first] = attempts;
	await tellTests(services, {
		report,
		reason: 'task',
		...(first && {comparison: (await gradeBy(services, first, ownPart(report, own.get(first)), work)).comparison}),
	});
	for (const attempt of attempts) {
		if (work.abort.signal.aborted) {
			return 'interrupted';
		}

		const verdict = await gradeBy(services, attempt, ownPart(report, own.get(attempt)), work);
		const outcome = verdict.grade.ticks ? 'done' : verdict.grade.grade === 'red' ? 'failed' : 'waiting';
		await finishTask(services, attempt, {outcome, verdict, why: verdict.grade.why, recordedUntil});
		if (outcome !== 'done') {
			return outcome;
		}
	}

	await rememberBaseline(services, report, work.abort.signal);
	return 'done';
}
