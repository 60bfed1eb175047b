import type {Digest} from '../protocol/ids.ts';
import {digestOf} from '../workspace/digest.ts';
import {readLedger} from '../workspace/ledger.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {listSpecs, type SpecFiles} from '../workspace/spec-folder.ts';
import {addUntrustedEntries} from '../workspace/untrusted-entries.ts';
import type {Services} from './services.ts';

const maxDocumentBytes = 5_000_000;

type Snapshot = {readonly documents: ReadonlyMap<string, Digest>; readonly entries: ReadonlySet<string>};

function documentsOf({requirements, bugfix, design, tasks}: SpecFiles): readonly string[] {
	return [requirements, bugfix, design, tasks].filter(path => path !== undefined);
}

async function takeSnapshot({root}: Services): Promise<Snapshot> {
	const documents = new Map<string, Digest>();
	const entries = new Set<string>();
	for (const files of await listSpecs(root)) {
		for (const path of documentsOf(files)) {
			const read = await readTextFile(path, {maxBytes: maxDocumentBytes});
			documents.set(path, read.kind === 'text' ? read.digest : digestOf(read.kind));
		}

		for (const {id} of (await readLedger(files.ledger)).entries) {
			entries.add(id);
		}
	}

	return {documents, entries};
}

async function report(services: Services, before: Snapshot, after: Snapshot) {
	const {root, options, recordedEntries, ownWrites, append} = services;
	const forged = [...after.entries].filter(id => !before.entries.has(id) && !recordedEntries.has(id));
	if (forged.length > 0) {
		await addUntrustedEntries(options.directories.state, root, forged);
		const lines = forged.length === 1 ? 'A line' : `${forged.length} lines`;
		append({
			type: 'noticed',
			level: 'warning',
			text: `${lines} appeared in a ledger while a command ran: no approval and no evidence, and not counted`,
			nextStep: 'Look at it with git diff before you commit it',
		});
	}

	const changed = [...after.documents].filter(([path, digest]) => before.documents.get(path) !== digest && !ownWrites.has(digest));
	for (const [path, digest] of changed) {
		// Not ours, but a command's: neither a person's edit nor evidence of anything.
		ownWrites.add(digest);
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
	try {
		return await run();
	} finally {
		await report(services, before, await takeSnapshot(services));
	}
}
