import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import type {Digest} from '../protocol/ids.ts';

/** The SHA-256 of these bytes; a text is hashed as UTF-8. */
export function digestOf(content: string | Uint8Array): Digest {
	// The only door where a hash becomes a Digest.
	return createHash('sha256').update(content).digest('hex') as Digest;
}

/** The SHA-256 of a file of any size, read in pieces. Rejects with the error of the file system. */
export async function digestOfFile(path: string): Promise<Digest> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) {
		hash.update(chunk);
	}

	return hash.digest('hex') as Digest;
}
