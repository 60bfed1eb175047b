import {parse} from 'node:path';
import type {Digest} from '../protocol/ids.ts';
import {withFileLock} from './file-lock.ts';
import {readTextFile} from './read-text-file.ts';
import {resolvePath} from './resolve-path.ts';
import {writeFileSafely} from './write-file.ts';

export type MarkOutcome =
	| {readonly kind: 'written'; readonly digest: Digest}
	/** The change had nothing to do on the bytes that are there now. */
	| {readonly kind: 'unchanged'}
	| {readonly kind: 'failed'; readonly why: string};

export type MarkTask = {
	/** Absolute path of tasks.md. */
	readonly path: string;
	/** Plans the change on fresh text; undefined leaves the file alone. Called again when somebody saved in between. */
	readonly change: (text: string) => string | undefined;
	readonly signal?: AbortSignal;
};

const maxBytes = 5_000_000;
const maxTries = 100;

async function attempt({path, change}: MarkTask): Promise<MarkOutcome | 'again'> {
	const read = await readTextFile(path, {maxBytes});
	if (read.kind !== 'text') {
		const why = read.kind === 'not-text' ? read.why : read.kind === 'missing' ? 'it is gone' : `it is ${read.size} bytes long`;
		return {kind: 'failed', why};
	}

	const text = change(read.text);
	if (text === undefined || text === read.text) {
		return {kind: 'unchanged'};
	}

	const outcome = await writeFileSafely({path, bytes: Buffer.from(text), expected: read.digest});
	return outcome.kind === 'changed' ? 'again' : outcome;
}

/**
 * Changes one file on its fresh bytes. Of several processes that do so at once every change survives; an editor that saves in between keeps
 * its bytes, and the change is planned again on them.
 */
export async function markTask(mark: MarkTask): Promise<MarkOutcome> {
	// Two names of one file must meet in one lock.
	const resolved = await resolvePath(parse(mark.path).root, mark.path);
	const path = resolved.kind === 'inside' ? resolved.absolute : mark.path;
	const outcome = await withFileLock(
		path,
		async (): Promise<MarkOutcome> => {
			for (let tries = 0; tries < maxTries; tries++) {
				const tried = await attempt({...mark, path});
				if (tried !== 'again') {
					return tried;
				}
			}

			return {kind: 'failed', why: 'another program keeps writing it'};
		},
		mark.signal,
	);
	return outcome ?? {kind: 'failed', why: 'another kiro-tui holds it'};
}
