import {constants} from 'node:fs';
import {copyFile, mkdir, readdir, readlink, realpath, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {dirname, isAbsolute, join, relative, sep} from 'node:path';

/** A copy of a project in which its tests can run while files of it are changed; the project itself is only read. */
export type ProjectCopy = {
	/** Absolute. */
	readonly root: string;
	/** Writes a file of the copy, by its relative path; undefined removes it. */
	readonly write: (path: string, text: string | undefined) => Promise<void>;
	readonly remove: () => Promise<void>;
};

/** Larger projects are not copied: the proof is a service, and must not fill a disk. */
const maxFiles = 8000;
const maxBytes = 300_000_000;

/** Folders that hold what the project depends on: linked, not copied. */
const dependencyFolders = ['node_modules', '.venv', 'venv', 'vendor'];

function isInside(root: string, path: string): boolean {
	const way = relative(root, path);
	return way !== '' && !way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way);
}

/** A link to one dependency; a package of the project's own workspace leads into the copy. */
async function linkEntry(root: string, copy: string, from: string, to: string) {
	const isLink = await readlink(from).then(
		() => true,
		() => false,
	);
	const target = isLink ? await realpath(from).catch(() => from) : from;
	const isOwn = isLink && isInside(root, target) && !target.split(sep).includes('node_modules');
	await symlink(isOwn ? join(copy, relative(root, target)) : target, to);
}

/**
 * Links a folder of dependencies entry by entry into a folder of the copy's own, so that what tools write beside them (caches) stays in the
 * copy. Folders of scopes are opened too.
 */
async function linkDependencies(root: string, copy: string, folder: string) {
	const from = join(root, folder);
	const to = join(copy, folder);
	await mkdir(to, {recursive: true});
	for (const name of await readdir(from)) {
		if (name.startsWith('@')) {
			await linkDependencies(root, copy, join(folder, name));
		} else if (!name.startsWith('.') || name === '.bin') {
			await linkEntry(root, copy, join(from, name), join(to, name));
		}
	}
}

async function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		stats => stats.isDirectory(),
		() => false,
	);
}

async function copyFiles(root: string, copy: string, files: readonly string[]): Promise<boolean> {
	let bytes = 0;
	for (const path of files) {
		const stats = await stat(join(root, path)).catch(() => undefined);
		bytes += stats?.size ?? 0;
		if (bytes > maxBytes) {
			return false;
		}

		if (stats?.isFile() === true) {
			await mkdir(dirname(join(copy, path)), {recursive: true});
			// A file that goes meanwhile is one that the tests can do without.
			await copyFile(join(root, path), join(copy, path), constants.COPYFILE_FICLONE).catch(() => {});
		}
	}

	return true;
}

/**
 * Copies these files of a project into `folder`, and links the folders of its dependencies beside them. Undefined when the project is too
 * large. Rejects with the error of the file system.
 */
export async function copyProject({
	root,
	files,
	folder,
}: {
	readonly root: string;
	/** Relative to the root. */
	readonly files: readonly string[];
	/** Absolute; it is made. */
	readonly folder: string;
}): Promise<ProjectCopy | undefined> {
	const remove = () => rm(folder, {recursive: true, force: true, maxRetries: 3});
	if (files.length > maxFiles) {
		return undefined;
	}

	await mkdir(folder, {recursive: true, mode: 0o700});
	try {
		if (!(await copyFiles(root, folder, files))) {
			await remove();
			return undefined;
		}

		for (const place of new Set(['.', ...files.map(dirname)])) {
			for (const name of dependencyFolders) {
				const dependencies = join(place, name);
				if ((await isFolder(join(root, dependencies))) && !(await isFolder(join(folder, dependencies)))) {
					await linkDependencies(root, folder, dependencies);
				}
			}
		}
	} catch (error) {
		await remove();
		throw error;
	}

	return {
		root: folder,
		async write(path, text) {
			const file = join(folder, path);
			if (text === undefined) {
				await rm(file, {force: true});
				return;
			}

			await mkdir(dirname(file), {recursive: true});
			await writeFile(file, text);
		},
		remove,
	};
}
