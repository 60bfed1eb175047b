import {partsOf, testCommandOf} from '../protocol/join-reports.ts';
import {countTests, type TestCounts} from '../protocol/test-report.ts';
import type {UserError} from '../protocol/user-error.ts';
import {offerCommit} from './handle/commit-task.ts';
import type {Verdict} from './judge-task.ts';
import {closeParents, mark} from './mark.ts';
import {proofOfTask} from './prove-task.ts';
import {record} from './record.ts';
import {refreshEvidence} from './refresh-evidence.ts';
import type {Services} from './services.ts';
import {syncArtifacts} from './sync-artifacts.ts';
import {closingWords, spentSince, type TaskAttempt, type TaskOutcome} from './task-attempt.ts';
import {changedFiles} from './undo.ts';

type Spent = ReturnType<typeof spentSince> & {readonly durationMs: number};

export type TaskEnd = {
	readonly outcome: TaskOutcome;
	readonly verdict?: Verdict;
	/** One sentence for the person: `says done, 1 red`. */
	readonly why: string;
	/** Thrown on once the end is recorded. */
	readonly error?: UserError;
	/** What came before this moment stands in an earlier line of the ledger already. */
	readonly recordedUntil?: Pick<TaskAttempt, 'startedAt' | 'spentBefore'>;
};

function told(outcome: TaskOutcome): Exclude<TaskOutcome, 'pending'> {
	return outcome === 'pending' ? 'waiting' : outcome;
}

/** Of the commands that judged the attempt; of all that are known when none did. */
function countsBefore({baselines}: TaskAttempt, verdict: Verdict | undefined): TestCounts | undefined {
	const commands = verdict?.report === undefined ? [...baselines.keys()] : partsOf(verdict.report).map(testCommandOf);
	const known = commands.flatMap(command => baselines.get(command) ?? []);
	return known.length === 0 ? undefined : countTests(known.flatMap(({tests}) => tests));
}

async function recordAttempt(
	services: Services,
	attempt: TaskAttempt,
	{outcome, verdict}: TaskEnd,
	spent: Spent,
): Promise<string | undefined> {
	const {task, observed} = attempt;
	const before = countsBefore(attempt, verdict);
	const commit = await services.git?.head();
	return record(services, {
		type: 'task',
		task: task.id,
		textHash: attempt.textHash,
		outcome: told(outcome),
		grade: verdict?.grade.grade ?? 'unproven',
		criteria: attempt.criteria,
		command: verdict?.report?.command ?? '',
		...(before && {before}),
		...(verdict?.report && {after: verdict.report.counts}),
		red: verdict?.comparison.newFailures.map(test => test.id) ?? [],
		green: verdict?.grade.green ?? [],
		...(verdict !== undefined && verdict.evidence.length > 0 && {evidence: verdict.evidence}),
		...(verdict?.sources !== undefined && {sources: verdict.sources}),
		...(observed.flaky.size > 0 && {flaky: [...observed.flaky]}),
		...(observed.repairs > 0 && {repairs: observed.repairs}),
		...(observed.caught.length > 0 && {caught: observed.caught}),
		files: await changedFiles(services, attempt.checkpoints),
		...(commit !== undefined && {commit}),
		conversation: attempt.conversation.id,
		...spent,
		report: closingWords(services, attempt),
	});
}

/** A task whose words changed while it was worked on was not what the evidence is about: then a person decides. */
async function asStillThere(services: Services, {textHash}: TaskAttempt, end: TaskEnd): Promise<TaskEnd> {
	await syncArtifacts(services);
	const hashes = Object.values(services.store.state().spec?.textHashes ?? {});
	const isThere = hashes.includes(textHash);
	return isThere || (end.outcome !== 'done' && end.outcome !== 'pending')
		? end
		: {...end, outcome: 'waiting', why: `${end.why}, but its text changed meanwhile`};
}

/** Has a ticked task checked in a copy while the work goes on. */
async function proveBeside(services: Services, attempt: TaskAttempt, {verdict}: TaskEnd, id: string | undefined) {
	if (!services.options.provesTasks || verdict === undefined || id === undefined) {
		return;
	}

	try {
		const proof = await proofOfTask(services, attempt, verdict, id);
		if (proof !== undefined) {
			services.proofs.add(proof.prove);
		}
	} catch (error) {
		// The tick stands on what was seen; that it could not be checked further is told.
		const why = error instanceof Error ? error.message : 'unknown';
		services.append({type: 'noticed', level: 'warning', text: `Task ${attempt.task.id} could not be checked in a copy: ${why}`});
	}
}

/** Ends an attempt: one line in the ledger, then the tick when it is earned, and in any case the fact for the screen. */
export async function finishTask(services: Services, attempt: TaskAttempt, asked: TaskEnd): Promise<TaskOutcome> {
	const {task, textHash} = attempt;
	const spentFrom = ({spentBefore, startedAt}: Pick<TaskAttempt, 'startedAt' | 'spentBefore'>): Spent => ({
		...spentSince(services, spentBefore),
		durationMs: services.options.now() - startedAt,
	});
	const spent = spentFrom(attempt);
	let end = asked;
	try {
		end = await asStillThere(services, attempt, asked);
		const id = await recordAttempt(services, attempt, end, spentFrom(asked.recordedUntil ?? attempt));
		await refreshEvidence(services);
		if (end.outcome === 'done') {
			await mark(services, {id: task.id, textHash}, 'x');
			await closeParents(services);
			await proveBeside(services, attempt, end, id);
		} else {
			// A command may have ticked it meanwhile.
			await mark(services, {id: task.id, textHash}, '-');
		}
	} catch (error) {
		end = {outcome: 'interrupted', why: error instanceof Error ? error.message : 'its end could not be recorded'};
		throw error;
	} finally {
		const {outcome, verdict, why} = end;
		services.append({
			type: 'task.finished',
			task: task.id,
			outcome: told(outcome),
			grade: verdict?.grade.grade ?? 'unproven',
			why,
			...spent,
		});
	}

	if (asked.error !== undefined) {
		throw asked.error;
	}

	if (end.outcome === 'done') {
		await offerCommit(services, task.id);
	}

	return end.outcome;
}
