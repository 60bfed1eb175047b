import {constants, type Stats} from 'node:fs';
import {chmod, chown, link, lstat, mkdir, open, realpath, rename, stat, unlink} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {Digest} from '../protocol/ids.ts';
import {digestOf, digestOfFile} from './digest.ts';
import {errorCode, isMissing, whyOf} from './file-error.ts';
import {resolvePath} from './resolve-path.ts';
import {writeInPlace} from './write-in-place.ts';

export type SafeWrite = {
	/** Absolute. A link is followed: the file it names is written and the link stays. */
	readonly path: string;
	readonly bytes: Uint8Array;
	/** The digest of the bytes this write replaces; undefined means that no file may be there; `any` replaces whatever is there. */
	readonly expected?: Digest | 'any' | undefined;
	/** Permission bits of a new file; an existing file keeps its own. */
	readonly mode?: number;
	/** When given, a path that leads out of this folder at the moment of the write is refused, and missing folders on the way are made. */
	readonly root?: string;
};

export type WriteOutcome =
	| {readonly kind: 'written'; readonly digest: Digest}
	/** Other bytes are on disk than expected: nothing was written. */
	| {readonly kind: 'changed'}
	| {readonly kind: 'failed'; readonly why: string};

type Target = {readonly path: string; readonly stats: Stats | undefined};

/** Problems of the folder or of the disk's layout, not of the file: the file itself may still be writable. */
const wantsInPlace: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM', 'EROFS', 'EXDEV', 'EBUSY']);

let temporaries = 0;

/** The name of a temporary file: hidden, beside its target, and it tells whose it is, so that a later start can remove what a crash left. */
export function temporaryPath(path: string): string {
	temporaries++;
	return join(dirname(path), `.${basename(path)}.kiro-${process.pid}-${temporaries}`);
}

async function statsOf(path: string): Promise<Stats | undefined> {
	try {
		return await stat(path);
	} catch (error) {
		if (isMissing(error)) {
			return undefined;
		}

		throw error;
	}
}

/** Where the bytes go, links followed; a sentence when they may not or cannot go there. */
async function resolveWithin(root: string, path: string): Promise<{readonly absolute: string} | string> {
	const resolved = await resolvePath(root, path);
	if (resolved.kind !== 'inside') {
		return resolved.kind === 'broken' ? resolved.why : `it leads out of the workspace, to ${resolved.absolute}`;
	}

	await mkdir(dirname(resolved.absolute), {recursive: true});
	return resolved;
}

async function targetOf({path, root}: SafeWrite): Promise<Target | string> {
	const resolved = root === undefined ? {absolute: path} : await resolveWithin(root, path);
	if (typeof resolved === 'string') {
		return resolved;
	}

	const {absolute} = resolved;
	const stats = await statsOf(absolute);
	if (stats !== undefined) {
		return stats.isFile() ? {path: await realpath(absolute), stats} : 'it is not a regular file';
	}

	try {
		await lstat(absolute);
		return 'it is a link to a file that does not exist';
	} catch {
		return {path: join(await realpath(dirname(absolute)), basename(absolute)), stats};
	}
}

async function isAsExpected({path, stats}: Target, expected: SafeWrite['expected']): Promise<boolean> {
	if (expected === 'any') {
		return true;
	}

	if (expected === undefined || stats === undefined) {
		return expected === undefined && stats === undefined;
	}

	try {
		return (await digestOfFile(path)) === expected;
	} catch (error) {
		if (isMissing(error)) {
			return false;
		}

		throw error;
	}
}

async function keepOwnerAndMode(temporary: string, stats: Stats) {
	const own = await stat(temporary);
	if (own.uid !== stats.uid || own.gid !== stats.gid) {
		// Only root may give files away; the mode still matters when this is refused.
		await chown(temporary, stats.uid, stats.gid).catch(() => {});
	}

	await chmod(temporary, stats.mode & 0o7777);
}

async function fillTemporary(temporary: string, {bytes, mode}: SafeWrite, stats: Stats | undefined) {
	await using file = await open(temporary, 'wx', stats === undefined ? (mode ?? 0o666) : 0o600);
	if (stats !== undefined) {
		await keepOwnerAndMode(temporary, stats);
	}

	// FileHandle.writeFile goes on after a short write until an error comes; write-file-atomic takes the short write for success.
	await file.writeFile(bytes);
	await file.sync();
}

async function syncFolder(folder: string) {
	try {
		await using handle = await open(folder, constants.O_RDONLY);
		await handle.sync();
	} catch {
		// Not every file system can sync a folder; the file itself is on disk by now.
	}
}

/** Puts the temporary file in place of the target. A new file is linked, not renamed, so that one that appeared meanwhile is not replaced. */
async function moveIntoPlace(temporary: string, target: string, mustBeNew: boolean): Promise<boolean> {
	if (!mustBeNew) {
		await rename(temporary, target);
		return true;
	}

	try {
		await link(temporary, target);
		await unlink(temporary);
		return true;
	} catch (error) {
		if (errorCode(error) === 'EEXIST') {
			return false;
		}

		// A file system without hard links: the check just before has to do.
		await rename(temporary, target);
		return true;
	}
}

async function replace(write: SafeWrite, target: Target): Promise<WriteOutcome> {
	const temporary = temporaryPath(target.path);
	try {
		await fillTemporary(temporary, write, target.stats);
		const isStill = await isAsExpected({path: target.path, stats: await statsOf(target.path)}, write.expected);
		const isMoved = isStill && (await moveIntoPlace(temporary, target.path, write.expected === undefined));
		if (!isMoved) {
			await unlink(temporary).catch(() => {});
			return {kind: 'changed'};
		}
	} catch (error) {
		await unlink(temporary).catch(() => {});
		throw error;
	}

	await syncFolder(dirname(target.path));
	return {kind: 'written', digest: digestOf(write.bytes)};
}

async function writeTarget(write: SafeWrite, target: Target): Promise<WriteOutcome> {
	const {stats} = target;
	// A rename would cut one of several hard links off from the others.
	if (stats !== undefined && stats.nlink > 1) {
		return writeInPlace(target.path, write.bytes);
	}

	try {
		return await replace(write, target);
	} catch (error) {
		if (stats === undefined || !wantsInPlace.has(errorCode(error))) {
			throw error;
		}

		return writeInPlace(target.path, write.bytes);
	}
}

/**
 * Writes a file so that at any moment, also after a crash or on a full disk, the old or the new bytes are there whole: temporary file in the
 * same folder, fsync, a last look at the bytes being replaced, rename, fsync of the folder. Hard links, bind mounts and folders without
 * write permission are written in place with a copy kept until that is done. Never throws.
 */
export async function writeFileSafely(write: SafeWrite): Promise<WriteOutcome> {
	try {
		const target = await targetOf(write);
		if (typeof target === 'string') {
			return {kind: 'failed', why: target};
		}

		return (await isAsExpected(target, write.expected)) ? await writeTarget(write, target) : {kind: 'changed'};
	} catch (error) {
		return {kind: 'failed', why: whyOf(error)};
	}
}
