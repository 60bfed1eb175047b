import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {addEntryIds} from '../workspace/entry-ids.ts';
import {appendLedger} from '../workspace/ledger.ts';
import type {SpecFiles} from '../workspace/spec-folder.ts';
import type {Services} from './services.ts';

type Draft<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'v' | 'id' | 'at' | 'by'> : never;

/** Appends one line to a spec's ledger; the fact reaches the state once it is on disk, while that spec is open. Resolves with the line's id. */
export async function recordIn(services: Services, files: SpecFiles, draft: Draft<LedgerEntry>): Promise<string> {
	const {options, root} = services;
	const by = await services.author();
	const entry: LedgerEntry = {v: 1, id: options.newId(), at: new Date(options.now()).toISOString(), by, ...draft};
	services.recordedEntries.add(entry.id);
	// Another window's command may run at this moment, and must know whose line this is; without that it only trusts the line less.
	await addEntryIds(options.directories.state, root, 'own', [entry.id]).catch(() => undefined);
	await appendLedger(files.ledger, entry);
	if (services.specFiles?.name === files.name) {
		services.append({type: 'ledger.appended', entry});
	}

	return entry.id;
}

/** Appends one line to the open spec's ledger; does nothing while no spec is open. */
export async function record(services: Services, draft: Draft<LedgerEntry>): Promise<string | undefined> {
	return services.specFiles === undefined ? undefined : recordIn(services, services.specFiles, draft);
}
