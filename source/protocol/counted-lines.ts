import {isDone} from '../spec/task-progress.ts';
import type {Task} from '../spec/tasks.ts';
import type {AcceptEntry, CheckEntry, LedgerEntry, ProofEntry, TaskEntry} from './ledger-entry.ts';

type TaskName = {readonly task: string; readonly textHash: string};

/** Tells which lines of a ledger are about the same task: those with its words, and of twins with the same words those with its number. */
export function taskKeys(textHashes: Readonly<Record<string, string>>): (line: TaskName) => string {
	const seen = new Set<string>();
	const twins = new Set<string>();
	for (const hash of Object.values(textHashes)) {
		(seen.has(hash) ? twins : seen).add(hash);
	}

	return ({task, textHash}) => (twins.has(textHash) ? `${textHash} ${task}` : textHash);
}

/** The lines of a ledger that say something of the spec as it is now. */
export type CountedLines = {
	/** Attempts at tasks, and checks of criteria whose files had changed; in the order of time. */
	readonly lines: readonly (TaskEntry | CheckEntry)[];
	readonly proofs: readonly ProofEntry[];
	/** Those of tasks that were opened again too: what a person took on without proof is shown for ever. */
	readonly accepted: readonly AcceptEntry[];
	/** The newest line about each task, by its key. */
	readonly newest: ReadonlyMap<string, TaskEntry | AcceptEntry>;
};

type Open = {attempts: TaskEntry[]; proof?: ProofEntry; newest?: TaskEntry | AcceptEntry};

function keep(open: Map<string, Open>, key: string, entry: LedgerEntry) {
	const own = open.get(key) ?? {attempts: []};
	if (entry.type === 'tick') {
		// The program closes parents with a tick; any other marker opens a task again.
		if (entry.marker.toLowerCase() !== 'x') {
			open.delete(key);
		}
	} else if (entry.type === 'task') {
		own.attempts.push(entry);
		open.set(key, {attempts: own.attempts, newest: entry});
	} else if (entry.type === 'accept') {
		open.set(key, {...own, newest: entry});
	} else if (entry.type === 'proof' && own.newest !== undefined) {
		open.set(key, {...own, proof: entry});
	}
}

/** A box that somebody opened in an editor: what the ledger says of its task counts no more. */
function withoutOpened(open: Map<string, Open>, tasks: readonly Task[], keyOf: (task: Task) => string) {
	for (const task of tasks) {
		const newest = open.get(keyOf(task))?.newest;
		if (!isDone(task) && (newest?.type === 'accept' || newest?.outcome === 'done')) {
			open.delete(keyOf(task));
		}
	}
}

/** Leaves out what was undone, unticked or done again since. The ledger is in the order of time. */
export function countedLines(
	ledger: readonly LedgerEntry[],
	{tasks, textHashes}: {readonly tasks: readonly Task[]; readonly textHashes: Readonly<Record<string, string>>},
): CountedLines {
	const keyOf = taskKeys(textHashes);
	const open = new Map<string, Open>();
	const accepted: AcceptEntry[] = [];
	for (const entry of ledger) {
		if (entry.type === 'task' || entry.type === 'accept' || entry.type === 'tick' || entry.type === 'proof') {
			keep(open, keyOf(entry), entry);
		}

		if (entry.type === 'accept') {
			accepted.push(entry);
		}
	}

	withoutOpened(open, tasks, task => keyOf({task: task.id, textHash: textHashes[task.id] ?? ''}));
	const left = new Set<LedgerEntry>(
		[...open.values()].flatMap(({attempts, proof}) => [...attempts, ...(proof === undefined ? [] : [proof])]),
	);
	return {
		lines: ledger.filter((entry): entry is TaskEntry | CheckEntry => entry.type === 'check' || (entry.type === 'task' && left.has(entry))),
		proofs: ledger.filter((entry): entry is ProofEntry => entry.type === 'proof' && left.has(entry)),
		accepted,
		newest: new Map([...open].flatMap(([key, {newest}]) => (newest === undefined ? [] : [[key, newest] as const]))),
	};
}
