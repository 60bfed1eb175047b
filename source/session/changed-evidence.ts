import type {Stats} from 'node:fs';
import {lstat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {evidenceFiles} from '../protocol/evidence-files.ts';
import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {digestOfFile} from '../workspace/digest.ts';
import {resolvePath} from '../workspace/resolve-path.ts';

const maxBytes = 64_000_000;
const maxFiles = 5000;

/** Bytes may change again within one tick of a file system's clock: younger files are read each time. */
const settledMs = 2000;

const digests = new Map<string, {readonly mark: string; readonly digest: string}>();

/** The digest of a file, read again only when the file system says that it is another one. */
async function digestNow(path: string, {mtimeMs, ctimeMs, size, ino}: Stats, now: number | undefined): Promise<string> {
	const mark = `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
	const known = digests.get(path);
	if (known?.mark === mark) {
		return known.digest;
	}

	const digest = await digestOfFile(path);
	if (digests.size >= maxFiles) {
		digests.clear();
	}

	if (now !== undefined && now - ctimeMs > settledMs) {
		digests.set(path, {mark, digest});
	}

	return digest;
}

type Now = {readonly digest?: string; readonly since: string};

async function look(root: string, path: string, moment: number | undefined): Promise<Now | undefined> {
	const resolved = await resolvePath(root, path);
	if (resolved.kind !== 'inside') {
		// A ledger comes with a repository: a path in it that leads elsewhere is nobody's evidence.
		return undefined;
	}

	try {
		const stats = await lstat(resolved.absolute);
		const since = stats.mtime.toISOString();
		// A pipe would be waited for.
		return stats.isFile() && stats.size <= maxBytes ? {digest: await digestNow(resolved.absolute, stats, moment), since} : {since};
	} catch {
		// It is gone; the newest change of its folder is the best that the disk knows.
		const folder = await lstat(join(root, dirname(path))).catch(() => undefined);
		return {since: (folder ?? (await lstat(root))).mtime.toISOString()};
	}
}

/**
 * The files whose bytes differ from what the evidence of a ledger is about, and since when by the file's time. With the moment of now, in
 * milliseconds since the epoch, a file that stays the same is read once.
 */
export async function changedEvidence(
	root: string,
	ledger: readonly LedgerEntry[],
	moment?: number,
): Promise<Readonly<Record<string, string>>> {
	const changed: [string, string][] = [];
	for (const [path, digest] of [...evidenceFiles(ledger)].slice(0, maxFiles)) {
		const now = await look(root, path, moment);
		if (now !== undefined && now.digest !== digest) {
			changed.push([path, now.since]);
		}
	}

	return Object.fromEntries(changed);
}
