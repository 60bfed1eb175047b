import {mkdir} from 'node:fs/promises';
import {dirname} from 'node:path';
import {z} from 'zod';
import type {ReviewComment} from '../protocol/review-comment.ts';
import {UserError} from '../protocol/user-error.ts';
import {withFileLock} from './file-lock.ts';
import {readTextFile} from './read-text-file.ts';
import {writeFileSafely} from './write-file.ts';

const comment = z.object({path: z.string(), line: z.int(), quoted: z.string(), text: z.string()});
/** By the task: its spec and the hash of its words, so that renumbering loses nothing. */
const schema = z.record(z.string(), z.array(comment));
const maxBytes = 5_000_000;

type Reviews = z.infer<typeof schema>;

async function readAll(file: string): Promise<Reviews> {
	const read = await readTextFile(file, {maxBytes});
	try {
		const parsed = schema.safeParse(JSON.parse(read.kind === 'text' ? read.text : '{}'));
		return parsed.success ? parsed.data : {};
	} catch {
		return {};
	}
}

/** The comments on a task's diff that were not sent; none when the file is missing or cannot be read. */
export async function readComments(file: string, task: string): Promise<readonly ReviewComment[]> {
	return (await readAll(file))[task] ?? [];
}

/** Changes the comments on a task's diff, on fresh bytes: two windows that write at once both count. Resolves with what is kept now. */
export async function changeComments(
	file: string,
	task: string,
	change: (comments: readonly ReviewComment[]) => readonly ReviewComment[],
): Promise<readonly ReviewComment[]> {
	let kept: readonly ReviewComment[] = [];
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	const outcome = await withFileLock(file, async () => {
		const {[task]: before = [], ...others} = await readAll(file);
		kept = change(before);
		const all = kept.length === 0 ? others : {...others, [task]: kept};
		return writeFileSafely({path: file, bytes: Buffer.from(`${JSON.stringify(all, undefined, '\t')}\n`), expected: 'any', mode: 0o600});
	});
	if (outcome?.kind !== 'written') {
		const why = outcome?.kind === 'failed' ? outcome.why : 'another kiro-tui holds it';
		throw new UserError(`Your comment cannot be kept in ${file}: ${why}`, {nextStep: 'See whether that folder can be written'});
	}

	return kept;
}
