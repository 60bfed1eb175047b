import type {CriterionLink} from '../spec/criterion-links.ts';
import type {ParsedTasks, TaskId} from '../spec/tasks.ts';
import type {Ask} from './ask.ts';
import type {Display} from './display.ts';
import type {Route, StageId, TaskPhase, TestCommandFact, TestReason, Trust, TurnEnd} from './event.ts';
import type {Grade} from './evidence.ts';
import type {CallId, ConversationId} from './ids.ts';
import type {KnownTests} from './known-tests.ts';
import type {LedgerEntry} from './ledger-entry.ts';
import type {Message, Usage} from './message.ts';
import type {Mode} from './permission.ts';
import type {ReviewComment} from './review-comment.ts';
import type {SinceYouLeft, SpecSummary} from './spec-summary.ts';
import type {Comparison, RunResult, TestReport} from './test-report.ts';
import type {Artifact} from './tool.ts';

export type ArtifactState = {
	readonly text: string;
	readonly digest: string;
	readonly approvalDigest: string;
	readonly by: 'agent' | 'person' | 'program' | 'disk';
	readonly changedLines: readonly number[];
	/** Counts up with each change, for `rev 3`. */
	readonly revision: number;
	/** While the model writes: the text so far, which is not on disk yet. */
	readonly streaming?: string;
};

export type SpecState = {
	readonly name: string;
	readonly path: string;
	readonly isOnly: boolean;
	readonly isBugfix: boolean;
	readonly stage: StageId;
	readonly artifacts: Readonly<Partial<Record<Artifact, ArtifactState>>>;
	readonly tasks: ParsedTasks;
	readonly textHashes: Readonly<Record<string, string>>;
	/** The hash of each criterion's text, by its id. */
	readonly criterionHashes: Readonly<Record<string, string>>;
	readonly ledger: readonly LedgerEntry[];
	/** Where tests name criteria, as it was found last. */
	readonly links: readonly CriterionLink[];
	/** Files whose bytes differ from what the evidence is about, and since when; ISO 8601. */
	readonly changedFiles: Readonly<Record<string, string>>;
	/** The approved texts that were changed since, as far as they were loaded for a diff. */
	readonly approvedTexts: Readonly<Partial<Record<Artifact, string>>>;
	readonly missingMentions: readonly string[];
};

/** One thing in the chat, in the order it happened. */
export type ChatItem =
	| {readonly kind: 'person'; readonly id: string; readonly text: string}
	/** What the program says to the model by itself. */
	| {readonly kind: 'program'; readonly id: string; readonly text: string}
	| {readonly kind: 'agent'; readonly id: string; readonly text: string; readonly isStreaming: boolean; readonly isIncomplete?: boolean}
	| {readonly kind: 'thinking'; readonly id: string; readonly text: string; readonly isStreaming: boolean}
	| {
			readonly kind: 'call';
			readonly id: string;
			readonly call: CallId;
			readonly name: string;
			readonly title: string;
			/** `queued`: it has arrived, and runs when the answer is whole and the calls before it are done. */
			readonly status: 'streaming' | 'queued' | 'waiting' | 'running' | 'done' | 'failed' | 'denied';
			readonly output: string;
			/** While it streams in: the lines of text that it carries so far. */
			readonly lines?: number;
			readonly display?: Display;
	  }
	| {
			readonly kind: 'notice';
			readonly id: string;
			readonly level: 'info' | 'warning' | 'error';
			readonly text: string;
			readonly nextStep?: string;
	  }
	| {readonly kind: 'task'; readonly id: string; readonly task: TaskId; readonly title: string; readonly result?: TaskResult}
	| {
			readonly kind: 'tests';
			readonly id: string;
			readonly report: TestReport;
			readonly reason: TestReason;
			readonly newFailures: readonly string[];
	  };

export type TaskResult = {
	readonly outcome: 'done' | 'waiting' | 'failed' | 'interrupted';
	readonly grade: Grade;
	readonly why: string;
	readonly durationMs: number;
	readonly usage: Usage;
	readonly costUsd?: number;
};

export type Conversation = {
	readonly id: ConversationId;
	readonly stage: StageId;
	readonly route: Route;
	readonly model: string;
	readonly spec?: string;
	readonly task?: TaskId;
	readonly system: readonly string[];
	readonly pinned: readonly string[];
	/** The documents as the pinned head holds them. */
	readonly pinnedTexts: Readonly<Partial<Record<Artifact, string>>>;
	/** What the model knows of each document: as pinned, then as told. */
	readonly toldTexts: Readonly<Partial<Record<Artifact, string>>>;
	/** Append-only; exactly what the next request sends after the pinned head. */
	readonly messages: readonly Message[];
	readonly items: readonly ChatItem[];
	readonly queued: readonly string[];
	readonly usage: Usage;
	readonly costUsd: number;
	/** False as soon as one answer had no known price. */
	readonly isPriced: boolean;
	/** Tokens of the newest request, the measure of how full the context is. */
	readonly contextTokens: number;
	readonly turn: {readonly isRunning: boolean; readonly since: number; readonly end?: TurnEnd};
};

type Waiting = {readonly reason: string; readonly attempt: number; readonly until: number};

export type TaskRun = {
	readonly task: TaskId;
	readonly title: string;
	readonly phase: TaskPhase;
	readonly round: number;
	readonly since: number;
	readonly claim?: string;
};

export type TestsState = {
	readonly running?: {
		readonly command: string;
		readonly scope: 'all' | 'related';
		readonly reason: TestReason;
		readonly since: number;
		readonly output: string;
	};
	readonly last?: {readonly report: TestReport; readonly reason: TestReason; readonly comparison?: Comparison};
	/** The newest result of each single test. */
	readonly known?: KnownTests;
	/** The newest results from before some work, by the test command that they are of. */
	readonly baselines: Readonly<Record<string, TestReport>>;
	/** The newest last; at most 20. */
	readonly history: readonly (RunResult & {readonly reason: TestReason})[];
};

export type FileChange = {
	readonly path: string;
	readonly kind: 'added' | 'modified' | 'deleted';
	readonly added: number;
	readonly removed: number;
};

export type Checkpoint = {
	readonly id: string;
	readonly label: string;
	readonly task?: {readonly id: TaskId; readonly textHash: string};
	/** Its files were all put back. */
	readonly isUndone?: true;
};

export type State = {
	readonly workspace: {
		readonly root: string;
		readonly name: string;
		readonly branch?: string;
		readonly hasGit: boolean;
		readonly isEmpty: boolean;
		readonly trust: Trust;
		readonly checksOff: readonly string[];
		readonly testCommand?: TestCommandFact;
	};
	readonly specs: readonly SpecSummary[];
	readonly since?: SinceYouLeft;
	readonly spec?: SpecState;
	readonly conversations: Readonly<Record<string, Conversation>>;
	readonly current?: ConversationId;
	readonly asks: readonly Ask[];
	readonly waiting?: Waiting;
	readonly stalledSeconds: number;
	readonly run: {
		readonly current?: TaskRun;
		readonly queue: readonly TaskId[];
		readonly isPauseAsked: boolean;
		readonly results: Readonly<Record<string, TaskResult>>;
	};
	readonly tests: TestsState;
	/** The oldest first; those of tasks are the open spec's. */
	readonly checkpoints: readonly Checkpoint[];
	readonly files: readonly FileChange[];
	/** The diff a person asked for last; a new object each time. */
	readonly diff?: {
		readonly title: string;
		readonly files: readonly {readonly path: string; readonly patch: string}[];
		readonly task?: TaskId;
	};
	/** Comments on the lines of the diff that were not sent yet; only a task's diff has them. */
	readonly comments: readonly ReviewComment[];
	readonly mode: Mode;
	readonly model?: {readonly id: string; readonly isRecorded: boolean; readonly contextTokens?: number};
	readonly budgetUsd?: number;
	readonly usage: Usage;
	readonly costUsd: number;
	readonly isPriced: boolean;
	/** Notices that belong to no conversation. */
	readonly notices: readonly {readonly level: 'info' | 'warning' | 'error'; readonly text: string; readonly nextStep?: string}[];
	/** Counts events, so that ids made from it are unique and a fold gives the same ones again. */
	readonly clock: number;
};
