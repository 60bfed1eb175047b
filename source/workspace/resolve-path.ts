import {lstat, readlink} from 'node:fs/promises';
import {homedir} from 'node:os';
import {isAbsolute, join, parse, relative, sep} from 'node:path';
import type {WorkspacePath} from '../protocol/ids.ts';
import {errorCode, whyOf} from './file-error.ts';

export type ResolvedPath =
	| {readonly kind: 'inside'; readonly absolute: string; readonly relative: WorkspacePath}
	| {readonly kind: 'outside'; readonly absolute: string}
	| {readonly kind: 'broken'; readonly why: string};

/** As many links as Linux follows in one path. */
const maxLinks = 40;

type Walk = {readonly absolute: string} | {readonly why: string};

function partsOf(path: string): string[] {
	return path.split(sep === '\\' ? /[\\/]+/ : /\/+/).filter(part => part !== '' && part !== '.');
}

type Step =
	| {readonly kind: 'entry'}
	| {readonly kind: 'missing'}
	| {readonly kind: 'link'; readonly target: string}
	| {readonly kind: 'failed'; readonly why: string};

async function look(path: string): Promise<Step> {
	try {
		const stats = await lstat(path);
		return stats.isSymbolicLink() ? {kind: 'link', target: await readlink(path)} : {kind: 'entry'};
	} catch (error) {
		return errorCode(error) === 'ENOENT' ? {kind: 'missing'} : {kind: 'failed', why: whyOf(error)};
	}
}

/** Follows every link of an absolute path the way the kernel does; what does not exist yet is taken as it is written. */
async function walk(path: string): Promise<Walk> {
	const top = parse(path).root;
	let at = top;
	let links = 0;
	const parts = partsOf(path.slice(top.length));
	for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
		if (part === '..') {
			at = join(at, '..');
			continue;
		}

		const next = join(at, part);
		const step = await look(next);
		if (step.kind === 'failed') {
			return {why: step.why};
		}

		if (step.kind !== 'link') {
			at = next;
			continue;
		}

		links++;
		if (links > maxLinks) {
			return {why: 'its links lead in a circle'};
		}

		at = isAbsolute(step.target) ? parse(step.target).root : at;
		parts.unshift(...partsOf(isAbsolute(step.target) ? step.target.slice(parse(step.target).root.length) : step.target));
	}

	return {absolute: at};
}

/** True when `path` is `folder` or below it; `/work-evil` is not below `/work`. Both absolute, links resolved. */
export function isWithin(folder: string, path: string): boolean {
	const between = relative(folder, path);
	return between === '' || (between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between));
}

function absoluteOf(root: string, path: string): string {
	if (path === '~' || path.startsWith('~/')) {
		return join(homedir(), path.slice(1));
	}

	// Not `resolve`: it would drop `link/..` before the link is looked at.
	return isAbsolute(path) ? path : `${root}${sep}${path}`;
}

/**
 * Resolves a path as a model or a person wrote it: relative to `root` (a real path), absolute, or from `~`. Every component is resolved,
 * dangling links too, so the answer says where a write would land. Ask again right before each operation: a link can be planted in between.
 */
export async function resolvePath(root: string, path: string): Promise<ResolvedPath> {
	if (path === '' || path.includes('\0')) {
		return {kind: 'broken', why: path === '' ? 'the path is empty' : 'the path holds a NUL character'};
	}

	const walked = await walk(absoluteOf(root, path));
	if ('why' in walked) {
		return {kind: 'broken', why: `${path} cannot be resolved: ${walked.why}`};
	}

	const {absolute} = walked;
	if (!isWithin(root, absolute)) {
		return {kind: 'outside', absolute};
	}

	// The only door where a text becomes a WorkspacePath.
	const inside = relative(root, absolute).split(sep).join('/') as WorkspacePath;
	return {kind: 'inside', absolute, relative: inside === '' ? ('.' as WorkspacePath) : inside};
}
