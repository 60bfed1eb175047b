import type {Caught} from './evidence.ts';
import {type CostEntry, type DocumentStage, documentStages, type LedgerEntry, type TaskEntry} from './ledger-entry.ts';
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
	/** When the first work that the ledger tells of began; absent without a ledger. */
	readonly ideaAt?: string;
	/** When each document was approved first. */
	readonly approvedAt: Readonly<Partial<Record<DocumentStage, string>>>;
	/** When a task was done, or its tests passed again, last. */
	readonly greenAt?: string;
	/** From the idea to the last green. */
	readonly totalMs?: number;
	/** How long turns and tasks took until the last green, as the program measured it. */
	readonly agentMs: number;
	/** The gaps between them, at most 15 minutes each: an estimate. */
	readonly personMs: number;
	readonly costUsd?: number;
	readonly tasks: readonly ReportedTask[];
	/** The turns that wrote documents, and free ones. */
	readonly outsideTasks?: {readonly turns: number; readonly agentMs: number; readonly costUsd?: number};
	readonly criteria: readonly {readonly criterion: string; readonly costUsd?: number}[];
	readonly repairs: number;
	readonly caught: readonly (Caught & {readonly task: string; readonly at: string})[];
	readonly byHand: number;
};

type Span = readonly [start: number, end: number];

/** When the agent's work that a line tells of began and ended, in milliseconds. A check in a copy keeps nobody waiting. */
function spanOf(entry: LedgerEntry): Span {
	const end = Date.parse(entry.at);
	return [end - (entry.type === 'task' ? entry.durationMs : entry.type === 'cost' ? (entry.durationMs ?? 0) : 0), end];
}

/** Of spans in the order of their start: what lies between two lines is the agent's where a line says so, and else the person's. */
function timesIn(spans: readonly Span[]): {readonly agentMs: number; readonly personMs: number} {
	let [until = 0] = spans[0] ?? [];
	let agentMs = 0;
	let personMs = 0;
	for (const [start, end] of spans) {
		personMs += Math.min(Math.max(0, start - until), maxGapMs);
		agentMs += Math.max(0, end - Math.max(start, until));
		until = Math.max(until, end);
	}

	return {agentMs, personMs};
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

function outsideTasks(turns: readonly CostEntry[]): NonNullable<SpecReport['outsideTasks']> {
	const costUsd = sumOf(turns.map(turn => turn.costUsd));
	return {
		turns: turns.length,
		agentMs: turns.reduce((sum, turn) => sum + (turn.durationMs ?? 0), 0),
		...(costUsd !== undefined && {costUsd}),
	};
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
	const {total} = specCost(ledger);
	const hasCost = attempts.some(attempt => attempt.usage !== undefined) || ledger.some(entry => entry.type === 'cost');
	const spans = ledger.map(spanOf).sort(([one], [other]) => one - other);
	const [idea] = spans[0] ?? [];
	const greenMs = green === undefined ? undefined : Date.parse(green.at);
	const untilGreen = spans.filter(([, end]) => greenMs === undefined || end <= greenMs);
	const turns = ledger.filter(entry => entry.type === 'cost');
	return {
		spec: input.spec,
		...(idea !== undefined && {ideaAt: new Date(idea).toISOString()}),
		approvedAt: approvals(ledger),
		...(green !== undefined && {greenAt: green.at}),
		...(greenMs !== undefined && idea !== undefined && {totalMs: greenMs - idea}),
		...timesIn(untilGreen),
		...(hasCost && total.costUsd !== undefined && {costUsd: total.costUsd}),
		tasks,
		...(turns.length > 0 && {outsideTasks: outsideTasks(turns)}),
		criteria: deriveMatrix(input).rows.map(({criterion, costUsd}) => ({criterion, ...(costUsd !== undefined && {costUsd})})),
		repairs: tasks.reduce((sum, task) => sum + task.repairs, 0),
		caught: attempts.flatMap(attempt => (attempt.caught ?? []).map(each => ({...each, task: numberOf(attempt), at: attempt.at}))),
		byHand: ledger.filter(entry => entry.type === 'accept').length,
	};
}
