import {constants} from 'node:fs';
import {copyFile, type FileHandle, mkdir, open, readdir, readFile, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {whyOf} from './file-error.ts';
import {headerOf, maxHeaderBytes, parseJournal, schema} from './parse-journal.ts';

export type Journal = {
	/** Resolves when the record is written, with `sync` when it is on disk. Never rejects: what cannot be written is kept and tried again. */
	readonly append: (record: unknown, options: {readonly sync: boolean}) => Promise<void>;
	/** False while a record waits that could not be written. */
	readonly isSaved: () => boolean;
	readonly close: () => Promise<void>;
};

export type OpenJournal = {
	/** Absolute path, ending in `.jsonl`; its folder is made. */
	readonly file: string;
	/** Written as the first line of a new journal. */
	readonly header: Readonly<Record<string, unknown>>;
	/** One sentence for the person; told once until writing works again. */
	readonly onProblem: (message: string) => void;
};

type Opened = {readonly handle: FileHandle; readonly lines: number; readonly isTorn: boolean};

function countLines(bytes: Uint8Array): number {
	let lines = 0;
	for (const byte of bytes) {
		lines += byte === 0x0a ? 1 : 0;
	}

	return lines;
}

/** Keeps a copy of a damaged journal before the first line is added to it; the damaged bytes themselves stay where they are. */
async function keepCopy(file: string) {
	await copyFile(file, `${file}.corrupt`, constants.COPYFILE_EXCL).catch(() => {});
}

async function openFile({file}: OpenJournal): Promise<Opened> {
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
	const bytes = await handle.readFile();
	if (headerOf(bytes)?.isNewer === true) {
		await handle.close();
		throw new Error('a newer kiro-tui wrote it');
	}

	const isTorn = bytes.length > 0 && bytes.at(-1) !== 0x0a;
	if (isTorn) {
		await keepCopy(file);
	}

	return {handle, lines: countLines(bytes), isTorn};
}

/** Writes lines one after the other, each with one write; after a failure all lines from that one on wait for the next try. */
function createLineWriter(options: OpenJournal) {
	const waiting: string[] = [];
	let opened: Opened | undefined;
	let isTorn = false;
	let line = 0;
	let hasFailed = false;

	const ensureOpen = async (): Promise<Opened> => {
		if (opened === undefined) {
			opened = await openFile(options);
			({isTorn, lines: line} = opened);
			if (line === 0) {
				waiting.unshift(JSON.stringify({schema, ...options.header}));
			}
		}

		return opened;
	};

	const writeOne = async (text: string, {handle}: Opened) => {
		// The position makes a line that was doubled later recognisable; the header is line 0 and has none.
		const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line === 0 ? text : `{"n":${line},"record":${text}}`}\n`);
		const {bytesWritten} = await handle.write(bytes);
		isTorn = bytesWritten > 0 && bytesWritten < bytes.length;
		if (bytesWritten < bytes.length) {
			throw Object.assign(new Error('short write'), {code: 'ENOSPC'});
		}

		line++;
	};

	const flush = async (sync: boolean) => {
		try {
			const journal = await ensureOpen();
			for (let text = waiting[0]; text !== undefined; text = waiting[0]) {
				await writeOne(text, journal);
				waiting.shift();
			}

			if (sync) {
				await journal.handle.datasync();
			}

			hasFailed = false;
		} catch (error) {
			if (!hasFailed) {
				hasFailed = true;
				const why = error instanceof Error && !('code' in error) ? error.message : whyOf(error);
				options.onProblem(
					`The conversation cannot be saved: ${why}. It goes on, and saving is tried again with every message (${options.file})`,
				);
			}
		}
	};

	return {waiting, flush, isSaved: () => !hasFailed, close: async () => opened?.handle.close()};
}

/**
 * Opens a journal for appending; one that exists is continued, and what is damaged in it stays as it is. A journal of a newer version is
 * left alone. Nothing is written before the first record.
 */
export async function openJournal(options: OpenJournal): Promise<Journal> {
	const writer = createLineWriter(options);
	let tail: Promise<void> = Promise.resolve();
	return {
		append(record, {sync}) {
			writer.waiting.push(JSON.stringify(record));
			tail = tail.then(() => writer.flush(sync));
			return tail;
		},
		isSaved: writer.isSaved,
		async close() {
			await tail;
			if (writer.waiting.length > 0) {
				await writer.flush(true);
			}

			if (writer.waiting.length > 0) {
				options.onProblem(`${writer.waiting.length} records of this conversation could not be saved to ${options.file}`);
			}

			await writer.close();
		},
	};
}

export type ReadJournal = {
	/** Oldest first, without the header. */
	readonly records: readonly unknown[];
	/** What could not be read, one sentence each. */
	readonly problems: readonly string[];
	/** A newer kiro-tui wrote it: what is known is read, nothing is to be added. */
	readonly isReadOnly: boolean;
};

/** Reads a journal. A torn last line, padding, garbage and doubled lines are passed over; the file is never changed. */
export async function readJournal(file: string): Promise<ReadJournal> {
	try {
		return parseJournal(await readFile(file));
	} catch (error) {
		const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		return {records: [], problems: isGone ? [] : [`A stored conversation cannot be read: ${whyOf(error)}`], isReadOnly: false};
	}
}

export type JournalListing = {
	readonly file: string;
	/** The first line of the journal. */
	readonly header: unknown;
	/** Milliseconds since the epoch. */
	readonly modifiedAt: number;
};

async function readHeader(file: string): Promise<unknown> {
	await using handle = await open(file, 'r');
	const buffer = Buffer.alloc(maxHeaderBytes);
	const {bytesRead} = await handle.read(buffer, 0, maxHeaderBytes, 0);
	return headerOf(buffer.subarray(0, bytesRead))?.header;
}

/** The journals of a folder that have a header, the newest last. Empty when the folder does not exist. */
export async function listJournals(folder: string): Promise<readonly JournalListing[]> {
	const listings: JournalListing[] = [];
	const names = await readdir(folder).catch(() => []);
	for (const name of names.filter(candidate => candidate.endsWith('.jsonl')).sort()) {
		const file = join(folder, name);
		try {
			const header = await readHeader(file);
			if (header !== undefined) {
				listings.push({file, header, modifiedAt: (await stat(file)).mtimeMs});
			}
		} catch {
			// One unreadable journal must not hide the others.
		}
	}

	return listings.sort((one, other) => one.modifiedAt - other.modifiedAt);
}
