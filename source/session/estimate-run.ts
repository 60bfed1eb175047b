import type {TaskEntry} from '../protocol/ledger-entry.ts';
import type {SpecState} from '../protocol/state.ts';

/** What a run of so many tasks is expected to take and cost, from the finished tasks of this spec; undefined when none tells. */
export function estimateRun(spec: SpecState, count: number): string | undefined {
	const done = spec.ledger.filter((entry): entry is TaskEntry => entry.type === 'task' && entry.outcome === 'done');
	if (done.length === 0 || count === 0) {
		return undefined;
	}

	const known = new Set(done.map(entry => entry.textHash)).size;
	const minutes = (done.reduce((sum, entry) => sum + entry.durationMs, 0) / known / 60_000) * count;
	const costs = done.flatMap(entry => (entry.costUsd === undefined ? [] : [entry.costUsd]));
	const dollars = costs.length === 0 ? '' : ` and $${((costs.reduce((sum, cost) => sum + cost, 0) / known) * count).toFixed(2)}`;
	const tasks = count === 1 ? '1 task' : `${count} tasks`;
	return `${tasks}: about ${minutes < 1 ? 'a minute' : `${Math.ceil(minutes)} min`}${dollars}, from what ${known} finished ${known === 1 ? 'task' : 'tasks'} took`;
}
