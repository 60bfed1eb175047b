import {readdir} from 'node:fs/promises';
import {isAbsolute, join, relative, sep} from 'node:path';
import {fitsGlob} from '../protocol/path-glob.ts';
import {parseSteering} from '../spec/steering.ts';
import {withIncludes} from './live-includes.ts';
import {readTextFile} from './read-text-file.ts';
import {resolvePath} from './resolve-path.ts';

export type SteeringFile = {
	/** As a person names it: relative to the root, or from `~`. */
	readonly path: string;
	readonly inclusion: 'always' | 'fileMatch' | 'manual' | 'auto';
	/** For `fileMatch`: globs relative to the root. */
	readonly patterns: readonly string[];
	/** The text without front matter, with what it includes. */
	readonly body: string;
	/** For an AGENTS.md below the root: its folder. The nearest one to a file speaks for it. */
	readonly folder?: string;
	/** The workspace root that the patterns are relative to. */
	readonly root: string;
	readonly name?: string;
	readonly description?: string;
};

const steeringFolder = '.kiro/steering';
const maxBytes = 500_000;
const maxDepth = 6;
const maxFolders = 3000;
/** Folders that hold other people's code, and with it other people's AGENTS.md. */
const foreign: ReadonlySet<string> = new Set([
	'node_modules',
	'vendor',
	'third_party',
	'target',
	'dist',
	'build',
	'venv',
	'Pods',
	'__pycache__',
]);

async function namesIn(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder).catch(() => []);
	return names.filter(name => name.toLowerCase().endsWith('.md')).sort();
}

type Source = {readonly file: string; readonly shown: string; readonly root: string};

async function readSteering({file, shown, root}: Source): Promise<SteeringFile | undefined> {
	const read = await readTextFile(file, {maxBytes});
	if (read.kind !== 'text') {
		return undefined;
	}

	const {inclusion, patterns, body, name, description} = await parseSteering(read.text);
	return {
		path: shown,
		inclusion,
		patterns,
		body: await withIncludes(root, body),
		root,
		...(name !== undefined && {name}),
		...(description !== undefined && {description}),
	};
}

/** A file of the repository; undefined when it is not there, or a link leads out of the workspace: its text would go to the model. */
async function readInside(root: string, path: string): Promise<SteeringFile | undefined> {
	const resolved = await resolvePath(root, path);
	return resolved.kind === 'inside' ? readSteering({file: resolved.absolute, shown: path, root}) : undefined;
}

/** AGENTS.md and CLAUDE.md have no front matter of ours: they always count. */
async function readAgentFile(root: string, path: string): Promise<SteeringFile | undefined> {
	const file = await readInside(root, path);
	return file === undefined ? undefined : {...file, inclusion: 'always', patterns: []};
}

/** The folders below the root that have an AGENTS.md, found within bounds. */
async function agentFolders(root: string): Promise<readonly string[]> {
	const found: string[] = [];
	const queue: {readonly path: string; readonly depth: number}[] = [{path: '', depth: 0}];
	for (let index = 0; index < Math.min(queue.length, maxFolders); index++) {
		const {path, depth} = queue[index] ?? {path: '', depth: maxDepth};
		const entries = await readdir(join(root, path), {withFileTypes: true}).catch(() => []);
		if (path !== '' && entries.some(entry => entry.name === 'AGENTS.md' && !entry.isDirectory())) {
			found.push(path);
		}

		const folders = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && !foreign.has(entry.name));
		for (const folder of depth < maxDepth ? folders : []) {
			queue.push({path: path === '' ? folder.name : `${path}/${folder.name}`, depth: depth + 1});
		}
	}

	return found.sort();
}

async function nestedAgentFiles(root: string): Promise<readonly (SteeringFile | undefined)[]> {
	const folders = await agentFolders(root);
	return Promise.all(
		folders.map(async folder => {
			const file = await readAgentFile(root, `${folder}/AGENTS.md`);
			return file === undefined ? undefined : {...file, inclusion: 'fileMatch' as const, folder};
		}),
	);
}

/** CLAUDE.md is often a link to AGENTS.md, or a copy of it: the same words are told once. */
function withoutCopies(files: readonly (SteeringFile | undefined)[]): readonly SteeringFile[] {
	const seen = new Set<string>();
	return files.filter((file): file is SteeringFile => {
		const isNew = file !== undefined && file.body.trim() !== '' && !seen.has(file.body);
		seen.add(file?.body ?? '');
		return isNew;
	});
}

/**
 * Reads the instructions for the model: the person's own from `~/.kiro/steering`, the workspace's from `.kiro/steering`, AGENTS.md and
 * CLAUDE.md. Always in the same order, so that the prompt's head stays the same. Only after trust.
 */
export async function loadSteering(root: string, home: string): Promise<readonly SteeringFile[]> {
	const own = join(home, steeringFolder);
	const [ownNames, names] = await Promise.all([home === root ? [] : namesIn(own), namesIn(join(root, steeringFolder))]);
	const files = await Promise.all([
		...ownNames.map(name => readSteering({file: join(own, name), shown: `~/${steeringFolder}/${name}`, root})),
		...names.map(name => readInside(root, `${steeringFolder}/${name}`)),
		readAgentFile(root, 'AGENTS.md'),
		readAgentFile(root, 'CLAUDE.md'),
	]);
	return withoutCopies([...files, ...(await nestedAgentFiles(root))]);
}

function relativeTo(root: string, path: string): string {
	const inside = isAbsolute(path) ? relative(root, path) : relative(root, join(root, path));
	return inside.split(sep).join('/');
}

function matches(file: SteeringFile, path: string): boolean {
	if (file.folder !== undefined) {
		return path.startsWith(`${file.folder}/`);
	}

	return file.patterns.some(pattern => fitsGlob(path, pattern));
}

/** The steering of inclusion `fileMatch` that speaks for a file (relative to the root, or absolute): its patterns match, or it is the nearest AGENTS.md. */
export function steeringFor(files: readonly SteeringFile[], path: string): readonly SteeringFile[] {
	const found = files.filter(file => file.inclusion === 'fileMatch' && matches(file, relativeTo(file.root, path)));
	const depth = Math.max(...found.map(file => file.folder?.length ?? 0));
	return found.filter(file => file.folder === undefined || file.folder.length === depth);
}
