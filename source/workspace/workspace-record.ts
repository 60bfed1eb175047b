import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {z} from 'zod';
import {UserError} from '../protocol/user-error.ts';
import {withFileLock} from './file-lock.ts';
import {readTextFile} from './read-text-file.ts';
import {workspaceKey} from './state-directory.ts';
import {type WriteOutcome, writeFileSafely} from './write-file.ts';

/** What a person decided about one workspace: kept in the user's configuration, never in the repository. */
const recordSchema = z.object({
	root: z.string(),
	isTrusted: z.boolean().default(false),
	/** Rules allowed "always". */
	allow: z.array(z.string()).default([]),
	testCommand: z.exactOptional(z.string()),
	/** Hashes of test commands together with the script text they run. */
	approvedTestCommands: z.array(z.string()).default([]),
});

export type WorkspaceRecord = z.infer<typeof recordSchema>;

export type WorkspaceRecordRead = {readonly record: WorkspaceRecord; readonly problem?: string};

const maxBytes = 1_000_000;

function fileOf(config: string, root: string): string {
	return join(config, 'workspaces', `${workspaceKey(root)}.json`);
}

function parse(text: string, root: string): WorkspaceRecord | undefined {
	try {
		const parsed = recordSchema.safeParse(JSON.parse(text));
		// Another root under the same key would be a collision, or a copied file: neither grants anything here.
		return parsed.success && parsed.data.root === root ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}

/** What is stored about a workspace; empty, and so nothing granted, when there is nothing or it cannot be read. */
export async function readWorkspaceRecord(config: string, root: string): Promise<WorkspaceRecordRead> {
	const file = fileOf(config, root);
	const empty = recordSchema.parse({root});
	const read = await readTextFile(file, {maxBytes});
	if (read.kind === 'missing') {
		return {record: empty};
	}

	const record = read.kind === 'text' ? parse(read.text, root) : undefined;
	return record === undefined ? {record: empty, problem: `${file} cannot be read, so nothing in it counts`} : {record};
}

/** Changes what is stored about a workspace; two processes that do so at once both count. Throws UserError when it cannot be written. */
export async function changeWorkspaceRecord(
	config: string,
	root: string,
	change: (record: WorkspaceRecord) => WorkspaceRecord,
): Promise<void> {
	const file = fileOf(config, root);
	const write = async (): Promise<WriteOutcome> => {
		const {record} = await readWorkspaceRecord(config, root);
		const bytes = Buffer.from(`${JSON.stringify(change(record), undefined, '\t')}\n`);
		return writeFileSafely({path: file, bytes, expected: 'any', mode: 0o600});
	};

	await mkdir(join(config, 'workspaces'), {recursive: true, mode: 0o700}).catch(() => {});
	const outcome = await withFileLock(file, write);
	if (outcome?.kind !== 'written') {
		const why = outcome?.kind === 'failed' ? outcome.why : 'another kiro-tui holds it';
		throw new UserError(`Your choice cannot be stored in ${file}: ${why}`, {
			nextStep: 'It counts until you leave; see whether that folder can be written',
		});
	}
}
