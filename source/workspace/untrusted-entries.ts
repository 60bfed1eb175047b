import {appendFile, mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {readTextFile} from './read-text-file.ts';
import {workspaceKey} from './state-directory.ts';

const maxBytes = 5_000_000;

function fileOf(state: string, root: string): string {
	return join(state, workspaceKey(root), 'untrusted-entries');
}

/** The ids of ledger lines that appeared while a command ran: they are nobody's approval and no evidence. One a line, in the user's state. */
export async function readUntrustedEntries(state: string, root: string): Promise<ReadonlySet<string>> {
	const read = await readTextFile(fileOf(state, root), {maxBytes});
	return new Set(read.kind === 'text' ? read.text.split('\n').filter(line => line !== '') : []);
}

/** Remembers such lines, so that they do not count in a later session either. Rejects with the error of the file system. */
export async function addUntrustedEntries(state: string, root: string, ids: readonly string[]): Promise<void> {
	const file = fileOf(state, root);
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	await appendFile(file, ids.map(id => `${id}\n`).join(''), {mode: 0o600});
}
