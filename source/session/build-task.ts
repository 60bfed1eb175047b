import {fill} from '../model/prompts.ts';
import {askAboutCounterexample} from './ask-counterexample.ts';
import {rememberBaseline} from './baseline.ts';
import {wantsTestsFirst} from './bugfix-opening.ts';
import {describeFailures} from './describe-failures.ts';
import type {TaskEnd} from './finish-task.ts';
import {isPending, judgeTask, type Verdict} from './judge-task.ts';
import {expectRed, seeTestsFail} from './see-tests-fail.ts';
import type {Services, Work} from './services.ts';
import {type TurnMessage, type TurnResult, takeTurn} from './take-turn.ts';
import {closingWords, type TaskAttempt} from './task-attempt.ts';
import {isByHand} from './task-opening.ts';
import {askAboutTampering} from './watch-tests.ts';

type Opening = {readonly opening: TurnMessage /** False when an interrupted attempt goes on. */; readonly isFresh: boolean};

function endedEarly({end, error}: TurnResult): string | undefined {
	switch (end) {
		case 'finished': {
			return undefined;
		}

		case 'interrupted': {
			return 'interrupted';
		}

		case 'failed': {
			return error?.message ?? 'the model could not be reached';
		}

		case 'cut-off': {
			return 'the answer was cut off at its length limit';
		}

		case 'empty': {
			return 'the model ended its turn without words and without a call';
		}

		case 'written-call': {
			return 'the model wrote a call as text, which runs nothing';
		}

		case 'looping': {
			return 'the model kept sending the same calls to no effect';
		}

		case 'limit':
		case 'declined':
		case 'refused': {
			return `the turn ended early: ${end}`;
		}

		default: {
			return end satisfies never;
		}
	}
}

function repairMessage(services: Services, {bugfix}: TaskAttempt, {grade, comparison, report}: Verdict, round: number): TurnMessage {
	const {repairRounds} = services.settings;
	const isUnfixed = bugfix?.role === 'reproduction' || bugfix?.role === 'preservation';
	const notice = isUnfixed ? 'unfixed-code' : grade.unnamed !== undefined ? 'tests-missing' : 'tests-failed';
	const hasFailures = report !== undefined && (comparison.newFailures.length > 0 || !isUnfixed);
	const text = fill(services.prompts.notices[notice] ?? '', {
		command: report?.command ?? '',
		why: grade.why,
		criteria: grade.unnamed?.join(', ') ?? '',
		failures: hasFailures ? describeFailures(comparison.newFailures, report) : '',
		round: `${round + 1}`,
		rounds: `${repairRounds}`,
	});
	return {text, note: `Tests: ${grade.why}. Repair ${round + 1} of ${repairRounds}`};
}

/** How an attempt ends after the tests have run; undefined when the agent may repair once more. */
function endOf(services: Services, verdict: Verdict, round: number): TaskEnd | undefined {
	const {grade} = verdict;
	if (grade.ticks) {
		return {outcome: 'done', verdict, why: grade.why};
	}

	const isRed = grade.grade === 'red';
	// What nothing names is asked for once: the second time it is for the person to say.
	const canName = grade.unnamed !== undefined && round === 0;
	if (!isRed && verdict.isCorrectable !== true && !canName) {
		return {outcome: isPending(verdict) ? 'pending' : 'waiting', verdict, why: grade.why};
	}

	return round >= services.settings.repairRounds ? {outcome: isRed ? 'failed' : 'waiting', verdict, why: grade.why} : undefined;
}

/** One turn of the agent; resolves with how the attempt ends when the turn did not end by itself. */
async function agentTurn(services: Services, attempt: TaskAttempt, message: TurnMessage, work: Work): Promise<TaskEnd | undefined> {
	const isBefore = services.store.state().run.current?.phase === 'tests-first';
	const options = isBefore ? {expectRed: () => expectRed(services, attempt, work)} : {};
	const turn = await takeTurn(services, attempt.conversation.id, message, work.abort.signal, options);
	const why = endedEarly(turn);
	if (why === undefined) {
		return undefined;
	}

	return {outcome: 'interrupted', why, ...(turn.error !== undefined && turn.end === 'failed' && {error: turn.error})};
}

type Round = {readonly end: TaskEnd} | {readonly message: TurnMessage};

/** The tests before the code: what the agent is told after it wrote them, or undefined when it has built already. */
async function writeTestsFirst(services: Services, attempt: TaskAttempt, opening: TurnMessage, work: Work): Promise<Round | undefined> {
	services.append({type: 'task.phase-entered', task: attempt.task.id, phase: 'tests-first', round: 0});
	const end = await agentTurn(services, attempt, opening, work);
	if (end !== undefined) {
		return {end};
	}

	const tampered = await askAboutTampering(services, attempt, 0, work);
	if (tampered !== undefined) {
		return tampered;
	}

	const message = await seeTestsFail(services, attempt, work);
	if (work.abort.signal.aborted) {
		return {end: {outcome: 'interrupted', why: 'interrupted while the tests ran'}};
	}

	return message === undefined ? undefined : {message};
}

/** The tests after the agent's claim: how the attempt ends, or what it has to repair. */
async function judgeClaim(services: Services, attempt: TaskAttempt, round: number, work: Work): Promise<Round> {
	const {task, observed} = attempt;
	const {signal} = work.abort;
	services.append({type: 'task.claimed', task: task.id, report: closingWords(services, attempt)});
	services.append({type: 'task.phase-entered', task: task.id, phase: 'tests', round});
	const verdict = await judgeTask(services, attempt, work);
	if (signal.aborted) {
		return {end: {outcome: 'interrupted', verdict, why: 'interrupted while the tests ran'}};
	}

	if (verdict.grade.grade === 'red') {
		observed.caught.push({kind: 'false-claim', what: verdict.grade.why});
	}

	const end = endOf(services, verdict, round);
	const after = end?.outcome === 'failed' ? await askAboutCounterexample(services, attempt, verdict, signal) : undefined;
	if (signal.aborted) {
		return {end: {outcome: 'interrupted', verdict, why: 'interrupted while a person was asked'}};
	}

	if (after?.kind === 'repair') {
		return {message: after.message};
	}

	if (after?.kind === 'criterion') {
		services.prepared = {stage: 'requirements', message: after.message};
	}

	if (end?.outcome === 'done' && verdict.report !== undefined) {
		await rememberBaseline(services, verdict.report, signal);
	}

	return end === undefined ? {message: repairMessage(services, attempt, verdict, round)} : {end};
}

/** One round: the agent's turn, unless it has built already, then what it did to the tests of others, then the tests. */
async function buildRound(
	services: Services,
	attempt: TaskAttempt,
	{message, round}: {readonly message: TurnMessage | undefined; readonly round: number},
	work: Work,
): Promise<Round> {
	if (message !== undefined) {
		services.append({type: 'task.phase-entered', task: attempt.task.id, phase: round === 0 ? 'agent' : 'repair', round});
		const end = await agentTurn(services, attempt, message, work);
		if (end !== undefined) {
			return {end};
		}
	}

	return (await askAboutTampering(services, attempt, round, work)) ?? judgeClaim(services, attempt, round, work);
}

/**
 * Lets the agent build a task: for one with criteria the tests first, which the program wants to see failing; then the code, and the tests
 * again; then repairs of new failures, at most as many rounds as the settings and, after a counterexample, the person allow. Resolves with how
 * the attempt ends.
 */
export async function buildTask(services: Services, attempt: TaskAttempt, {opening, isFresh}: Opening, work: Work): Promise<TaskEnd> {
	const {observed} = attempt;
	const isTested = !isByHand(services, [...attempt.baselines.keys()]);
	const first =
		isFresh && isTested && wantsTestsFirst(attempt) ? await writeTestsFirst(services, attempt, opening, work) : {message: opening};
	if (first !== undefined && 'end' in first) {
		return first.end;
	}

	let message = first?.message;
	for (let round = 0; ; round++) {
		observed.repairs = round;
		const done = await buildRound(services, attempt, {message, round}, work);
		if ('end' in done) {
			return done.end;
		}

		message = done.message;
	}
}
