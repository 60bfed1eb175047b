import type {CriterionLink} from '../spec/criterion-links.ts';
import type {TaskId} from '../spec/tasks.ts';
import type {Answer, Ask} from './ask.ts';
import type {Display} from './display.ts';
import type {Grade} from './evidence.ts';
import type {CallId, ConversationId} from './ids.ts';
import type {KnownTests} from './known-tests.ts';
import type {DocumentStage, LedgerEntry} from './ledger-entry.ts';
import type {AssistantMessage, StopReason, Usage, UserMessage} from './message.ts';
import type {Mode} from './permission.ts';
import type {ReviewComment} from './review-comment.ts';
import type {SinceYouLeft, SpecSummary} from './spec-summary.ts';
import type {Comparison, TestReport} from './test-report.ts';
import type {Artifact} from './tool.ts';

/** Where work stands: three documents, then building, then free iteration. */
export type StageId = DocumentStage | 'implement' | 'vibe';

export const stageIds: readonly StageId[] = ['requirements', 'design', 'tasks', 'implement', 'vibe'];

export type Trust = 'asked' | 'trusted' | 'read-only';

export type TestCommandFact = {
	/** As a person would type it. */
	readonly command: string;
	readonly runner: string;
	/** The script text that the command resolves to; its hash is what a person approves. */
	readonly resolvesTo: string;
	readonly isApproved: boolean;
	readonly note?: string;
};

type WorkspaceEvent =
	| {
			readonly type: 'workspace.opened';
			readonly root: string;
			readonly name: string;
			readonly branch?: string;
			readonly hasGit: boolean;
			readonly isEmpty: boolean;
			readonly trust: Trust;
			/** Codes of the checks of specs that the settings switch off. */
			readonly checksOff: readonly string[];
	  }
	| {readonly type: 'workspace.trusted'; readonly trust: Trust}
	/** What the tests showed before this session. */
	| {readonly type: 'tests.recalled'; readonly known: KnownTests}
	| {readonly type: 'test-command.found'; readonly testCommand?: TestCommandFact}
	| {readonly type: 'specs.listed'; readonly specs: readonly SpecSummary[]; readonly since?: SinceYouLeft}
	| {readonly type: 'mode.changed'; readonly mode: Mode}
	| {readonly type: 'model.chosen'; readonly model: string; readonly isRecorded: boolean; readonly contextTokens?: number}
	| {readonly type: 'budget.set'; readonly budgetUsd?: number}
	| {readonly type: 'asked'; readonly ask: Ask}
	| {readonly type: 'answered'; readonly ask: string; readonly answer: Answer}
	| {readonly type: 'noticed'; readonly level: 'info' | 'warning' | 'error'; readonly text: string; readonly nextStep?: string};

type SpecEvent =
	| {readonly type: 'spec.opened'; readonly name: string; readonly path: string; readonly isOnly: boolean; readonly stage: StageId}
	| {readonly type: 'spec.closed'}
	| {
			readonly type: 'artifact.changed';
			readonly artifact: Artifact;
			/** Absent when the file is gone. */
			readonly text?: string;
			readonly digest?: string;
			/** What an approval of this text would hold: for tasks.md the digest without the markers. */
			readonly approvalDigest?: string;
			/** For requirements.md: the hash of each criterion's text, by its id. */
			readonly criterionHashes?: Readonly<Record<string, string>>;
			/** For tasks.md: the hash of each task's text. */
			readonly textHashes?: Readonly<Record<string, string>>;
			readonly by: 'agent' | 'person' | 'program' | 'disk';
			/** Lines that are new or changed against the text before, 1-based. */
			readonly changedLines: readonly number[];
			readonly isBugfix?: boolean;
	  }
	| {readonly type: 'artifact.streamed'; readonly artifact: Artifact; readonly text: string}
	| {readonly type: 'approval.text-loaded'; readonly stage: DocumentStage; readonly text: string}
	| {readonly type: 'mentions.checked'; readonly missing: readonly string[]}
	| {readonly type: 'ledger.read'; readonly entries: readonly LedgerEntry[]}
	| {readonly type: 'ledger.appended'; readonly entry: LedgerEntry}
	/** What the disk says of the evidence now: where tests name criteria, and which of its files are others, and since when. */
	| {
			readonly type: 'evidence.read';
			readonly links: readonly CriterionLink[];
			readonly changedFiles: Readonly<Record<string, string>>;
	  }
	| {readonly type: 'stage.entered'; readonly stage: StageId};

type ConversationEvent =
	| {
			readonly type: 'conversation.opened';
			readonly conversation: ConversationId;
			readonly stage: StageId;
			readonly route: Route;
			/** One model a conversation: another could not check the thinking of the first. */
			readonly model: string;
			readonly spec?: string;
			readonly task?: TaskId;
			readonly system: readonly string[];
			readonly pinned: readonly string[];
			/** The digest of each document as pinned, so that a later change is told as a diff. */
			readonly pinnedTexts: Readonly<Partial<Record<Artifact, string>>>;
	  }
	/** A stored conversation, told whole from its journal: what happened in it, oldest first. */
	| {readonly type: 'conversation.restored'; readonly conversation: ConversationId; readonly events: readonly Event[]}
	| {readonly type: 'conversation.entered'; readonly conversation: ConversationId}
	| {
			readonly type: 'message.sent';
			readonly conversation: ConversationId;
			readonly message: UserMessage;
			/** What the chat shows of what the person says; absent when it is not theirs. */
			readonly shown?: string;
			/** What the program says by itself, as the chat shows it. */
			readonly note?: string;
			/** The texts of the spec that the model knows of after this message. */
			readonly toldTexts?: Readonly<Partial<Record<Artifact, string>>>;
	  }
	| {readonly type: 'message.queued'; readonly conversation: ConversationId; readonly text: string}
	| {readonly type: 'queue.taken'; readonly conversation: ConversationId}
	/** The person took a queued message back to change it. */
	| {readonly type: 'message.taken-back'; readonly conversation: ConversationId; readonly text: string}
	| {readonly type: 'turn.started'; readonly conversation: ConversationId; readonly at: number}
	| {readonly type: 'text.streamed'; readonly conversation: ConversationId; readonly delta: string}
	| {readonly type: 'thinking.streamed'; readonly conversation: ConversationId; readonly delta: string}
	| {
			readonly type: 'answer.finished';
			readonly conversation: ConversationId;
			readonly message: AssistantMessage;
			readonly stop: StopReason;
			readonly usage: Usage;
			readonly model: string;
			readonly costUsd?: number;
	  }
	| {readonly type: 'answer.restarted'; readonly conversation: ConversationId; readonly reason: string}
	| {readonly type: 'service.waiting'; readonly attempt: number; readonly reason: string; readonly until: number}
	| {readonly type: 'service.stalled'; readonly seconds: number}
	| {
			readonly type: 'call.streamed';
			readonly conversation: ConversationId;
			readonly call: CallId;
			readonly name: string;
			/** What it is about, as far as that has arrived; empty before. */
			readonly title: string;
			/** Lines of text that it carries so far. */
			readonly lines?: number;
	  }
	| {
			readonly type: 'call.requested';
			readonly conversation: ConversationId;
			readonly call: CallId;
			readonly name: string;
			readonly title: string;
	  }
	| {readonly type: 'call.output'; readonly call: CallId; readonly text: string}
	| {readonly type: 'call.denied'; readonly call: CallId; readonly tool: string; readonly subject: string; readonly why: string}
	| {
			readonly type: 'call.finished';
			readonly conversation: ConversationId;
			readonly call: CallId;
			readonly ok: boolean;
			readonly display: Display;
	  }
	| {
			readonly type: 'results.appended';
			readonly conversation: ConversationId;
			readonly message: UserMessage;
			/** Steering texts of the person that travelled with the results. */
			readonly shown: readonly string[];
			readonly toldTexts?: Readonly<Partial<Record<Artifact, string>>>;
	  }
	| {
			readonly type: 'turn.finished';
			readonly conversation: ConversationId;
			readonly outcome: TurnEnd;
			readonly at: number;
			readonly message?: string;
			readonly nextStep?: string;
			/** What was on screen of an answer that never finished. */
			readonly visibleText?: string;
	  };

export type TurnEnd =
	| 'finished'
	| 'interrupted'
	| 'failed'
	| 'limit'
	| 'declined'
	| 'cut-off'
	| 'refused'
	| 'empty'
	| 'written-call'
	| 'looping';

/** How much ceremony an idea gets. */
export type Route = 'patch' | 'quick' | 'bugfix' | 'feature';

/** `tests-first`: the agent writes the tests, which the program then wants to see failing. */
export type TaskPhase = 'baseline' | 'tests-first' | 'agent' | 'tests' | 'repair';

/** `tests-first`: before the code is there; `again`: new failures alone, to tell a flaky one. */
export type TestReason = 'baseline' | 'tests-first' | 'task' | 'again' | 'vibe' | 'asked';

type TaskEvent =
	| {readonly type: 'run.queued'; readonly tasks: readonly TaskId[]}
	| {readonly type: 'run.pause-asked'; readonly isAsked: boolean}
	| {readonly type: 'task.started'; readonly task: TaskId; readonly title: string; readonly at: number}
	| {readonly type: 'task.phase-entered'; readonly task: TaskId; readonly phase: TaskPhase; readonly round: number}
	/** Tests that were seen failing before the code was there: on an assertion inside their body, or with an error of code that the task has not touched. */
	| {readonly type: 'tests.seen-red'; readonly task: TaskId; readonly tests: readonly string[]}
	| {readonly type: 'task.claimed'; readonly task: TaskId; readonly report: string}
	| {
			readonly type: 'task.finished';
			readonly task: TaskId;
			readonly outcome: 'done' | 'waiting' | 'failed' | 'interrupted';
			readonly grade: Grade;
			/** One sentence for the person: `says done, 1 red`. */
			readonly why: string;
			readonly durationMs: number;
			readonly usage: Usage;
			readonly costUsd?: number;
	  }
	| {
			readonly type: 'tests.started';
			readonly command: string;
			readonly scope: 'all' | 'related';
			readonly reason: TestReason;
			readonly at: number;
	  }
	| {readonly type: 'tests.progressed'; readonly text: string}
	| {
			readonly type: 'tests.finished';
			readonly report: TestReport;
			readonly reason: TestReason;
			readonly comparison?: Comparison;
			/** When the run began: a file that changed later is not what it is about. Else the newest start counts. */
			readonly startedAt?: number;
			/** A call of the model asked for it and shows it. */
			readonly isInCall?: boolean;
	  }
	/** The whole run that new failures are told against from now on. */
	| {readonly type: 'baseline.set'; readonly report: TestReport}
	| {
			readonly type: 'checkpoint.made';
			readonly checkpoint: string;
			readonly label: string;
			/** The task as it was then; its number may change while its words stay. */
			readonly task?: {readonly id: TaskId; readonly textHash: string};
	  }
	| {
			readonly type: 'checkpoint.restored';
			readonly checkpoint: string;
			readonly restored: readonly string[];
			readonly skipped: readonly string[];
	  }
	| {
			readonly type: 'diff.shown';
			readonly title: string;
			readonly files: readonly {readonly path: string; readonly patch: string}[];
			/** The task whose diff this is; without one no line takes a comment. */
			readonly task?: TaskId;
			readonly comments?: readonly ReviewComment[];
	  }
	/** What a person has noted on lines of a task's diff and not sent yet. */
	| {readonly type: 'review.changed'; readonly task: TaskId; readonly comments: readonly ReviewComment[]}
	| {
			readonly type: 'files.changed';
			readonly files: readonly {
				readonly path: string;
				readonly kind: 'added' | 'modified' | 'deleted';
				readonly added: number;
				readonly removed: number;
			}[];
	  };

/** A fact, in the past tense, plain JSON. */
export type Event = WorkspaceEvent | SpecEvent | ConversationEvent | TaskEvent;

/** Facts that only the moment needs: a journal that kept them would grow by every word twice. */
const momentary: ReadonlySet<Event['type']> = new Set([
	'text.streamed',
	'thinking.streamed',
	'call.streamed',
	'call.output',
	'artifact.streamed',
	'service.waiting',
	'service.stalled',
	'tests.progressed',
	'answered',
	'conversation.restored',
	'asked',
]);

export function isMomentary(event: Event): boolean {
	return momentary.has(event.type);
}
