import type {Caught, CriterionEvidence, Grade, RevertedEvidence, SurvivingMutant} from './evidence.ts';
import type {Usage} from './message.ts';
import type {TestCounts} from './test-report.ts';

/** The stages that end in a document a person approves. */
export type DocumentStage = 'requirements' | 'design' | 'tasks';

export const documentStages: readonly DocumentStage[] = ['requirements', 'design', 'tasks'];

type Base = {
	readonly v: 1;
	readonly id: string;
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly by: string;
};

/** A person approved exactly this text. For tasks.md the hash leaves the markers out. */
export type ApprovalEntry = Base & {
	readonly type: 'approval';
	readonly stage: DocumentStage;
	readonly sha256: string;
	/** The hash of each requirement, by its number; empty for other documents. */
	readonly parts: Readonly<Record<string, string>>;
};

/** One attempt at a task. */
export type TaskEntry = Base & {
	readonly type: 'task';
	readonly task: string;
	readonly textHash: string;
	readonly outcome: 'done' | 'waiting' | 'failed' | 'interrupted';
	readonly grade: Grade;
	readonly criteria: readonly string[];
	readonly command: string;
	readonly before?: TestCounts;
	readonly after?: TestCounts;
	/** Ids of tests that fail now and did not before. */
	readonly red: readonly string[];
	/** Ids of the tests that name the task's criteria and pass. */
	readonly green: readonly string[];
	/** What it showed of each of its criteria; absent in lines of before this was kept. */
	readonly evidence?: readonly CriterionEvidence[];
	/** Of a bugfix: the digest of the source of each test that was seen on the unfixed code, by test id. */
	readonly sources?: Readonly<Record<string, string>>;
	/** Ids of tests that failed, and passed when they were run again alone. */
	readonly flaky?: readonly string[];
	/** Repair rounds that it took. */
	readonly repairs?: number;
	readonly caught?: readonly Caught[];
	readonly files: readonly {readonly path: string; readonly before?: string; readonly after?: string}[];
	readonly commit?: string;
	/** The conversation it was built in, whose journal is on the machine of the person. */
	readonly conversation?: string;
	/** Absent in a line whose cost is kept beside it, in the user's state. */
	readonly usage?: Usage;
	/** Undefined when the model's price is unknown. */
	readonly costUsd?: number;
	readonly durationMs: number;
	/** The agent's closing words, at most 600 characters, for the hand-over. */
	readonly report?: string;
};

/** The check of a done task in a copy: its code taken back, then small faults put into it. */
export type ProofEntry = Base & {
	readonly type: 'proof';
	readonly task: string;
	readonly textHash: string;
	/** The id of the line of the attempt that it is about. */
	readonly attempt: string;
	readonly evidence: readonly RevertedEvidence[];
	/** How many small faults were tried. */
	readonly mutants: number;
	readonly survivors: readonly SurvivingMutant[];
	readonly durationMs: number;
};

/** The tests of criteria passed again after files of theirs had changed: the evidence is of these bytes from now on. */
export type CheckEntry = Base & {
	readonly type: 'check';
	readonly command: string;
	readonly criteria: readonly {readonly criterion: string; readonly textHash: string}[];
	readonly files: readonly {readonly path: string; readonly after?: string}[];
};

/** A person ticked a task without evidence, and said why. */
export type AcceptEntry = Base & {
	readonly type: 'accept';
	readonly task: string;
	readonly textHash: string;
	readonly grade: Grade;
	readonly reason: string;
};

/** The program closed a parent, or a person unticked. */
type TickEntry = Base & {
	readonly type: 'tick';
	readonly task: string;
	readonly textHash: string;
	readonly marker: string;
};

/** What a turn outside a task cost, so that a spec's sum is whole; in the user's state also what a task did. */
export type CostEntry = Base & {
	readonly type: 'cost';
	/** The id of the task line whose cost this is. */
	readonly entry?: string;
	readonly stage: string;
	readonly usage: Usage;
	readonly costUsd?: number;
	/** How long the turn took, in milliseconds; absent for what a task did. */
	readonly durationMs?: number;
};

export type LedgerEntry = ApprovalEntry | TaskEntry | ProofEntry | CheckEntry | AcceptEntry | TickEntry | CostEntry;
