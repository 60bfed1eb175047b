import {mkdir, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {UserError} from '../protocol/user-error.ts';
import {errorCode, whyOf} from './file-error.ts';
import {resolvePath} from './resolve-path.ts';
import {specNameProblem} from './spec-name.ts';

export {specNameFrom} from './spec-name.ts';

/** Where the documents of one spec are. */
export type SpecFiles = {
	/** The folder below `.kiro/specs`: `login`, or `accounts/login` when specs are nested. */
	readonly name: string;
	/** The folder, relative to the workspace root, with forward slashes. */
	readonly path: string;
	/** Absolute paths of the documents that exist, as they are spelled on disk: `Tasks.md` too. */
	readonly requirements?: string;
	readonly bugfix?: string;
	readonly design?: string;
	readonly tasks?: string;
	/** Absolute path; the file may not exist yet. */
	readonly ledger: string;
};

const specsFolder = '.kiro/specs';
const maxDepth = 5;
const maxSpecs = 1000;
const documents = ['requirements', 'bugfix', 'design', 'tasks'] as const;
type Document = (typeof documents)[number];
/** Files that make a folder a spec although it has no document yet: Kiro's, cc-sdd's, ours. */
const marks: ReadonlySet<string> = new Set(['.config.kiro', 'spec.json', 'ledger.jsonl']);

type Listing = {readonly files: readonly string[]; readonly folders: readonly string[]};

async function listFolder(root: string, path: string): Promise<Listing | undefined> {
	const files: string[] = [];
	const folders: string[] = [];
	const entries = await readdir(join(root, path), {withFileTypes: true}).catch(() => undefined);
	for (const entry of entries ?? []) {
		// A link is followed only inside the workspace: a document is sent to the model, and what it links to would be too.
		const isUsable = !entry.isSymbolicLink() || (await resolvePath(root, join(path, entry.name))).kind === 'inside';
		if (isUsable && entry.isDirectory() && !entry.name.startsWith('.')) {
			folders.push(entry.name);
		} else if (isUsable && !entry.isDirectory()) {
			files.push(entry.name);
		}
	}

	return entries === undefined ? undefined : {files: files.sort(), folders: folders.sort()};
}

function documentPaths(folder: string, files: readonly string[]): Partial<Record<Document, string>> {
	const found: Partial<Record<Document, string>> = {};
	for (const document of documents) {
		const name = files.find(file => file === `${document}.md`) ?? files.find(file => file.toLowerCase() === `${document}.md`);
		if (name !== undefined) {
			found[document] = join(folder, name);
		}
	}

	return found;
}

type Place = {readonly root: string; readonly name: string; readonly depth: number; readonly isBelowSpec: boolean};

async function collect({root, name, depth, isBelowSpec}: Place, specs: SpecFiles[]): Promise<void> {
	const path = name === '' ? specsFolder : `${specsFolder}/${name}`;
	const listing = await listFolder(root, path);
	if (listing === undefined || specs.length >= maxSpecs) {
		return;
	}

	const paths = documentPaths(join(root, path), listing.files);
	const isMarked = Object.keys(paths).length > 0 || listing.files.some(file => marks.has(file));
	// A folder just made for a new spec is empty; a folder of folders is an area, not a spec.
	const isSpec = name !== '' && (isMarked || (listing.folders.length === 0 && !isBelowSpec));
	if (isSpec) {
		specs.push({name, path, ...paths, ledger: join(root, path, 'ledger.jsonl')});
	}

	for (const folder of depth < maxDepth ? listing.folders : []) {
		await collect({root, name: name === '' ? folder : `${name}/${folder}`, depth: depth + 1, isBelowSpec: isBelowSpec || isSpec}, specs);
	}
}

/** The documents of one spec as they are on disk now; undefined when its folder is gone. */
export async function filesOfSpec(root: string, name: string): Promise<SpecFiles | undefined> {
	const path = `${specsFolder}/${name}`;
	const listing = await listFolder(root, path);
	return listing === undefined
		? undefined
		: {name, path, ...documentPaths(join(root, path), listing.files), ledger: join(root, path, 'ledger.jsonl')};
}

/** Every spec below `.kiro/specs`, nested ones too, in the order of their names. Empty when there is none. */
export async function listSpecs(root: string): Promise<readonly SpecFiles[]> {
	const specs: SpecFiles[] = [];
	if ((await resolvePath(root, specsFolder)).kind === 'inside') {
		await collect({root, name: '', depth: 0, isBelowSpec: false}, specs);
	}

	return specs.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Makes the folder of a new spec. Throws UserError for a name that cannot be a folder, one that exists, and a folder that cannot be made. */
export async function createSpecFolder(root: string, name: string): Promise<void> {
	const problem = specNameProblem(name);
	if (problem !== undefined) {
		throw new UserError(`"${name}" cannot be the name of a spec: ${problem}`, {
			nextStep: 'Use words of letters and digits, joined by "-"',
			exitCode: 2,
		});
	}

	const resolved = await resolvePath(root, `${specsFolder}/${name}`);
	if (resolved.kind !== 'inside') {
		throw new UserError('.kiro/specs leads out of this folder, so no spec is made there', {
			nextStep: 'Replace the link .kiro or .kiro/specs by a folder',
			exitCode: 2,
		});
	}

	try {
		await mkdir(join(resolved.absolute, '..'), {recursive: true});
		await mkdir(resolved.absolute);
	} catch (error) {
		const isTaken = errorCode(error) === 'EEXIST';
		throw new UserError(
			isTaken ? `There is a spec called ${name} already` : `The folder ${specsFolder}/${name} cannot be made: ${whyOf(error)}`,
			{
				cause: error,
				nextStep: isTaken
					? `Open it with --spec ${name}, or choose another name`
					: 'See whether this folder can be written, then try again',
				exitCode: isTaken ? 2 : 1,
			},
		);
	}
}
