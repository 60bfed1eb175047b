import type {DocumentStage} from '../protocol/ledger-entry.ts';
import type {MatrixInput} from '../protocol/matrix.ts';
import {UserError} from '../protocol/user-error.ts';
import {parseDesign} from '../spec/design.ts';
import {nearest} from '../spec/nearest.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {parseTasks} from '../spec/tasks.ts';
import {readEntryIds} from '../workspace/entry-ids.ts';
import {listSpecs, type SpecFiles} from '../workspace/spec-folder.ts';
import {readSpecLedger} from '../workspace/spec-ledger.ts';
import {changedEvidence} from './changed-evidence.ts';
import {findLinks, type LinksOf, type SearchPlace} from './find-links.ts';
import {textsOf} from './list-specs.ts';
import {recallTests} from './recall-tests.ts';
import {criterionHashesOf, textHashesOf} from './sync-artifacts.ts';

/** One spec as it is on disk, with all that its matrix is told from. */
export type SpecEvidence = {
	readonly files: SpecFiles;
	readonly texts: Readonly<Partial<Record<DocumentStage, string>>>;
	readonly input: MatrixInput;
};

export type EvidencePlace = SearchPlace & {
	/** The user's state directory: costs, and the ledger lines that do not count. */
	readonly state: string;
};

/** The specs that are meant: one by its name, or all; an unknown name is answered with the nearest. */
export async function chosenSpecs(
	root: string,
	name: string | undefined,
): Promise<{readonly specs: readonly SpecFiles[]; readonly isOnly: boolean}> {
	const all = await listSpecs(root);
	const isOnly = all.length === 1;
	if (name === undefined) {
		return {specs: all, isOnly};
	}

	const found = all.find(spec => spec.name === name) ?? all.find(spec => spec.name.endsWith(`/${name}`));
	if (found !== undefined) {
		return {specs: [found], isOnly};
	}

	const near = nearest(
		name,
		all.map(spec => spec.name),
	);
	throw new UserError(`There is no spec called ${name}`, {
		nextStep: near.length === 0 ? 'kiro-tui status lists them' : `Nearest: ${near.join(', ')}`,
		exitCode: 2,
	});
}

type Known = {
	readonly isOnly: boolean;
	readonly untrusted: ReadonlySet<string>;
	readonly linksOf: LinksOf;
	readonly recall: Awaited<ReturnType<typeof recallTests>>;
};

async function readOne({root, state}: EvidencePlace, files: SpecFiles, {isOnly, untrusted, linksOf, recall}: Known): Promise<SpecEvidence> {
	const texts = await textsOf(files);
	const {entries} = await readSpecLedger({files, root, state});
	const ledger = entries.filter(({id}) => !untrusted.has(id));
	const newest = recall(ledger);
	return {
		files,
		texts,
		input: {
			spec: files.name,
			isOnly,
			isBugfix: files.requirements === undefined && files.bugfix !== undefined,
			requirements: parseRequirements(texts.requirements ?? '').requirements,
			criterionHashes: criterionHashesOf(texts.requirements ?? ''),
			tasks: parseTasks(texts.tasks ?? '').tasks,
			textHashes: textHashesOf(texts.tasks ?? ''),
			properties: parseDesign(texts.design ?? '').properties,
			ledger,
			links: linksOf(files.name),
			changedFiles: await changedEvidence(root, ledger),
			...(newest !== undefined && {newest}),
		},
	};
}

/** Reads one spec, or all of them, from disk. Runs nothing of the repository and needs no trust. */
export async function readEvidence(place: EvidencePlace, name?: string): Promise<readonly SpecEvidence[]> {
	const {specs, isOnly} = await chosenSpecs(place.root, name);
	const untrusted = await readEntryIds(place.state, place.root, 'untrusted');
	const linksOf = await findLinks(place, isOnly);
	const recall = await recallTests(place);
	const read: SpecEvidence[] = [];
	for (const files of specs) {
		read.push(await readOne(place, files, {isOnly, untrusted, linksOf, recall}));
	}

	return read;
}
