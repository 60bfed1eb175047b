import type {Stats} from 'node:fs';
import {lstat, readFile, unlink} from 'node:fs/promises';
import {relative, sep} from 'node:path';
import type {Digest} from '../protocol/ids.ts';
import {type CheckpointFact, type CheckpointIndex, type KeptFile, openCheckpointIndex, type UnkeptReason} from './checkpoint-index.ts';
import {digestOf, digestOfFile} from './digest.ts';
import {isMissing} from './file-error.ts';
import {resolvePath} from './resolve-path.ts';
import {writeFileSafely} from './write-file.ts';

type FileChange = {
	/** Relative to the workspace root. */
	readonly path: string;
	/** Digest of the bytes when the checkpoint was made; absent when the file was not there. */
	readonly before?: Digest;
	/** Digest of the bytes now; absent when the file is not there. */
	readonly current?: Digest;
};

/** `edited-since`: other bytes than our tools wrote. The rest is never touched, asked or not. */
type SkipReason = 'edited-since' | UnkeptReason;

type Restored = {
	readonly restored: readonly string[];
	readonly skipped: readonly {readonly path: string; readonly why: SkipReason}[];
};

/** Before-images of the files that tools touch, for undo. It knows only those: no other file is ever restored or removed. */
export type Checkpoints = {
	/** Opens a checkpoint and resolves with its id; files kept from now on belong to it. */
	readonly begin: (label: string, of?: Pick<CheckpointFact, 'task' | 'revertOf'>) => Promise<string>;
	/** Keeps the bytes of a file before a tool changes it, once a checkpoint. Does nothing while no checkpoint is open. */
	readonly keep: (path: string) => Promise<void>;
	/** Remembers what a tool wrote, so that a person's later edit is told apart by its bytes. */
	readonly recordAfter: (path: string, digest: Digest) => void;
	readonly changes: (checkpoint: string) => Promise<readonly FileChange[]>;
	/** The text of a file when the checkpoint was made; undefined when it was not there, or was not text. */
	readonly textBefore: (checkpoint: string, path: string) => Promise<string | undefined>;
	/** The files of a checkpoint, as they were kept. */
	readonly files: (checkpoint: string) => readonly KeptFile[];
	/** The text with this digest; undefined when its bytes were never kept, or are not text. */
	readonly text: (digest: Digest) => Promise<string | undefined>;
	/** Puts the files of a checkpoint back. Without `force` only those that hold exactly what our tools wrote. */
	readonly restore: (
		checkpoint: string,
		options: {readonly force: boolean /** Writes nothing. */; readonly isTrial?: boolean},
	) => Promise<Restored>;
	/** All checkpoints of this workspace, the newest last. */
	readonly list: () => readonly CheckpointFact[];
};

const maxKeptBytes = 64_000_000;

type Found =
	| {readonly kind: 'file'; readonly stats: Stats}
	| {readonly kind: 'missing'}
	| {readonly kind: 'unusable'; readonly why: UnkeptReason};

async function lookAt(path: string): Promise<Found> {
	try {
		const stats = await lstat(path);
		if (stats.isFile()) {
			return stats.nlink > 1 ? {kind: 'unusable', why: 'hard-link'} : {kind: 'file', stats};
		}

		return {kind: 'unusable', why: stats.isSymbolicLink() ? 'symlink' : 'folder'};
	} catch (error) {
		return isMissing(error) ? {kind: 'missing'} : {kind: 'unusable', why: 'unwritable'};
	}
}

async function currentDigest(path: string): Promise<Digest | undefined> {
	return digestOfFile(path).catch(() => undefined);
}

function isGitInternal(path: string): boolean {
	return path.split('/').includes('.git');
}

/** The bytes of a file as they go into the store; a reason when they are not kept. */
async function beforeImage(index: CheckpointIndex, absolute: string, path: string): Promise<Pick<KeptFile, 'before' | 'mode' | 'unkept'>> {
	const found = await lookAt(absolute);
	if (found.kind === 'missing') {
		return {};
	}

	const why = isGitInternal(path)
		? 'protected'
		: found.kind === 'unusable'
			? found.why
			: found.stats.size > maxKeptBytes
				? 'too-large'
				: undefined;
	if (why !== undefined || found.kind !== 'file') {
		return {unkept: why ?? 'unwritable'};
	}

	const bytes = await readFile(absolute);
	const before = digestOf(bytes);
	await index.storeBlob(before, bytes);
	return {before, mode: found.stats.mode & 0o7777};
}

type Verdict = 'nothing-to-do' | 'restored' | SkipReason;

async function putBack(index: CheckpointIndex, absolute: string, file: KeptFile, current: Digest | undefined): Promise<Verdict> {
	if (file.before === undefined) {
		await unlink(absolute);
		return 'restored';
	}

	const bytes = await index.readBlob(file.before);
	if (bytes === undefined) {
		return 'unwritable';
	}

	const outcome = await writeFileSafely({path: absolute, bytes, expected: current, ...(file.mode !== undefined && {mode: file.mode})});
	return outcome.kind === 'written' ? 'restored' : outcome.kind === 'changed' ? 'edited-since' : 'unwritable';
}

type RestoreFile = {readonly index: CheckpointIndex; readonly root: string; readonly force: boolean; readonly isTrial: boolean};

async function restoreFile({index, root, force, isTrial}: RestoreFile, file: KeptFile): Promise<Verdict> {
	if (file.unkept !== undefined) {
		return file.unkept;
	}

	const resolved = await resolvePath(root, file.path);
	const absolute = `${root}${sep}${file.path}`;
	if (resolved.kind !== 'inside' || resolved.absolute !== absolute) {
		return 'symlink';
	}

	const found = await lookAt(absolute);
	if (found.kind === 'unusable') {
		return found.why;
	}

	const current = found.kind === 'file' ? await currentDigest(absolute) : undefined;
	if (current === file.before) {
		return 'nothing-to-do';
	}

	const isOurs = current === file.after && !file.isMixed;
	if (!isOurs && !force) {
		return 'edited-since';
	}

	if (isTrial) {
		return 'restored';
	}

	if (current !== undefined && !isOurs) {
		// A person said yes to losing this; it is kept all the same, under its hash.
		await index.storeBlob(current, await readFile(absolute));
	}

	try {
		return await putBack(index, absolute, file, current);
	} catch {
		return 'unwritable';
	}
}

async function textOf(index: CheckpointIndex, digest: Digest): Promise<string | undefined> {
	const bytes = await index.readBlob(digest);
	return bytes === undefined || bytes.includes(0) ? undefined : bytes.toString('utf8');
}

/** Opens the before-images of one workspace, those of earlier sessions too. `folder` is in the user's state directory. */
export async function createCheckpoints({
	folder,
	root,
	newId,
}: {
	readonly folder: string;
	readonly root: string;
	readonly newId: () => string;
}): Promise<Checkpoints> {
	const index = await openCheckpointIndex(folder);
	let open: string | undefined;
	const relativeOf = (path: string) => relative(root, path).split(sep).join('/');
	return {
		async begin(label, of = {}) {
			open = newId();
			await index.add({type: 'begun', id: open, label, ...of});
			return open;
		},
		async keep(absolute) {
			const path = relativeOf(absolute);
			if (open === undefined || path.startsWith('../')) {
				return;
			}

			const known = index.files(open).find(file => file.path === path);
			if (known === undefined) {
				await index.add({type: 'kept', id: open, path, ...(await beforeImage(index, absolute, path))});
			} else if (known.after !== undefined && (await currentDigest(absolute)) !== known.after) {
				// A person edited between two writes of ours: what we write next holds that edit too, so undo has to ask.
				await index.add({type: 'mixed', id: open, path});
			}
		},
		recordAfter(absolute, digest) {
			if (open !== undefined) {
				void index.add({type: 'written', id: open, path: relativeOf(absolute), after: digest});
			}
		},
		async changes(checkpoint) {
			const changes = index.files(checkpoint).map(async ({path, before}) => {
				const current = await currentDigest(`${root}${sep}${path}`);
				return {path, ...(before !== undefined && {before}), ...(current !== undefined && {current})};
			});
			return Promise.all(changes);
		},
		async textBefore(checkpoint, path) {
			const before = index.files(checkpoint).find(file => file.path === path)?.before;
			return before === undefined ? undefined : textOf(index, before);
		},
		files: index.files,
		text: digest => textOf(index, digest),
		async restore(checkpoint, {force, isTrial = false}) {
			const restored: string[] = [];
			const skipped: {path: string; why: SkipReason}[] = [];
			for (const file of index.files(checkpoint)) {
				const verdict = await restoreFile({index, root, force, isTrial}, file);
				if (verdict === 'restored') {
					restored.push(file.path);
				} else if (verdict !== 'nothing-to-do') {
					skipped.push({path: file.path, why: verdict});
				}
			}

			return {restored, skipped};
		},
		list: index.list,
	};
}
