import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {KnownTests} from '../protocol/known-tests.ts';
import {readTextFile} from './read-text-file.ts';
import {workspaceKey} from './state-directory.ts';
import {writeFileSafely} from './write-file.ts';

const maxBytes = 64_000_000;

function fileOf(state: string, root: string): string {
	return join(state, workspaceKey(root), 'tests.json');
}

/** What the tests of a workspace showed last on this machine; undefined when no run was kept. Only this program writes the file. */
export async function readKeptTests(state: string, root: string): Promise<KnownTests | undefined> {
	const read = await readTextFile(fileOf(state, root), {maxBytes});
	try {
		const kept: {readonly v: number; readonly known: KnownTests} = JSON.parse(read.kind === 'text' ? read.text : '');
		return kept.v === 1 ? kept.known : undefined;
	} catch {
		return undefined;
	}
}

/** Keeps what the tests showed for the next session. Losing it costs one run of the tests, so a failure is silent. */
export async function keepTests(state: string, root: string, known: KnownTests): Promise<void> {
	const path = fileOf(state, root);
	await mkdir(dirname(path), {recursive: true, mode: 0o700}).catch(() => {});
	await writeFileSafely({path, bytes: Buffer.from(JSON.stringify({v: 1, known})), expected: 'any', mode: 0o600});
}
