import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {UserError} from '../protocol/user-error.ts';
import {isMissing, whyOf} from './file-error.ts';
import {ledgerEntrySchema} from './ledger-schema.ts';
import {readTextFile} from './read-text-file.ts';

export type Ledger = {
	/** In the order of their time; an id that was seen before is left out. */
	readonly entries: readonly LedgerEntry[];
	readonly problems: readonly {readonly line: number; readonly message: string}[];
	/** A newer kiro-tui wrote here: reading goes on, appending does not. */
	readonly isReadOnly: boolean;
};

const maxBytes = 64_000_000;

type ParsedLine = {readonly entry: LedgerEntry} | {readonly problem: string; readonly isNewer?: boolean} | undefined;

function parseLine(line: string): ParsedLine {
	const text = line.trim();
	if (text === '') {
		return undefined;
	}

	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {problem: /^(?:<{7}|={7}|>{7})/.test(text) ? 'a merge conflict is left here' : 'this is not JSON'};
	}

	if (typeof value === 'object' && value !== null && 'v' in value && value.v !== 1) {
		return {problem: 'this line was written by another version of kiro-tui', isNewer: true};
	}

	const parsed = ledgerEntrySchema.safeParse(value);
	return parsed.success
		? {entry: parsed.data}
		: {problem: `this is not an entry of a ledger (${parsed.error.issues[0]?.path.join('.') || 'its type'})`};
}

function parseLedger(text: string): Ledger {
	const entries = new Map<string, LedgerEntry>();
	const problems: {readonly line: number; readonly message: string}[] = [];
	let isReadOnly = false;
	for (const [index, line] of text
		.replace(/^\uFEFF/, '')
		.split('\n')
		.entries()) {
		const parsed = parseLine(line);
		if (parsed !== undefined && 'problem' in parsed) {
			problems.push({line: index + 1, message: parsed.problem});
			isReadOnly ||= parsed.isNewer === true;
		} else if (parsed !== undefined && !entries.has(parsed.entry.id)) {
			entries.set(parsed.entry.id, parsed.entry);
		}
	}

	// Two branches that both appended are joined by a union merge: the order of lines is then not the order of time.
	const byTime = [...entries.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
	return {entries: byTime, problems, isReadOnly};
}

/** Reads a spec's ledger. Any file reads; what is not understood is told with its line. */
export async function readLedger(path: string): Promise<Ledger> {
	const read = await readTextFile(path, {maxBytes});
	switch (read.kind) {
		case 'text': {
			return parseLedger(read.text);
		}

		case 'missing': {
			return {entries: [], problems: [], isReadOnly: false};
		}

		case 'not-text':
		case 'too-large': {
			const message =
				read.kind === 'not-text' ? `the ledger is not read: ${read.why}` : `the ledger is not read: it is ${read.size} bytes long`;
			return {entries: [], problems: [{line: 1, message}], isReadOnly: true};
		}

		default: {
			return read satisfies never;
		}
	}
}

async function endsMidLine(file: FileHandle): Promise<boolean> {
	const {size} = await file.stat();
	const last = Buffer.alloc(1);
	await file.read(last, 0, 1, Math.max(size - 1, 0));
	return size > 0 && last[0] !== 0x0a;
}

/**
 * Appends one entry with one write and waits until it is on disk. Throws UserError when it could not be written whole: whatever rests on the
 * entry must then not happen.
 */
export async function appendLedger(path: string, entry: LedgerEntry): Promise<void> {
	const {isReadOnly} = await readLedger(path);
	if (isReadOnly) {
		throw new UserError('ledger.jsonl was written by a newer kiro-tui, or cannot be read, so nothing is added to it', {
			nextStep: 'Update kiro-tui, or look at the file',
		});
	}

	try {
		// NOFOLLOW: a repository may bring a link here that names a file elsewhere.
		const {O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR} = constants;
		await using file = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o644);
		const line = Buffer.from(`${(await endsMidLine(file)) ? '\n' : ''}${JSON.stringify(entry)}\n`);
		const {bytesWritten} = await file.write(line);
		if (bytesWritten < line.length) {
			throw Object.assign(new Error('short write'), {code: 'ENOSPC'});
		}

		await file.datasync();
	} catch (error) {
		const why = isMissing(error) ? 'its folder is gone' : whyOf(error);
		throw new UserError(`The ledger of this spec cannot be written: ${why}`, {
			cause: error,
			nextStep: `Put that right for ${path}, then try again`,
		});
	}
}
