import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {appendLedger} from '../workspace/ledger.ts';
import type {Services} from './services.ts';

type Draft<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'v' | 'id' | 'at' | 'by'> : never;

/** Appends one line to the open spec's ledger, and the fact to the state once it is on disk. */
export async function record(services: Services, draft: Draft<LedgerEntry>): Promise<void> {
	const {specFiles, options} = services;
	if (specFiles === undefined) {
		return;
	}

	const by = await services.author();
	const entry: LedgerEntry = {v: 1, id: options.newId(), at: new Date(options.now()).toISOString(), by, ...draft};
	services.recordedEntries.add(entry.id);
	await appendLedger(specFiles.ledger, entry);
	services.append({type: 'ledger.appended', entry});
}
