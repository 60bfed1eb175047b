import type {TaskId} from '../spec/tasks.ts';
import type {Answer} from './ask.ts';
import type {Route, StageId} from './event.ts';
import type {DocumentStage} from './ledger-entry.ts';
import type {Mode} from './permission.ts';
import type {ReviewComment} from './review-comment.ts';

/** What anyone may ask for; a face sends intents and does nothing else. */
export type Intent =
	| {readonly type: 'send'; readonly text: string}
	/** Takes a queued message back before it is sent. */
	| {readonly type: 'take-back'; readonly text: string}
	| {readonly type: 'answer'; readonly ask: string; readonly answer: Answer}
	| {readonly type: 'create-spec'; readonly name?: string; readonly idea: string; readonly route?: Route}
	| {readonly type: 'open-spec'; readonly name: string}
	| {readonly type: 'go-home'}
	/** Goes on where the newest conversation of this folder stopped. */
	| {readonly type: 'continue'}
	/** Shows what a task, or the newest checkpoint, changed. */
	| {readonly type: 'show-diff'; readonly task?: TaskId}
	/** Keeps a comment on a line of a task's diff until it is sent; an empty text takes it away. */
	| {readonly type: 'comment-line'; readonly task: TaskId; readonly comment: ReviewComment}
	/** Sends comments on a task's diff to its conversation, as one repair. */
	| {readonly type: 'review-task'; readonly task: TaskId; readonly comments: readonly ReviewComment[]}
	/** Takes back one hunk of a task's diff; `hunk` is its text as shown, so that no other is taken. */
	| {readonly type: 'revert-hunk'; readonly task: TaskId; readonly path: string; readonly hunk: string}
	/** Makes one git commit of what a task changed, after a yes to its whole message. */
	| {readonly type: 'commit-task'; readonly task: TaskId}
	| {readonly type: 'enter-stage'; readonly stage: StageId}
	| {
			readonly type: 'approve';
			readonly stage: DocumentStage /** Hex digits of the approval digest of the text that was on screen. */;
			readonly digest: string;
	  }
	/** Approves without going on to the next stage. */
	| {readonly type: 'approve-text'; readonly stage: DocumentStage; readonly digest: string}
	/** One message in this stage, or in the stage at hand; never read as a command. */
	| {readonly type: 'say'; readonly text: string; readonly stage?: StageId}
	| {readonly type: 'start-task'; readonly task: TaskId}
	/** Open required tasks: all, those whose newest attempt failed, or from one on, until one and then no further. */
	| {readonly type: 'run-tasks'; readonly tasks: 'all' | 'failed' | {readonly from?: TaskId; readonly until?: TaskId}}
	/** Takes a task out of the run that is at work, or adds it at its end. */
	| {readonly type: 'change-queue'; readonly task: TaskId}
	| {readonly type: 'pause-after-task'}
	| {readonly type: 'accept-task'; readonly task: TaskId; readonly reason: string}
	| {readonly type: 'untick-task'; readonly task: TaskId}
	/** All tests, or those of a task or of a criterion alone. */
	| {readonly type: 'run-tests'; readonly task?: TaskId; readonly criterion?: string}
	/** Looks on disk which files of the evidence are others now, and where tests name criteria. */
	| {readonly type: 'read-evidence'}
	/** Runs the whole suite and lets it speak for the criteria of one spec, or of all. */
	| {readonly type: 'verify'; readonly spec?: string}
	| {readonly type: 'skip-tests'}
	| {readonly type: 'undo'; readonly task?: TaskId}
	| {readonly type: 'keep'}
	| {readonly type: 'drop'}
	| {readonly type: 'interrupt'}
	| {readonly type: 'set-mode'; readonly mode: Mode}
	| {readonly type: 'choose-model'; readonly model: string}
	| {readonly type: 'set-test-command'; readonly command: string}
	| {readonly type: 'repin'}
	| {readonly type: 'command'; readonly text: string};
