import {access, mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {z} from 'zod';
import type {Digest} from '../protocol/ids.ts';
import {UserError} from '../protocol/user-error.ts';
import {digestOf} from './digest.ts';
import {openJournal, readJournal} from './journal.ts';
import {writeFileSafely} from './write-file.ts';

const digest = z
	.string()
	.regex(/^[\da-f]{64}$/)
	.transform(text => text as Digest);
const unkept = z.enum(['symlink', 'hard-link', 'folder', 'protected', 'too-large', 'unwritable']);
const taskOf = z.object({spec: z.string(), id: z.string(), textHash: z.string()});
const entrySchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('begun'),
		id: z.string(),
		label: z.string(),
		task: z.exactOptional(taskOf),
		revertOf: z.exactOptional(taskOf),
	}),
	z.object({
		type: z.literal('kept'),
		id: z.string(),
		path: z.string(),
		before: z.exactOptional(digest),
		mode: z.exactOptional(z.int()),
		unkept: z.exactOptional(unkept),
	}),
	z.object({type: z.literal('mixed'), id: z.string(), path: z.string()}),
	z.object({type: z.literal('written'), id: z.string(), path: z.string(), after: digest}),
]);

type Entry = z.infer<typeof entrySchema>;

/** A checkpoint as it was opened. */
export type CheckpointFact = {
	readonly id: string;
	readonly label: string;
	/** The task that it was made before, as it was then. */
	readonly task?: {readonly spec: string; readonly id: string; readonly textHash: string};
	/** The task of which a person took back a part; undone it is alone, not with the task. */
	readonly revertOf?: {readonly spec: string; readonly id: string; readonly textHash: string};
};

/** Why the bytes of a file are not kept, or not put back. */
export type UnkeptReason = z.infer<typeof unkept>;

/** One file of a checkpoint. */
export type KeptFile = {
	readonly path: string;
	/** Absent when the file was not there. */
	readonly before?: Digest;
	readonly mode?: number;
	/** What our tools wrote last; absent when they wrote nothing. */
	readonly after?: Digest;
	/** Why the bytes were not kept. */
	readonly unkept?: UnkeptReason;
	/** A person's edit lies between our first and our last write. */
	readonly isMixed: boolean;
};

export type CheckpointIndex = {
	readonly add: (entry: Entry) => Promise<void>;
	readonly files: (checkpoint: string) => readonly KeptFile[];
	readonly list: () => readonly CheckpointFact[];
	readonly storeBlob: (digest: Digest, bytes: Uint8Array) => Promise<void>;
	readonly readBlob: (digest: Digest) => Promise<Buffer | undefined>;
};

type Checkpoint = CheckpointFact & {readonly files: Map<string, KeptFile>};

function fold(checkpoints: Map<string, Checkpoint>, entry: Entry) {
	if (entry.type === 'begun') {
		const {type: _, ...fact} = entry;
		checkpoints.set(entry.id, {...fact, files: new Map()});
		return;
	}

	const files = checkpoints.get(entry.id)?.files;
	if (entry.type === 'kept') {
		const {path, before, mode, unkept: why} = entry;
		files?.set(path, {
			path,
			isMixed: false,
			...(before !== undefined && {before}),
			...(mode !== undefined && {mode}),
			...(why !== undefined && {unkept: why}),
		});
		return;
	}

	const known = files?.get(entry.path);
	if (known !== undefined) {
		files?.set(entry.path, entry.type === 'mixed' ? {...known, isMixed: true} : {...known, after: entry.after});
	}
}

/** The list of checkpoints on disk, append-only, and the store of bytes by their hash. */
export async function openCheckpointIndex(folder: string): Promise<CheckpointIndex> {
	const file = join(folder, 'index.jsonl');
	const checkpoints = new Map<string, Checkpoint>();
	const {records} = await readJournal(file);
	for (const record of records) {
		const parsed = entrySchema.safeParse(record);
		if (parsed.success) {
			fold(checkpoints, parsed.data);
		}
	}

	let tail: Promise<void> = Promise.resolve();
	// Opened for each line, so that nothing has to be closed. What cannot be written is known until this process ends.
	const append = async (entry: Entry) => {
		const journal = await openJournal({file, header: {holds: 'checkpoints'}, onProblem() {}});
		await journal.append(entry, {sync: entry.type === 'kept'});
		await journal.close();
	};

	const blobOf = (name: Digest) => join(folder, 'blobs', name);
	return {
		add(entry) {
			fold(checkpoints, entry);
			tail = tail.then(() => append(entry));
			return tail;
		},
		files: id => [...(checkpoints.get(id)?.files.values() ?? [])],
		list: () => [...checkpoints.values()].map(({files: _, ...fact}) => fact),
		async storeBlob(name, bytes) {
			await mkdir(join(folder, 'blobs'), {recursive: true, mode: 0o700});
			const isKnown = await access(blobOf(name)).then(
				() => true,
				() => false,
			);
			const outcome = isKnown ? undefined : await writeFileSafely({path: blobOf(name), bytes, expected: undefined, mode: 0o600});
			if (outcome?.kind === 'failed') {
				throw new UserError(`The bytes from before cannot be kept for undo: ${outcome.why}`, {
					nextStep: `Put that right for ${folder}; until then no file is changed`,
				});
			}
		},
		async readBlob(name) {
			const bytes = await readFile(blobOf(name)).catch(() => undefined);
			// Bytes that are not what their name says would be worse than none.
			return bytes !== undefined && digestOf(bytes) === name ? bytes : undefined;
		},
	};
}
