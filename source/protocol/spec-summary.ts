import type {StageId} from './event.ts';
import type {DocumentStage} from './ledger-entry.ts';

export type ApprovalState = 'approved' | 'stale' | 'none';

export type UnfinishedTask = {
	readonly task: string;
	/** Its run did not end, its tests stayed red, or a person has to judge what they showed. */
	readonly why: 'interrupted' | 'red' | 'unproven';
};

/** One spec as home, `status` and the spec list show it. */
export type SpecSummary = {
	readonly name: string;
	/** Relative to the workspace root. */
	readonly path: string;
	readonly stage: StageId;
	/** `total` and `done` count required leaves, `optional` the other leaves. */
	readonly tasks: {readonly total: number; readonly done: number; readonly optional: number};
	readonly approvals: Readonly<Record<DocumentStage, ApprovalState>>;
	readonly problems: readonly {
		readonly file: string;
		readonly line: number;
		readonly code: string;
		readonly message: string;
		readonly severity: 'error' | 'warning';
	}[];
	/** Tasks that were begun and are not ticked. */
	readonly unfinished: readonly UnfinishedTask[];
	/** Ticked tasks without a ledger line. */
	readonly withoutEvidence: readonly string[];
	/** How many criteria were shown with other bytes than those on disk; absent when none, or not looked at. */
	readonly unprovenSince?: number;
	/** The documents that exist. */
	readonly documents: readonly string[];
};

/** What changed on disk since the last session here; told from files alone. */
export type SinceYouLeft = {
	readonly lines: readonly string[];
	readonly nextStep: string;
};
