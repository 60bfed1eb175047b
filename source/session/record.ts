import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {addEntryIds} from '../workspace/entry-ids.ts';
import {appendLedger} from '../workspace/ledger.ts';
import type {Services} from './services.ts';

type Draft<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'v' | 'id' | 'at' | 'by'> : never;

/** Appends one line to the open spec's ledger, and the fact to the state once it is on disk. */
export async function record(services: Services, draft: Draft<LedgerEntry>): Promise<void> {
	const {specFiles, options, root} = services;
	if (specFiles === undefined) {
		return;
	}

	const by = await services.author();
	const entry: LedgerEntry = {v: 1, id: options.newId(), at: new Date(options.now()).toISOString(), by, ...draft};
	services.recordedEntries.add(entry.id);
	// Another window's command may run at this moment, and must know whose line this is; without that it only trusts the line less.
	await addEntryIds(options.directories.state, root, 'own', [entry.id]).catch(() => undefined);
	await appendLedger(specFiles.ledger, entry);
	services.append({type: 'ledger.appended', entry});
}
