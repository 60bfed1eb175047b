import type {CheckEntry, LedgerEntry, TaskEntry} from './ledger-entry.ts';

/** What the evidence about one file is about: the bytes a task left, and those with which single criteria passed again since. */
type Bytes = {digest: string | undefined; at: string; inTask: string | undefined; readonly checked: Map<string, string | undefined>};

/** Whether the tests ran over the bytes that this attempt left, without a new failure. */
export function hasRun({outcome, after, red}: TaskEntry): boolean {
	return outcome === 'done' || (outcome === 'waiting' && after !== undefined && red.length === 0);
}

/** Follows the bytes of files through task and check lines, in the order of time. `idsOf` finds a criterion as it is named now. */
export function followFiles(
	lines: readonly (TaskEntry | CheckEntry)[],
	idsOf: (named: CheckEntry['criteria'][number]) => readonly string[],
): ReadonlyMap<string, Bytes> {
	const files = new Map<string, Bytes>();
	for (const line of lines) {
		const isRun = line.type === 'check' || hasRun(line);
		const ids = line.type === 'check' ? line.criteria.flatMap(idsOf) : undefined;
		for (const {path, after} of isRun ? line.files : []) {
			files.set(path, bytesAfter(files.get(path), {digest: after, at: line.at, ids}));
		}
	}

	return files;
}

type Step = {readonly digest: string | undefined; readonly at: string; readonly ids: readonly string[] | undefined};

function bytesAfter(known: Bytes | undefined, {digest, at, ids}: Step): Bytes {
	if (known === undefined || ids === undefined) {
		return {digest, at, inTask: digest, checked: new Map()};
	}

	for (const id of ids) {
		known.checked.set(id, digest);
	}

	known.digest = digest;
	known.at = at;
	return known;
}

/** Since when a file is not the one that a criterion was shown with, although a check of others knows its bytes. */
export function behindSince(bytes: Bytes | undefined, criterion: string): string | undefined {
	if (bytes === undefined) {
		return undefined;
	}

	const own = bytes.checked.has(criterion) ? bytes.checked.get(criterion) : bytes.inTask;
	return own === bytes.digest ? undefined : bytes.at;
}

/** The newest digest that evidence is about, by path; undefined for a file that a task removed. What is on disk is compared with it. */
export function evidenceFiles(ledger: readonly LedgerEntry[]): ReadonlyMap<string, string | undefined> {
	const lines = ledger.filter(entry => entry.type === 'task' || entry.type === 'check');
	return new Map([...followFiles(lines, () => [])].map(([path, {digest}]) => [path, digest]));
}
