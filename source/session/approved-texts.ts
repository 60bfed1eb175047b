import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {readTextFile} from '../workspace/read-text-file.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {writeFileSafely} from '../workspace/write-file.ts';
import type {Services} from './services.ts';

const maxBytes = 5_000_000;

function fileOf(services: Services, digest: string): string {
	return join(services.options.directories.state, workspaceKey(services.root), 'approved', digest);
}

/** Keeps an approved text beside the journals, so that a later change can be shown as a diff against it. */
export async function storeApprovedText(services: Services, digest: string, text: string): Promise<void> {
	const path = fileOf(services, digest);
	await mkdir(join(path, '..'), {recursive: true, mode: 0o700});
	await writeFileSafely({path, bytes: Buffer.from(text), expected: undefined, mode: 0o600});
}

/** The text that was approved under this digest; undefined when it was approved on another machine. */
export async function loadApprovedText(services: Services, digest: string): Promise<string | undefined> {
	const read = await readTextFile(fileOf(services, digest), {maxBytes});
	return read.kind === 'text' ? read.text : undefined;
}
