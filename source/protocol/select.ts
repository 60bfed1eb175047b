import type {Task, TaskId} from '../spec/tasks.ts';
import type {StageId} from './event.ts';
import type {Grade} from './evidence.ts';
import {type ApprovalEntry, type DocumentStage, documentStages, type LedgerEntry, type TaskEntry} from './ledger-entry.ts';
import type {ApprovalState} from './spec-summary.ts';
import type {Checkpoint, Conversation, SpecState, State} from './state.ts';
import type {TestCounts} from './test-report.ts';

/** The conversation on screen. */
export function currentConversation(state: State): Conversation | undefined {
	return state.current === undefined ? undefined : state.conversations[state.current];
}

/** The newest approval of a stage, whether or not the text still is what was approved. */
export function newestApproval(spec: SpecState, stage: DocumentStage): ApprovalEntry | undefined {
	return spec.ledger.findLast((entry): entry is ApprovalEntry => entry.type === 'approval' && entry.stage === stage);
}

/** Whether a person approved exactly the text that is on disk now. */
export function approvalOf(spec: SpecState, stage: DocumentStage): ApprovalState {
	const approval = newestApproval(spec, stage);
	if (approval === undefined) {
		return 'none';
	}

	return approval.sha256 === spec.artifacts[stage]?.approvalDigest ? 'approved' : 'stale';
}

/** The documents before a stage that exist and are not approved as they stand. */
export function unapprovedBefore(spec: SpecState, stage: StageId): readonly DocumentStage[] {
	const at = documentStages.indexOf(stage as DocumentStage);
	const before = at === -1 ? documentStages : documentStages.slice(0, at);
	return before.filter(document => approvalOf(spec, document) !== 'approved');
}

/** The documents that one approval of `stage` covers: itself, and the earlier ones while the ledger holds no approval at all. */
export function coveredByApproval(spec: SpecState, stage: DocumentStage): readonly DocumentStage[] {
	const hasApprovals = spec.ledger.some(entry => entry.type === 'approval');
	const earlier = documentStages.slice(0, documentStages.indexOf(stage)).filter(document => spec.artifacts[document] !== undefined);
	return hasApprovals ? [stage] : [...earlier, stage];
}

/** What an approval would cover, as one text that changes with any of its documents: their digests, in order. */
export function approvalText(spec: SpecState, stage: DocumentStage): string {
	return coveredByApproval(spec, stage)
		.map(document => spec.artifacts[document]?.approvalDigest ?? '')
		.join('+');
}

/** Whether a checkpoint was made before an attempt at this task of the open spec; of twins with the same words each has its own by number. */
export function isCheckpointOf({textHashes}: SpecState, {task}: Checkpoint, id: TaskId): boolean {
	const textHash = textHashes[id];
	const isTwin = Object.values(textHashes).filter(hash => hash === textHash).length > 1;
	return task !== undefined && task.textHash === textHash && (!isTwin || task.id === id);
}

/** What undo would go back through: a task's attempts, or the newest work that was not undone yet. Undefined: it is not known here. */
export function workToUndo({spec, checkpoints}: State, task?: TaskId): {readonly task?: TaskId; readonly label: string} | undefined {
	const newest = checkpoints.findLast(made => (task === undefined ? made.isUndone !== true : spec && isCheckpointOf(spec, made, task)));
	if (newest === undefined) {
		return undefined;
	}

	const of = task ?? spec?.tasks.tasks.find(({id}) => isCheckpointOf(spec, newest, id))?.id;
	return {label: newest.label, ...(of !== undefined && {task: of})};
}

export type TaskEvidence =
	| {readonly kind: 'run'; readonly entry: TaskEntry; readonly isCurrent: boolean}
	| {readonly kind: 'accepted'; readonly by: string; readonly reason: string; readonly grade: Grade}
	| {readonly kind: 'none'};

type TaskLine = Extract<LedgerEntry, {type: 'task' | 'accept' | 'tick'}>;

/**
 * The newest line of a ledger about a task. Evidence follows the task's text, so renumbering loses nothing and rewording does; of twins
 * with the same text each has its own by number.
 */
export function newestLine(
	ledger: readonly LedgerEntry[],
	{id, textHash}: {readonly id: string; readonly textHash: string},
	hashes: Readonly<Record<string, string>>,
): TaskLine | undefined {
	const isTwin = Object.values(hashes).filter(hash => hash === textHash).length > 1;
	return ledger.findLast(
		(line): line is TaskLine =>
			(line.type === 'task' || line.type === 'accept' || line.type === 'tick') &&
			line.textHash === textHash &&
			(!isTwin || line.task === id),
	);
}

/** The newest line about a task of the open spec. */
export function newestTaskEntry(spec: SpecState, task: {readonly id: string; readonly textHash: string}): TaskLine | undefined {
	return newestLine(spec.ledger, task, spec.textHashes);
}

/** An attempt with the grade that the check in a copy has earned it since. */
function withProof({ledger}: SpecState, entry: TaskEntry): TaskEntry {
	if (entry.grade !== 'passing' || entry.evidence === undefined) {
		return entry;
	}

	const proof = ledger.findLast(line => line.type === 'proof' && line.attempt === entry.id);
	const failing = new Set(
		proof?.type === 'proof' ? proof.evidence.filter(({outcome}) => outcome === 'fails').map(({criterion}) => criterion) : [],
	);
	return entry.evidence.every(({criterion, grade}) => grade === 'proven' || failing.has(criterion)) ? {...entry, grade: 'proven'} : entry;
}

/** What the ledger says of a task; one that was unticked or undone since has shown nothing. */
export function evidenceOf(spec: SpecState, task: TaskId): TaskEvidence {
	const entry = newestTaskEntry(spec, {id: task, textHash: spec.textHashes[task] ?? ''});
	switch (entry?.type) {
		case 'accept': {
			return {kind: 'accepted', by: entry.by, reason: entry.reason, grade: entry.grade};
		}

		case 'task': {
			return {kind: 'run', entry: withProof(spec, entry), isCurrent: true};
		}

		default: {
			return {kind: 'none'};
		}
	}
}

/** A box that somebody ticked without the program having seen anything. */
export function isTickedWithoutEvidence(spec: SpecState, task: Task): boolean {
	if (!task.isLeaf || (task.marker !== 'x' && task.marker !== 'X')) {
		return false;
	}

	const evidence = evidenceOf(spec, task.id);
	return evidence.kind === 'none' || (evidence.kind === 'run' && evidence.entry.outcome !== 'done');
}

/** The share of the model's context that the newest request filled, 0 to 1. */
export function contextShare(state: State): number {
	const used = currentConversation(state)?.contextTokens ?? 0;
	return used / (state.model?.contextTokens ?? 200_000);
}

/** How the tests stand: after a run of some of them, with the newest results of the others. Undefined before any run. */
export function testCounts({tests}: State): TestCounts | undefined {
	const last = tests.last?.report;
	return last?.scope === 'related' ? (tests.known?.report.counts ?? last.counts) : last?.counts;
}
