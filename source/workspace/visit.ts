import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {z} from 'zod';
import {readTextFile} from './read-text-file.ts';
import {workspaceKey} from './state-directory.ts';
import {writeFileSafely} from './write-file.ts';

const visitSchema = z.object({
	/** When it ended, in milliseconds since the epoch. */
	at: z.number(),
	/** The digest of each spec document, by its path relative to the root. */
	documents: z.record(z.string(), z.string()),
	/** A mark of the state of each project file, by its path. */
	files: z.record(z.string(), z.string()),
	/** Ids of the tests that failed when they ran last. */
	failing: z.array(z.string()),
	/** The commit that was checked out. */
	commit: z.exactOptional(z.string()),
});

/** What the workspace looked like when the last session ended, for "since you left". */
export type Visit = z.infer<typeof visitSchema>;

const maxBytes = 16_000_000;
const maxFiles = 20_000;

function fileOf(state: string, root: string): string {
	return join(state, workspaceKey(root), 'visit.json');
}

/** The last visit of this workspace; undefined on the first one, or when it cannot be read. */
export async function readVisit(state: string, root: string): Promise<Visit | undefined> {
	const read = await readTextFile(fileOf(state, root), {maxBytes});
	try {
		const parsed = visitSchema.safeParse(JSON.parse(read.kind === 'text' ? read.text : ''));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}

/** Stores this visit for the next one; at most 20,000 files are remembered. Losing it loses only the summary, so a failure is silent. */
export async function rememberVisit(state: string, root: string, visit: Visit): Promise<void> {
	const files = Object.fromEntries(Object.entries(visit.files).slice(0, maxFiles));
	const path = fileOf(state, root);
	await mkdir(join(path, '..'), {recursive: true, mode: 0o700}).catch(() => {});
	await writeFileSafely({path, bytes: Buffer.from(JSON.stringify({...visit, files})), expected: 'any', mode: 0o600});
}
