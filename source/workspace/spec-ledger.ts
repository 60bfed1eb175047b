import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {CostEntry, LedgerEntry} from '../protocol/ledger-entry.ts';
import {appendLedger, type Ledger, readLedger} from './ledger.ts';
import type {SpecFiles} from './spec-folder.ts';
import {workspaceKey} from './state-directory.ts';

/** Where the ledger of a spec is, and the user's state directory, which holds what it cost. */
export type LedgerPlace = {
	readonly files: Pick<SpecFiles, 'name' | 'ledger'>;
	readonly root: string;
	readonly state: string;
};

/** What a spec cost is the person's own business: it stays on this machine unless they want it in the repository. */
export function costsFile({files, root, state}: LedgerPlace): string {
	return join(state, workspaceKey(root), 'costs', `${files.name}.jsonl`);
}

/** An entry as the ledger keeps it, and apart from it what it cost. */
export function splitCost(entry: LedgerEntry): {readonly line?: LedgerEntry; readonly cost?: CostEntry} {
	if (entry.type === 'cost') {
		return {cost: entry};
	}

	if (entry.type !== 'task' || entry.usage === undefined) {
		return {line: entry};
	}

	const {usage, costUsd, ...line} = entry;
	const {v, id, at, by} = entry;
	return {
		line,
		cost: {v, id: `${id}-cost`, at, by, type: 'cost', entry: id, stage: 'implement', usage, ...(costUsd !== undefined && {costUsd})},
	};
}

/** Puts what was kept apart back: a task's cost into its line, the others between the lines by their time. */
export function joinCosts(entries: readonly LedgerEntry[], costs: readonly LedgerEntry[]): readonly LedgerEntry[] {
	const own = costs.filter(entry => entry.type === 'cost');
	const ofTask = new Map(own.flatMap(cost => (cost.entry === undefined ? [] : [[cost.entry, cost] as const])));
	const known = new Set(entries.map(entry => entry.id));
	const lines = entries.map(entry => {
		const cost = entry.type === 'task' && entry.usage === undefined ? ofTask.get(entry.id) : undefined;
		return cost === undefined ? entry : {...entry, usage: cost.usage, ...(cost.costUsd !== undefined && {costUsd: cost.costUsd})};
	});
	const others = own.filter(cost => cost.entry === undefined && !known.has(cost.id));
	return others.length === 0 ? lines : [...lines, ...others].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** Reads a spec's ledger together with what it cost on this machine. */
export async function readSpecLedger(place: LedgerPlace): Promise<Ledger> {
	const ledger = await readLedger(place.files.ledger);
	const {entries} = await readLedger(costsFile(place));
	return {...ledger, entries: joinCosts(ledger.entries, entries)};
}

/** Appends an entry without its cost. Throws UserError as `appendLedger` does. */
export async function appendWithoutCost({files}: LedgerPlace, entry: LedgerEntry): Promise<void> {
	const {line} = splitCost(entry);
	if (line !== undefined) {
		await appendLedger(files.ledger, line);
	}
}

/** Keeps what an entry cost in the user's state. Rejects when it cannot be written: the entry itself stands without it. */
export async function appendCost(place: LedgerPlace, entry: LedgerEntry): Promise<void> {
	const {cost} = splitCost(entry);
	if (cost !== undefined) {
		await mkdir(dirname(costsFile(place)), {recursive: true, mode: 0o700});
		await appendLedger(costsFile(place), cost);
	}
}
