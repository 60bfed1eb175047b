import type {LedgerEntry} from './ledger-entry.ts';
import {addUsage, noUsage, type Usage} from './message.ts';

export type Spent = {readonly usage: Usage /** Undefined as soon as one price was unknown. */; readonly costUsd?: number};

function sum(all: readonly Spent[]): Spent {
	const usage = all.reduce((total, {usage: one}) => addUsage(total, one), noUsage);
	const isPriced = all.every(({costUsd}) => costUsd !== undefined);
	return {usage, ...(isPriced && {costUsd: all.reduce((total, {costUsd = 0}) => total + costUsd, 0)})};
}

function grouped(entries: readonly (Spent & {readonly name: string})[]): Readonly<Record<string, Spent>> {
	const names = [...new Set(entries.map(({name}) => name))];
	return Object.fromEntries(names.map(name => [name, sum(entries.filter(entry => entry.name === name))]));
}

/** What a spec has cost by its ledger: the talk in each stage, each task with all its attempts, and all of it. */
export function specCost(ledger: readonly LedgerEntry[]): {
	readonly stages: Readonly<Record<string, Spent>>;
	readonly tasks: Readonly<Record<string, Spent>>;
	readonly total: Spent;
} {
	const stages = ledger.flatMap(entry => (entry.type === 'cost' ? [{...entry, name: entry.stage}] : []));
	const tasks = ledger.flatMap(entry =>
		entry.type === 'task' && entry.usage !== undefined ? [{...entry, usage: entry.usage, name: entry.task}] : [],
	);
	return {stages: grouped(stages), tasks: grouped(tasks), total: sum([...stages, ...tasks])};
}
