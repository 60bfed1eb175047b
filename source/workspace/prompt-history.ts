import {appendFile, mkdir} from 'node:fs/promises';
import {dirname} from 'node:path';
import {readTextFile} from './read-text-file.ts';

const maxBytes = 2_000_000;
const maxEntries = 1000;

function entryIn(line: string): readonly string[] {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'string' ? [value] : [];
	} catch {
		return [];
	}
}

/** What a person typed in this workspace, the oldest first; empty when nothing was kept. */
export async function readPromptHistory(file: string): Promise<readonly string[]> {
	const read = await readTextFile(file, {maxBytes});
	return read.kind === 'text' ? read.text.split('\n').flatMap(entryIn).slice(-maxEntries) : [];
}

/** Keeps one more entry, as a line of JSON. History is a comfort: a disk that takes no more loses only that. */
export async function appendPromptHistory(file: string, text: string): Promise<void> {
	try {
		await mkdir(dirname(file), {recursive: true, mode: 0o700});
		await appendFile(file, `${JSON.stringify(text)}\n`, {mode: 0o600});
	} catch {
		// Nothing is lost but the entry.
	}
}
