import type {Usage} from '../protocol/message.ts';
import type {Conversation} from '../protocol/state.ts';
import type {TestReport} from '../protocol/test-report.ts';
import type {Task} from '../spec/tasks.ts';
import type {BugfixTask} from './bugfix-task.ts';
import type {FileManifest} from './file-manifest.ts';
import type {Observed} from './observed.ts';
import type {Services} from './services.ts';
import {cutReport} from './task-report.ts';
import type {TestWatch} from './watch-tests.ts';

/** `pending`: the related tests are green, and the long whole run that must confirm them is still to come. */
export type TaskOutcome = 'done' | 'waiting' | 'failed' | 'interrupted' | 'pending';

/**
 * What the tests showed before a task, by the test command that they are of; undefined for a command of which it is not known. It grows when
 * the task turns out to change what other commands test.
 */
type Baselines = Map<string, TestReport | undefined>;

/** One try at a task, from its start on. */
export type TaskAttempt = {
	readonly task: Task;
	readonly textHash: string;
	readonly criteria: readonly string[];
	/** Of a task with a role in a bugfix. */
	readonly bugfix?: BugfixTask;
	readonly conversation: Conversation;
	readonly baselines: Baselines;
	/** It goes on with an earlier attempt that was left open. */
	readonly isContinued: boolean;
	/** The files as the first of these attempts found them; undefined when that is not known on this machine. */
	readonly manifest: FileManifest | undefined;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	readonly spentBefore: {readonly usage: Usage; readonly costUsd: number};
	/** This attempt's, and before it those of earlier attempts that were left open; the oldest first. */
	readonly checkpoints: readonly string[];
	readonly observed: Observed;
	readonly watched: TestWatch;
};

/** What was spent since a moment; without a sum when a price is unknown. */
export function spentSince(services: Services, before: TaskAttempt['spentBefore']): {readonly usage: Usage; readonly costUsd?: number} {
	const {usage, costUsd, isPriced} = services.store.state();
	return {
		usage: {
			input: usage.input - before.usage.input,
			output: usage.output - before.usage.output,
			cacheRead: usage.cacheRead - before.usage.cacheRead,
			cacheWrite5m: usage.cacheWrite5m - before.usage.cacheWrite5m,
			cacheWrite1h: usage.cacheWrite1h - before.usage.cacheWrite1h,
		},
		...(isPriced && {costUsd: costUsd - before.costUsd}),
	};
}

/** The agent's closing words, at most 600 characters. */
export function closingWords(services: Services, {conversation}: TaskAttempt): string {
	const items = services.store.state().conversations[conversation.id]?.items ?? [];
	const last = items.findLast(item => item.kind === 'agent');
	return last?.kind === 'agent' ? cutReport(last.text, 600) : '';
}
