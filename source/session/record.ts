import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {addEntryIds} from '../workspace/entry-ids.ts';
import {appendLedger} from '../workspace/ledger.ts';
import type {SpecFiles} from '../workspace/spec-folder.ts';
import {appendCost, appendWithoutCost, type LedgerPlace} from '../workspace/spec-ledger.ts';
import {cleanEntry} from './clean-entry.ts';
import type {Services} from './services.ts';

type Draft<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'v' | 'id' | 'at' | 'by'> : never;

async function append(services: Services, place: LedgerPlace, entry: LedgerEntry) {
	if (services.settings.hasLedgerCosts) {
		await appendLedger(place.files.ledger, entry);
		return;
	}

	await appendWithoutCost(place, entry);
	try {
		await appendCost(place, entry);
	} catch (error) {
		const why = error instanceof Error ? error.message : 'it cannot be written';
		services.append({type: 'noticed', level: 'warning', text: `What this cost is not kept: ${why}`});
	}
}

/** Appends one line to the ledger of a spec, open or not, and the fact to the state once it is on disk. Resolves with the line's id. */
export async function recordIn(services: Services, files: SpecFiles, draft: Draft<LedgerEntry>): Promise<string> {
	const {options, root} = services;
	const by = await services.author();
	const whole: LedgerEntry = {v: 1, id: options.newId(), at: new Date(options.now()).toISOString(), by, ...draft};
	const entry = cleanEntry(services, whole);
	services.recordedEntries.add(entry.id);
	// Another window's command may run at this moment, and must know whose line this is; without that it only trusts the line less.
	await addEntryIds(options.directories.state, root, 'own', [entry.id]).catch(() => undefined);
	await append(services, {files, root, state: options.directories.state}, entry);
	if (services.specFiles?.name === files.name) {
		services.append({type: 'ledger.appended', entry});
	}

	return entry.id;
}

/** Appends one line to the open spec's ledger; does nothing while no spec is open. */
export async function record(services: Services, draft: Draft<LedgerEntry>): Promise<string | undefined> {
	return services.specFiles === undefined ? undefined : recordIn(services, services.specFiles, draft);
}
