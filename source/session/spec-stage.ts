import type {StageId} from '../protocol/event.ts';
import {type DocumentStage, documentStages, type LedgerEntry} from '../protocol/ledger-entry.ts';
import {stageFromFiles} from '../spec/stage.ts';
import {nextTask} from '../spec/task-progress.ts';
import {parseTasks} from '../spec/tasks.ts';

export type DocumentTexts = Readonly<Partial<Record<DocumentStage, string>>>;

/**
 * Where a spec stands, from disk alone. Without approvals its files tell (formats.md); with them it is the first document that was
 * never approved, then building, then free iteration once every required task is done.
 */
export function stageOfSpec(texts: DocumentTexts, ledger: readonly LedgerEntry[]): StageId {
	const approved = new Set(ledger.flatMap(entry => (entry.type === 'approval' ? [entry.stage] : [])));
	if (approved.size === 0) {
		return stageFromFiles(texts);
	}

	const open = documentStages.find(stage => !approved.has(stage));
	if (open !== undefined) {
		return open;
	}

	return nextTask(parseTasks(texts.tasks ?? '').tasks) === undefined ? 'vibe' : 'implement';
}
