import {constants, type Stats} from 'node:fs';
import {access, realpath, stat} from 'node:fs/promises';
import {delimiter, isAbsolute, join, relative, sep} from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

function isWithin(folder: string, path: string): boolean {
	const between = relative(folder, path);
	return between === '' || (between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between));
}

async function statsOf(path: string): Promise<Stats | undefined> {
	try {
		await access(path, constants.X_OK);
		return await stat(path);
	} catch {
		return undefined;
	}
}

/** The absolute folders of PATH that are not inside `root`: a repository must not be able to bring its own `git`. */
async function trustedFolders(env: Environment, root: string | undefined): Promise<readonly string[]> {
	const folders: string[] = [];
	for (const entry of (env.PATH ?? '').split(delimiter)) {
		const real = isAbsolute(entry) ? await realpath(entry).catch(() => undefined) : undefined;
		if (real !== undefined && (root === undefined || !isWithin(root, real))) {
			folders.push(entry);
		}
	}

	return folders;
}

async function isProgramOutside(path: string, root: string | undefined): Promise<boolean> {
	if ((await statsOf(path))?.isFile() !== true) {
		return false;
	}

	const real = await realpath(path).catch(() => undefined);
	return real !== undefined && (root === undefined || !isWithin(root, real));
}

/**
 * The absolute path of a program on PATH, found outside the workspace `root` (links resolved); relative PATH entries do not count. A name
 * with a slash is taken as it is when it is absolute. Undefined when there is none.
 */
export async function findProgram(
	name: string,
	{env, root}: {readonly env: Environment; readonly root?: string},
): Promise<string | undefined> {
	if (name.includes('/') || name.includes(sep)) {
		return isAbsolute(name) && (await isProgramOutside(name, root)) ? name : undefined;
	}

	const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name];
	for (const folder of await trustedFolders(env, root)) {
		for (const path of names.map(candidate => join(folder, candidate))) {
			if (await isProgramOutside(path, root)) {
				return path;
			}
		}
	}

	return undefined;
}
