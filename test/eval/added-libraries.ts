import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Scratch} from './scratch.ts';

const execute = promisify(execFile);

type Manifest = {
	readonly file: string;
	/** The libraries that the text of the file asks for. */
	readonly libraries: (text: string) => readonly string[];
	/** Whether the library is installed for the project. */
	readonly isThere: (library: string, scratch: Scratch) => Promise<boolean>;
};

async function succeeds(program: string, args: readonly string[], {root, env}: Scratch): Promise<boolean> {
	return execute(program, args, {cwd: root, env}).then(
		() => true,
		() => false,
	);
}

function inPackageJson(text: string): readonly string[] {
	try {
		const {dependencies = {}, devDependencies = {}} = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string>>>>;
		return Object.keys({...dependencies, ...devDependencies});
	} catch {
		// A run may leave it broken; the hidden tests tell that.
		return [];
	}
}

/** Of a requirement such as `requests[socks]>=2; python_version < "3.12"` only the name counts. */
function pythonName(requirement: string): readonly string[] {
	return /^[A-Za-z0-9][\w.-]*/.exec(requirement.trim())?.slice(0, 1) ?? [];
}

const isPythonThere: Manifest['isThere'] = (library, scratch) =>
	succeeds('python3', ['-c', 'import sys, importlib.metadata as m; m.distribution(sys.argv[1])', library], scratch);

const manifests: readonly Manifest[] = [
	{
		file: 'package.json',
		libraries: inPackageJson,
		isThere: async (library, {root}) => existsSync(join(root, 'node_modules', library, 'package.json')),
	},
	{
		file: 'pyproject.toml',
		libraries: text =>
			[...text.matchAll(/^(?:dependencies|dev|test|tests)\s*=\s*\[(.*?)\]\s*$/gms)].flatMap(([, list = '']) =>
				[...list.matchAll(/["']([^"']+)["']/g)].flatMap(([, requirement = '']) => pythonName(requirement)),
			),
		isThere: isPythonThere,
	},
	{file: 'requirements.txt', libraries: text => text.split('\n').flatMap(pythonName), isThere: isPythonThere},
	{
		file: 'go.mod',
		libraries: text => [...text.matchAll(/^(?:require)?\s+([\w.-]+\.[\w.-]+\/\S+)\s+v\S+/gm)].flatMap(([, library = '']) => library),
		isThere: (library, scratch) => succeeds('go', ['list', `${library}/...`], scratch),
	},
];

async function asked({file, libraries}: Manifest, folder: string): Promise<readonly string[]> {
	const path = join(folder, file);
	return existsSync(path) ? libraries(await readFile(path, 'utf8')) : [];
}

export type AddedLibraries = {
	readonly added: readonly string[];
	/** Of these, what is not installed: it may not exist at all. */
	readonly absent: readonly string[];
};

/** The libraries that the manifests in the root of a project ask for and did not ask for in `before`, the case's own project. */
export async function addedLibraries(before: string, scratch: Scratch): Promise<AddedLibraries> {
	const added: string[] = [];
	const absent: string[] = [];
	for (const manifest of manifests) {
		const known = await asked(manifest, before);
		for (const library of (await asked(manifest, scratch.root)).filter(name => !known.includes(name))) {
			added.push(library);
			absent.push(...((await manifest.isThere(library, scratch)) ? [] : [library]));
		}
	}

	return {added, absent};
}
