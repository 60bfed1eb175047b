import {posix} from 'node:path';

const maxFolders = 200;

function depthOf(folder: string): number {
	return folder.split('/').length;
}

/** True for a path in this folder, which is '' for the root. */
export function isBelow(folder: string, path: string): boolean {
	return folder === '' || path.startsWith(`${folder}/`);
}

/** The folders below that hold a package of their own, the shallowest first. */
export function packageFolders(files: readonly string[]): readonly string[] {
	const folders = files
		.filter(path => /(?:^|\/)(?:package\.json|Cargo\.toml|go\.mod|pyproject\.toml|pytest\.ini)$/.test(path))
		.map(path => posix.dirname(path))
		.filter(
			folder =>
				folder !== '.' && depthOf(folder) <= 3 && !/(?:^|\/)(?:examples?|fixtures?|templates?|testdata|vendor)(?:\/|$)/.test(folder),
		);
	return [...new Set(folders)].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1)).slice(0, maxFolders);
}

/** The nearest of these folders around each changed file, without repeats; '' for a file that lies in none. */
export function ownersOf(changed: readonly string[], folders: readonly string[]): readonly string[] {
	const deepestFirst = [...folders].sort((a, b) => depthOf(b) - depthOf(a));
	return [...new Set(changed.map(path => deepestFirst.find(folder => isBelow(folder, path)) ?? ''))];
}
