import type {KnownTests} from '../protocol/known-tests.ts';
import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {readEntryIds} from '../workspace/entry-ids.ts';
import {readKeptTests} from '../workspace/kept-tests.ts';

type Place = {
	readonly root: string;
	/** The user's state directory. */
	readonly state: string;
};

/** What the tests showed last; undefined where a ledger has seen a run since that was made elsewhere: what came with a pull is newer. */
type Recall = (ledger: readonly LedgerEntry[]) => KnownTests | undefined;

/** Reads what the tests of a workspace showed last on this machine, in this session or an earlier one. */
export async function recallTests({root, state}: Place): Promise<Recall> {
	const known = await readKeptTests(state, root);
	if (known === undefined) {
		return () => undefined;
	}

	const own = await readEntryIds(state, root, 'own');
	const ranAt = Math.max(...[known.at, ...Object.values(known.ranAt)].map(at => Date.parse(at)));
	const isNewer = (line: LedgerEntry) =>
		(line.type === 'task' || line.type === 'check') && !own.has(line.id) && Date.parse(line.at) > ranAt;
	return ledger => (ledger.some(isNewer) ? undefined : known);
}
