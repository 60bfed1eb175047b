import {appendFile, mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {readTextFile} from './read-text-file.ts';
import {workspaceKey} from './state-directory.ts';

const maxBytes = 16_000_000;

/**
 * Which lines of the ledgers are meant: `own` ones this program wrote here, in whatever window; `untrusted` ones appeared or were rewritten
 * while a command ran, and are nobody's approval and no evidence.
 */
type EntryKind = 'own' | 'untrusted';

function fileOf(state: string, root: string, kind: EntryKind): string {
	return join(state, workspaceKey(root), `${kind}-entries`);
}

/** The ids that were remembered, one a line, in the user's state. */
export async function readEntryIds(state: string, root: string, kind: EntryKind): Promise<ReadonlySet<string>> {
	const read = await readTextFile(fileOf(state, root, kind), {maxBytes});
	return new Set(read.kind === 'text' ? read.text.split('\n').filter(line => line !== '') : []);
}

/** Remembers ids for later sessions and other windows. Rejects with the error of the file system. */
export async function addEntryIds(state: string, root: string, kind: EntryKind, ids: readonly string[]): Promise<void> {
	const file = fileOf(state, root, kind);
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	await appendFile(file, ids.map(id => `${id}\n`).join(''), {mode: 0o600});
}
