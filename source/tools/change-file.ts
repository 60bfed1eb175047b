import type {Digest} from '../protocol/ids.ts';
import type {ToolContext} from '../protocol/tool.ts';
import {type WriteOutcome, writeFileSafely} from '../workspace/write-file.ts';

export type FileWrite = {
	/** Absolute, links resolved. */
	readonly absolute: string;
	readonly isInside: boolean;
	readonly text: string;
	/** The digest of the bytes this replaces; undefined when there must be no file. */
	readonly expected: Digest | undefined;
};

/** Writes a file for a tool: what was there is kept for undo first, and the new bytes count as seen by the model. */
export async function changeFile({absolute, isInside, text, expected}: FileWrite, context: ToolContext): Promise<WriteOutcome> {
	await context.beforeWrite(absolute);
	const outcome = await writeFileSafely({path: absolute, bytes: Buffer.from(text), expected, ...(isInside && {root: context.root})});
	if (outcome.kind === 'written') {
		context.afterWrite(absolute, outcome.digest);
		context.seen.set(absolute, {digest: outcome.digest, isShown: false});
	}

	return outcome;
}

/** After a text that was not found the model is told to read again: the file is then shown whole, though it is unchanged. */
export function mayReadAgain(absolute: string, {seen}: ToolContext): void {
	const known = seen.get(absolute);
	if (known !== undefined) {
		seen.set(absolute, {...known, isShown: false});
	}
}
