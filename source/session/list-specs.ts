import {type DocumentStage, documentStages, type LedgerEntry} from '../protocol/ledger-entry.ts';
import {newestLine} from '../protocol/select.ts';
import type {ApprovalState, SpecSummary, UnfinishedTask} from '../protocol/spec-summary.ts';
import {checkSpec} from '../spec/problems.ts';
import {taskProgress} from '../spec/task-progress.ts';
import {parseTasks, type Task} from '../spec/tasks.ts';
import {readEntryIds} from '../workspace/entry-ids.ts';
import {readLedger} from '../workspace/ledger.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {listSpecs, type SpecFiles} from '../workspace/spec-folder.ts';
import {countUnprovenSince} from './count-unproven.ts';
import {stageOfSpec} from './spec-stage.ts';
import {approvalDigestOf, artifactPath, textHashesOf} from './sync-artifacts.ts';

const maxDocumentBytes = 5_000_000;

/** The documents of a spec that exist and are text. */
export async function textsOf(files: SpecFiles): Promise<Partial<Record<DocumentStage, string>>> {
	const texts: Partial<Record<DocumentStage, string>> = {};
	for (const stage of documentStages) {
		const path = artifactPath(files, stage);
		const read = path === undefined ? undefined : await readTextFile(path, {maxBytes: maxDocumentBytes});
		if (read?.kind === 'text') {
			texts[stage] = read.text;
		}
	}

	return texts;
}

function approvalIn(ledger: readonly LedgerEntry[], stage: DocumentStage, text: string | undefined): ApprovalState {
	const newest = ledger.findLast(entry => entry.type === 'approval' && entry.stage === stage);
	if (newest?.type !== 'approval') {
		return 'none';
	}

	return text !== undefined && newest.sha256 === approvalDigestOf(stage, text) ? 'approved' : 'stale';
}

function hasEvidence(ledger: readonly LedgerEntry[], id: string, hashes: Readonly<Record<string, string>>): boolean {
	const line = newestLine(ledger, {id, textHash: hashes[id] ?? ''}, hashes);
	return line?.type === 'accept' || (line?.type === 'task' && line.outcome === 'done');
}

// A box that a person emptied again after it was done has no run either.
const reasons = {failed: 'red', waiting: 'unproven', interrupted: 'interrupted', done: 'interrupted'} as const;

function unfinished(ledger: readonly LedgerEntry[], {id, number}: Task, hashes: Readonly<Record<string, string>>): UnfinishedTask {
	const line = newestLine(ledger, {id, textHash: hashes[id] ?? ''}, hashes);
	return {task: number ?? id, why: reasons[line?.type === 'task' ? line.outcome : 'interrupted']};
}

type Known = {
	readonly root: string;
	readonly untrusted: ReadonlySet<string>;
	readonly isOnly: boolean;
	readonly moment: number | undefined;
};

/** One spec as it is on disk: stage, progress, approvals, problems. Runs nothing and needs no trust. */
async function summariseSpec(files: SpecFiles, {root, untrusted, isOnly, moment}: Known): Promise<SpecSummary> {
	const texts = await textsOf(files);
	const {entries, problems: ledgerProblems} = await readLedger(files.ledger);
	const ledger = entries.filter(({id}) => !untrusted.has(id));
	const {tasks} = parseTasks(texts.tasks ?? '');
	const hashes = textHashesOf(texts.tasks ?? '');
	const leaves = tasks.filter(task => task.isLeaf);
	const unprovenSince = await countUnprovenSince(root, {spec: files.name, isOnly, texts, ledger}, moment);
	const problems = checkSpec(texts).map(({file, ...problem}) => ({...problem, file: `${file}.md`}));
	return {
		name: files.name,
		path: files.path,
		stage: stageOfSpec(texts, ledger),
		tasks: taskProgress(tasks),
		approvals: {
			requirements: approvalIn(ledger, 'requirements', texts.requirements),
			design: approvalIn(ledger, 'design', texts.design),
			tasks: approvalIn(ledger, 'tasks', texts.tasks),
		},
		problems: [
			...problems,
			...ledgerProblems.map(({line, message}) => ({file: 'ledger.jsonl', line, code: 'ledger', message, severity: 'error' as const})),
		],
		unfinished: leaves.filter(task => task.marker === '-').map(task => unfinished(ledger, task, hashes)),
		withoutEvidence: leaves
			.filter(task => (task.marker === 'x' || task.marker === 'X') && !hasEvidence(ledger, task.id, hashes))
			.map(task => task.number ?? task.id),
		...(unprovenSince > 0 && {unprovenSince}),
		documents: documentStages.filter(stage => texts[stage] !== undefined),
	};
}

export type SummariseSpecs = {
	readonly root: string;
	/** The user's state directory, which knows the ledger lines that do not count. */
	readonly state: string;
	/** Codes of checks that are switched off. */
	readonly checksOff: readonly string[];
	/** Milliseconds since the epoch; with it a file of the evidence that stays the same is read once. */
	readonly moment?: number;
};

/** Every spec of the tree, nested ones too, in the order of their names. */
export async function summariseSpecs({root, state, checksOff, moment}: SummariseSpecs): Promise<readonly SpecSummary[]> {
	const specs = await listSpecs(root);
	const untrusted = await readEntryIds(state, root, 'untrusted');
	const summaries: SpecSummary[] = [];
	for (const files of specs) {
		const summary = await summariseSpec(files, {root, untrusted, isOnly: specs.length === 1, moment});
		summaries.push({...summary, problems: summary.problems.filter(problem => !checksOff.includes(problem.code))});
	}

	return summaries;
}
