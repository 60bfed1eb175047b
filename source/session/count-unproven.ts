import {evidenceFiles} from '../protocol/evidence-files.ts';
import type {DocumentStage, LedgerEntry} from '../protocol/ledger-entry.ts';
import {deriveMatrix} from '../protocol/matrix.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {parseTasks} from '../spec/tasks.ts';
import {changedEvidence} from './changed-evidence.ts';
import {criterionHashesOf, textHashesOf} from './sync-artifacts.ts';

/** Home reads all specs each time that it is shown: more files than this are looked at when the spec is opened. */
const maxFiles = 300;

type SpecOnDisk = {
	readonly spec: string;
	readonly isOnly: boolean;
	readonly texts: Readonly<Partial<Record<DocumentStage, string>>>;
	readonly ledger: readonly LedgerEntry[];
};

/** How many criteria of a spec were shown with other bytes than those on disk, by its ledger alone; 0 when that is not known. */
export async function countUnprovenSince(root: string, {spec, isOnly, texts, ledger}: SpecOnDisk, moment?: number): Promise<number> {
	const files = evidenceFiles(ledger).size;
	if (files === 0 || files > maxFiles) {
		return 0;
	}

	const {rows} = deriveMatrix({
		spec,
		isOnly,
		requirements: parseRequirements(texts.requirements ?? '').requirements,
		criterionHashes: criterionHashesOf(texts.requirements ?? ''),
		tasks: parseTasks(texts.tasks ?? '').tasks,
		textHashes: textHashesOf(texts.tasks ?? ''),
		properties: [],
		ledger,
		links: [],
		changedFiles: await changedEvidence(root, ledger, moment),
	});
	return rows.filter(row => row.unprovenSince !== undefined).length;
}
