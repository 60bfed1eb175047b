import {constants} from 'node:fs';
import {copyFile, mkdtemp, open, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import type {Digest} from '../protocol/ids.ts';
import {digestOf} from './digest.ts';
import {whyOf} from './file-error.ts';

export type InPlaceOutcome = {readonly kind: 'written'; readonly digest: Digest} | {readonly kind: 'failed'; readonly why: string};

async function overwrite(path: string, bytes: Uint8Array) {
	await using file = await open(path, 'r+');
	let offset = 0;
	while (offset < bytes.length) {
		const {bytesWritten} = await file.write(bytes, offset, bytes.length - offset, offset);
		offset += bytesWritten;
	}

	await file.truncate(bytes.length);
	await file.sync();
}

/**
 * Writes over an existing file without replacing it, for the cases where a rename cannot be used. A copy of the old bytes is made first,
 * put back on any error, and left in the temporary folder (and named) when even that fails.
 */
export async function writeInPlace(path: string, bytes: Uint8Array): Promise<InPlaceOutcome> {
	const folder = await mkdtemp(join(tmpdir(), 'kiro-tui-backup-'));
	const backup = join(folder, basename(path));
	const removeBackup = () => rm(folder, {recursive: true, force: true});
	try {
		await copyFile(path, backup, constants.COPYFILE_EXCL);
	} catch (error) {
		await removeBackup();
		return {kind: 'failed', why: whyOf(error)};
	}

	try {
		await overwrite(path, bytes);
		await removeBackup();
		return {kind: 'written', digest: digestOf(bytes)};
	} catch (error) {
		const why = whyOf(error);
		try {
			await overwrite(path, await readFile(backup));
			await removeBackup();
			return {kind: 'failed', why};
		} catch {
			return {kind: 'failed', why: `${why}; the bytes from before are in ${backup}`};
		}
	}
}
