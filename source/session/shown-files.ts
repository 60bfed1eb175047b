import {basename} from 'node:path';
import {decide} from '../permission/decide.ts';
import type {Digest} from '../protocol/ids.ts';
import {isSecretPath, isSpecPath} from '../protocol/protected-paths.ts';
import type {Conversation} from '../protocol/state.ts';
import type {SeenFile} from '../protocol/tool.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import type {Services} from './services.ts';

/** Whoever reads the files may show them: no rule has to be asked about, and they hold no secret. */
function mayShow(services: Services, path: string): boolean {
	const {root, options, settings, sessionRules} = services;
	const rules = [...options.rules, ...settings.rules, ...sessionRules];
	const {mode} = services.store.state();
	const decision = decide({action: {kind: 'read', path}, mode, rules, root, rootName: basename(root), testCommands: []});
	return decision.kind === 'allow' && !isSecretPath(path) && !isSpecPath(path);
}

/** The files whose path stands in a text, with or without backticks, in its order. */
export function filesNamedIn(text: string, files: readonly string[]): readonly string[] {
	const known = new Set(files);
	const words = text.split(/[\s`"'“”„«»,;]+/).map(word => word.replace(/^[([{<]*(?:\.\/)?/, ''));
	return [...new Set(words.flatMap(word => [word, word.replace(/[)\]}>.:!?…]+$/, '')]))].filter(word => known.has(word));
}

/** A file as it may stand in a message. */
export type ShownFile = {readonly path: string; readonly absolute: string; readonly digest: Digest; readonly text: string};

/** In characters: what is longer is a read away. */
export type Limits = {readonly file: number; readonly all: number};

/** Those of the files that may be shown and fit, in their order; paths are relative to the root. Links are left out. */
export async function readToShow(services: Services, paths: readonly string[], {file, all}: Limits): Promise<readonly ShownFile[]> {
	const shown: ShownFile[] = [];
	let left = all;
	for (const path of paths.filter(candidate => mayShow(services, candidate))) {
		const place = await resolvePath(services.root, path);
		const read = place.kind === 'inside' && place.relative === path ? await readTextFile(place.absolute, {maxBytes: file * 4}) : undefined;
		if (place.kind === 'inside' && read?.kind === 'text' && read.text.length <= Math.min(file, left)) {
			left -= read.text.length;
			shown.push({path, absolute: place.absolute, digest: read.digest, text: read.text});
		}
	}

	return shown;
}

/** More files than these are summed up by `list`, which the model may ask in its own way. */
export const maxFiles = 80;

/** A project of so many characters is shown whole. */
const maxProject = 8000;

/** What package managers write by themselves says nothing that work would be about. */
const locks = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|[\w.-]+\.lock|bun\.lockb?|go\.sum)$/;

/** Whether a file may be named to a model as part of the project. */
export function isOfProject(path: string): boolean {
	return !path.startsWith('.kiro/') && !isSecretPath(path);
}

/** All files of a small project but its locks; empty where it is not small, or holds a file that may not be shown. */
export async function readSmallProject(services: Services, files: readonly string[]): Promise<readonly ShownFile[]> {
	const read = files.filter(file => !locks.test(file));
	const all = files.length > maxFiles ? [] : await readToShow(services, read, {file: maxProject, all: maxProject});
	return all.length === read.length ? all : [];
}

/** The files as text of a message; from then on they count as read in the conversation. */
export function showFiles(services: Services, {id}: Conversation, files: readonly ShownFile[]): string {
	const seen = services.seen.get(id) ?? new Map<string, SeenFile>();
	services.seen.set(id, seen);
	for (const {absolute, digest} of files) {
		seen.set(absolute, {digest, isShown: true});
	}

	return files.map(({path, text}) => `<file path="${path}">\n${text.replace(/\n$/, '')}\n</file>`).join('\n\n');
}
