import type {Digest} from '../protocol/ids.ts';
import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {UserError} from '../protocol/user-error.ts';
import {digestOf} from '../workspace/digest.ts';
import {addEntryIds, readEntryIds} from '../workspace/entry-ids.ts';
import {appendLedger, readLedger} from '../workspace/ledger.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {listSpecs, type SpecFiles} from '../workspace/spec-folder.ts';
import type {Services} from './services.ts';
import {syncArtifacts} from './sync-artifacts.ts';

const maxDocumentBytes = 5_000_000;

type LedgerLine = {readonly ledger: string; readonly entry: LedgerEntry; readonly json: string};

type Snapshot = {
	readonly documents: ReadonlyMap<string, Digest>;
	/** By ledger and id. */
	readonly lines: ReadonlyMap<string, LedgerLine>;
};

function documentsOf({requirements, bugfix, design, tasks}: SpecFiles): readonly string[] {
	return [requirements, bugfix, design, tasks].filter(path => path !== undefined);
}

async function takeSnapshot({root}: Services): Promise<Snapshot> {
	const documents = new Map<string, Digest>();
	const lines = new Map<string, LedgerLine>();
	for (const files of await listSpecs(root)) {
		for (const path of documentsOf(files)) {
			const read = await readTextFile(path, {maxBytes: maxDocumentBytes});
			documents.set(path, read.kind === 'text' ? read.digest : digestOf(read.kind));
		}

		for (const entry of (await readLedger(files.ledger)).entries) {
			lines.set(`${files.ledger} ${entry.id}`, {ledger: files.ledger, entry, json: JSON.stringify(entry)});
		}
	}

	return {documents, lines};
}

function counted(count: number): string {
	return count === 1 ? 'A line' : `${count} lines`;
}

/** Lines that nobody but the command can have written: they count no more, in later sessions either. */
async function reportForged(services: Services, before: Snapshot, after: Snapshot) {
	const {root, options, recordedEntries, append} = services;
	const own = await readEntryIds(options.directories.state, root, 'own');
	const forged = [...after.lines].filter(([key, {entry, json}]) => {
		const known = before.lines.get(key);
		return known === undefined ? !recordedEntries.has(entry.id) && !own.has(entry.id) : known.json !== json;
	});
	if (forged.length > 0) {
		await addEntryIds(
			options.directories.state,
			root,
			'untrusted',
			forged.map(([, {entry}]) => entry.id),
		);
		append({
			type: 'noticed',
			level: 'warning',
			text: `${counted(forged.length)} appeared or changed in a ledger while a command ran: no approval and no evidence, and not counted`,
			nextStep: 'Look with git diff before you commit; what you know to be right, approve or run again',
		});
	}
}

/** Lines that are gone are put back: without the newest one, an older line would count again. */
async function putBackLost(services: Services, before: Snapshot, after: Snapshot) {
	const lost = [...before.lines].filter(([key]) => !after.lines.has(key)).map(([, line]) => line);
	if (lost.length === 0) {
		return;
	}

	try {
		for (const {ledger, entry} of lost) {
			await appendLedger(ledger, entry);
		}
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		services.append({
			type: 'noticed',
			level: 'error',
			text: `A command took lines out of a ledger. ${error.message}`,
			nextStep: error.nextStep,
		});
		return;
	}

	services.append({
		type: 'noticed',
		level: 'warning',
		text: `${counted(lost.length)} had gone from a ledger while a command ran, and ${lost.length === 1 ? 'is' : 'are'} back`,
	});
}

function reportDocuments({root, ownWrites, append}: Services, before: Snapshot, after: Snapshot) {
	const changed = [...after.documents].filter(([path, digest]) => before.documents.get(path) !== digest && !ownWrites.has(digest));
	for (const [path] of changed) {
		append({
			type: 'noticed',
			level: 'warning',
			text: `${path.slice(root.length + 1)} changed while a command ran`,
			nextStep: 'Read the diff: what a command writes there is never evidence',
		});
	}
}

/** Runs a command and tells what changed in the specs while it ran: only the spec tools and this program write there (R3). */
export async function guardSpecs<Result>(services: Services, run: () => Promise<Result>): Promise<Result> {
	const before = await takeSnapshot(services);
	services.guarding++;
	try {
		return await run();
	} finally {
		// Still guarded: nobody can say whether a document that changed meanwhile was changed by hand.
		await syncArtifacts(services, {isSettled: true});
		services.guarding--;
		const after = await takeSnapshot(services);
		await reportForged(services, before, after);
		await putBackLost(services, before, after);
		reportDocuments(services, before, after);
	}
}
