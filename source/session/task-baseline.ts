import type {TestCommandFact} from '../protocol/event.ts';
import {newestTaskEntry} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import {countTests, type TestReport} from '../protocol/test-report.ts';
import type {TaskId} from '../spec/tasks.ts';
import {splitFolder} from '../test-runners/index.ts';
import {baselineFor} from './baseline.ts';
import {baselineInCopy} from './baseline-in-copy.ts';
import {isUnchanged} from './file-manifest.ts';
import {keepBaseline, readBaseline} from './kept-baseline.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';

/** Whether the newest attempt at a task ended without being done, or what it did was opened again: then the next one goes on with it. */
export function wasLeftOpen(spec: SpecState, {id, textHash}: {readonly id: TaskId; readonly textHash: string}): boolean {
	const newest = newestTaskEntry(spec, {id, textHash});
	return newest?.type === 'tick' ? newest.marker === '-' : newest?.type === 'task' && newest.outcome !== 'done';
}

/** An old failure is one that failed before the first attempt and fails still: what was repaired in between must not break again unseen. */
function withRepairs(kept: TestReport, now: TestReport): TestReport {
	const passing = new Set(now.tests.filter(test => test.status === 'passed').map(test => test.id));
	const tests = kept.tests.map(test => (test.status === 'failed' && passing.has(test.id) ? {...test, status: 'passed' as const} : test));
	return {...kept, tests, counts: countTests(tests)};
}

async function baselineInTime(
	services: Services,
	{textHash}: TaskAttempt,
	command: string,
	{kept, now}: {readonly kept: TestReport | undefined; readonly now: TestReport | undefined},
): Promise<TestReport | undefined> {
	const isUsable = now !== undefined && (now.problem === undefined || now.problem === 'no-tests');
	if (!isUsable) {
		return kept;
	}

	const report = kept === undefined ? now : withRepairs(kept, now);
	await keepBaseline(services, textHash, command, report);
	return report;
}

/**
 * Gives an attempt its baselines before its work begins, by command. A task that was begun before keeps those of its first attempt, with what
 * was repaired since: a test that the task itself turned red would otherwise pass for an old failure at the second try. A run that did not end
 * is no baseline.
 */
export async function takeBaselines(
	services: Services,
	attempt: TaskAttempt,
	commands: readonly TestCommandFact[],
	work: Work,
): Promise<void> {
	const {textHash, isContinued, manifest, baselines} = attempt;
	const isTouched = isContinued && manifest !== undefined && !(await isUnchanged(services, manifest, work.abort.signal));
	const kept = new Map<string, TestReport>();
	for (const {command} of isContinued ? commands : []) {
		const report = await readBaseline(services, textHash, command);
		if (report !== undefined) {
			kept.set(command, report);
		} else if (manifest === undefined) {
			const text = `The results of "${command}" from before this task are not on this machine: what fails now counts as failing before`;
			services.append({type: 'noticed', level: 'warning', text});
		}
	}

	// What an earlier attempt may have broken is known from a copy alone.
	const isLate = (command: string) => isTouched && !kept.has(command);
	const inTime = commands.filter(({command}) => !isLate(command));
	const reports = await baselineFor(services, inTime, work);
	for (const {command} of inTime) {
		baselines.set(command, await baselineInTime(services, attempt, command, {kept: kept.get(command), now: reports.get(command)}));
	}

	await completeBaselines(services, attempt, commands, work);
}

async function lateBaseline(services: Services, attempt: TaskAttempt, fact: TestCommandFact, work: Work): Promise<TestReport | undefined> {
	const {textHash, isContinued, checkpoints, manifest} = attempt;
	const kept = isContinued ? await readBaseline(services, textHash, fact.command) : undefined;
	if (kept !== undefined) {
		return kept;
	}

	const report = await baselineInCopy(services, {fact, checkpoints, manifest}, work);
	if (report !== undefined) {
		await keepBaseline(services, textHash, fact.command, report);
	}

	return report;
}

/** A package whose command the task changed is compared with what its command before showed: the tests are the same package's. */
function predecessor({baselines}: TaskAttempt, {command}: TestCommandFact, commands: readonly TestCommandFact[]): TestReport | undefined {
	const {folder} = splitFolder(command);
	const isBefore = (known: string) => splitFolder(known).folder === folder && !commands.some(now => now.command === known);
	return [...baselines].findLast(([known, report]) => report !== undefined && isBefore(known))?.[1];
}

/** Sees to it that an attempt has a baseline of each of these commands; those that were not thought of at its start get theirs in a copy. */
export async function completeBaselines(
	services: Services,
	attempt: TaskAttempt,
	commands: readonly TestCommandFact[],
	work: Work,
): Promise<void> {
	for (const fact of commands.filter(({command}) => !attempt.baselines.has(command))) {
		const before = predecessor(attempt, fact, commands);
		if (before !== undefined) {
			await keepBaseline(services, attempt.textHash, fact.command, before);
		}

		const report = before ?? (await lateBaseline(services, attempt, fact, work));
		if (!work.abort.signal.aborted) {
			attempt.baselines.set(fact.command, report);
		}
	}
}
