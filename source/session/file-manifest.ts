import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {listFiles} from '../process/ripgrep.ts';
import type {Services} from './services.ts';

/** Every file outside `.kiro` that git does not ignore, with a cheap mark of its state. */
export type FileManifest = ReadonlyMap<string, string>;

const limit = 20_000;

/** Takes the manifest: a size and a time a file, which tell "nothing changed" cheaply; whose edit it is, is never told by it. */
export async function takeManifest(services: Services, signal: AbortSignal): Promise<FileManifest> {
	const {files} = await listFiles({root: services.root, env: services.childEnv, signal, limit});
	const outside = files.filter(path => !path.startsWith('.kiro/'));
	const marks = await Promise.all(
		outside.map(async path => {
			try {
				const {size, mtimeMs, ino} = await stat(join(services.root, path));
				return [path, `${size} ${mtimeMs} ${ino}`] as const;
			} catch {
				return [path, 'gone'] as const;
			}
		}),
	);
	return new Map(marks);
}

/** Whether no file is another one since. */
export async function isUnchanged(services: Services, manifest: FileManifest, signal: AbortSignal): Promise<boolean> {
	return manifestChanges(manifest, await takeManifest(services, signal)).length === 0;
}

/** How many bytes a file had; undefined when it was not there. */
export function sizeIn(manifest: FileManifest, path: string): number | undefined {
	const mark = manifest.get(path);
	return mark === undefined || mark === 'gone' ? undefined : Number(mark.split(' ')[0]);
}

/** The paths that were added, changed or removed between two manifests. */
export function manifestChanges(before: FileManifest, after: FileManifest): readonly string[] {
	const paths = new Set([...before.keys(), ...after.keys()]);
	return [...paths].filter(path => before.get(path) !== after.get(path)).sort();
}
