import type {Caught} from './evidence.ts';
import {type DocumentStage, documentStages, type LedgerEntry, type TaskEntry} from './ledger-entry.ts';
import {deriveMatrix, type MatrixInput} from './matrix.ts';
import {tracedTasks} from './matrix-tasks.ts';
import {specCost} from './spec-cost.ts';

/** A gap longer than this is a person who was away; it counts as this much. */
const maxGapMs = 15 * 60_000;

/** A task line in the report: all its attempts together. */
type ReportedTask = {
	readonly task: string;
	readonly attempts: number;
	readonly repairs: number;
	readonly agentMs: number;
	readonly costUsd?: number;
};

export type SpecReport = {
	readonly spec: string;
	/** When the first line of the ledger was written; absent without a ledger. */
	readonly ideaAt?: string;
	/** When each document was approved first. */
	readonly approvedAt: Readonly<Partial<Record<DocumentStage, string>>>;
	/** When a task was done, or its tests passed again, last. */
	readonly greenAt?: string;
	/** From the first line to the last green. */
	readonly totalMs?: number;
	/** The durations of all attempts and of their checks in a copy, as the program measured them. */
	readonly agentMs: number;
	/** The gaps between two pieces of the program's work, at most 15 minutes each: an estimate. */
	readonly personMs: number;
	readonly costUsd?: number;
	readonly tasks: readonly ReportedTask[];
	readonly criteria: readonly {readonly criterion: string; readonly costUsd?: number}[];
	readonly repairs: number;
	readonly caught: readonly (Caught & {readonly task: string; readonly at: string})[];
	readonly byHand: number;
};

/** When the program's work that a line tells of began and ended, in milliseconds. */
function spanOf(entry: LedgerEntry): readonly [start: number, end: number] {
	const end = Date.parse(entry.at);
	const length = entry.type === 'task' || entry.type === 'proof' ? entry.durationMs : 0;
	return [end - length, end];
}

function personTime(ledger: readonly LedgerEntry[]): number {
	const spans = ledger.map(spanOf).sort(([one], [other]) => one - other);
	let until = spans[0]?.[1] ?? 0;
	let total = 0;
	for (const [start, end] of spans) {
		total += Math.min(Math.max(0, start - until), maxGapMs);
		until = Math.max(until, end);
	}

	return total;
}

function sumOf(costs: readonly (number | undefined)[]): number | undefined {
	return costs.length > 0 && costs.every(cost => cost !== undefined) ? costs.reduce((sum, cost) => sum + (cost ?? 0), 0) : undefined;
}

function tasksIn(attempts: readonly TaskEntry[], numberOf: (line: TaskEntry) => string): readonly ReportedTask[] {
	const groups = new Map<string, TaskEntry[]>();
	for (const attempt of attempts) {
		groups.set(numberOf(attempt), [...(groups.get(numberOf(attempt)) ?? []), attempt]);
	}

	return [...groups].map(([task, own]) => {
		const costUsd = sumOf(own.map(attempt => attempt.costUsd));
		return {
			task,
			attempts: own.length,
			repairs: own.reduce((sum, attempt) => sum + (attempt.repairs ?? 0), 0),
			agentMs: own.reduce((sum, attempt) => sum + attempt.durationMs, 0),
			...(costUsd !== undefined && {costUsd}),
		};
	});
}

function approvals(ledger: readonly LedgerEntry[]): SpecReport['approvedAt'] {
	const first = documentStages.map(stage => [stage, ledger.find(entry => entry.type === 'approval' && entry.stage === stage)?.at] as const);
	return Object.fromEntries(first.filter(([, at]) => at !== undefined));
}

/** From the idea to green: times, cost, repairs and what was caught, by the ledger of a spec. */
export function specReport(input: MatrixInput): SpecReport {
	const {ledger} = input;
	const {numberOf} = tracedTasks(input);
	const attempts = ledger.filter(entry => entry.type === 'task');
	const tasks = tasksIn(attempts, numberOf);
	const green = ledger.findLast(entry => entry.type === 'check' || (entry.type === 'task' && entry.outcome === 'done'));
	const ideaAt = ledger[0]?.at;
	const {total} = specCost(ledger);
	const hasCost = attempts.some(attempt => attempt.usage !== undefined) || ledger.some(entry => entry.type === 'cost');
	const checks = ledger.filter(entry => entry.type === 'proof').reduce((sum, entry) => sum + entry.durationMs, 0);
	return {
		spec: input.spec,
		...(ideaAt !== undefined && {ideaAt}),
		approvedAt: approvals(ledger),
		...(green !== undefined && {greenAt: green.at}),
		...(green !== undefined && ideaAt !== undefined && {totalMs: Date.parse(green.at) - Date.parse(ideaAt)}),
		agentMs: tasks.reduce((sum, task) => sum + task.agentMs, checks),
		personMs: personTime(ledger),
		...(hasCost && total.costUsd !== undefined && {costUsd: total.costUsd}),
		tasks,
		criteria: deriveMatrix(input).rows.map(({criterion, costUsd}) => ({criterion, ...(costUsd !== undefined && {costUsd})})),
		repairs: tasks.reduce((sum, task) => sum + task.repairs, 0),
		caught: attempts.flatMap(attempt => (attempt.caught ?? []).map(each => ({...each, task: numberOf(attempt), at: attempt.at}))),
		byHand: ledger.filter(entry => entry.type === 'accept').length,
	};
}
