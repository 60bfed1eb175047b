import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import type {Digest} from '../protocol/ids.ts';
import {digestOf} from './digest.ts';
import {isMissing, whyOf} from './file-error.ts';

export type TextFile =
	| {
			readonly kind: 'text';
			/** Every character of the file: the byte order mark and the line ends stay, so that text → UTF-8 gives the same bytes. */
			readonly text: string;
			/** Of the bytes on disk. */
			readonly digest: Digest;
			readonly hasBom: boolean;
			/** Permission bits, as in `0o644`. */
			readonly mode: number;
	  }
	| {readonly kind: 'missing'}
	| {readonly kind: 'not-text'; readonly why: string}
	| {readonly kind: 'too-large'; readonly size: number};

const chunkBytes = 256 * 1024;

/** Reads at most one byte more than the limit, whatever the file claims its size to be; undefined when it is longer. */
async function readBounded(file: FileHandle, maxBytes: number, size: number): Promise<Uint8Array | undefined> {
	let buffer = Buffer.alloc(Math.min(maxBytes, Math.max(size, 0)) + 1);
	let length = 0;
	for (;;) {
		if (length === buffer.length) {
			if (length > maxBytes) {
				return undefined;
			}

			buffer = Buffer.concat([buffer], Math.min(maxBytes + 1, length + chunkBytes));
		}

		const {bytesRead} = await file.read(buffer, length, buffer.length - length, null);
		if (bytesRead === 0) {
			return buffer.subarray(0, length);
		}

		length += bytesRead;
	}
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
	return start.every((byte, index) => bytes[index] === byte);
}

/** Decodes UTF-8 strictly; a reason when the bytes are something else. */
function decode(bytes: Uint8Array): {readonly text: string} | {readonly why: string} {
	if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
		return {why: 'it is UTF-16, and only UTF-8 is edited'};
	}

	if (bytes.includes(0)) {
		return {why: 'it is binary'};
	}

	try {
		return {text: new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)};
	} catch {
		return {why: 'it is not UTF-8'};
	}
}

async function readOpened(file: FileHandle, maxBytes: number): Promise<TextFile> {
	const stats = await file.stat();
	if (!stats.isFile()) {
		return {kind: 'not-text', why: stats.isDirectory() ? 'it is a folder' : 'it is not a regular file'};
	}

	if (stats.size > maxBytes) {
		return {kind: 'too-large', size: stats.size};
	}

	const bytes = await readBounded(file, maxBytes, stats.size);
	if (bytes === undefined) {
		return {kind: 'too-large', size: Math.max((await file.stat()).size, maxBytes + 1)};
	}

	const decoded = decode(bytes);
	return 'why' in decoded
		? {kind: 'not-text', why: decoded.why}
		: {kind: 'text', text: decoded.text, digest: digestOf(bytes), hasBom: startsWith(bytes, 0xef, 0xbb, 0xbf), mode: stats.mode & 0o7777};
}

/** Reads a UTF-8 file of at most `maxBytes`. Never throws for what a file may be: absent, a folder, a pipe, binary, unreadable, endless. */
export async function readTextFile(path: string, {maxBytes}: {readonly maxBytes: number}): Promise<TextFile> {
	try {
		// Without NONBLOCK, opening a named pipe would wait for a writer for ever.
		await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		return await readOpened(file, maxBytes);
	} catch (error) {
		return isMissing(error) ? {kind: 'missing'} : {kind: 'not-text', why: `it cannot be read: ${whyOf(error)}`};
	}
}
