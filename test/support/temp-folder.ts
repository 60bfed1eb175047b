import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

export type TempFolder = AsyncDisposable & {
	/** Absolute real path. */
	readonly path: string;
	/** The absolute path of something in the folder. */
	readonly at: (...parts: readonly string[]) => string;
	/** Writes a file, makes its folders, and resolves with its absolute path. */
	readonly write: (path: string, content: string | Uint8Array) => Promise<string>;
};

/** A folder for one test, removed with everything in it at the end: `await using folder = await tempFolder()`. */
export async function tempFolder(): Promise<TempFolder> {
	const path = await realpath(await mkdtemp(join(tmpdir(), 'kiro-tui-test-')));
	const at = (...parts: readonly string[]) => join(path, ...parts);
	return {
		path,
		at,
		async write(name, content) {
			const file = at(name);
			await mkdir(dirname(file), {recursive: true});
			await writeFile(file, content);
			return file;
		},
		async [Symbol.asyncDispose]() {
			await rm(path, {recursive: true, force: true, maxRetries: 3});
		},
	};
}
