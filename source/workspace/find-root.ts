import {realpath, stat} from 'node:fs/promises';
import {dirname, join, parse} from 'node:path';
import {UserError} from '../protocol/user-error.ts';
import {whyOf} from './file-error.ts';

export type FoundRoot = {
	/** Real path. */
	readonly root: string;
	/** False for `/` and the home folder: trust in them is never remembered. */
	readonly isTrustable: boolean;
};

async function exists(path: string): Promise<boolean> {
	try {
		await stat(path);
		return true;
	} catch {
		return false;
	}
}

async function realOr(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		return path;
	}
}

/** The nearest ancestor that holds `.kiro/` or `.git`, never the home folder or `/`; else the folder itself. Throws UserError when that is gone. */
export async function findRoot(start: string, home: string): Promise<FoundRoot> {
	let current: string;
	try {
		current = await realpath(start);
	} catch (error) {
		throw new UserError(`The folder ${start} cannot be opened: ${whyOf(error)}`, {
			cause: error,
			nextStep: 'Change to a folder that exists, then start again',
			exitCode: 2,
		});
	}

	const realHome = await realOr(home);
	const isTrustable = (folder: string) => folder !== realHome && folder !== parse(folder).root;
	for (let folder = current; isTrustable(folder); folder = dirname(folder)) {
		if ((await exists(join(folder, '.kiro'))) || (await exists(join(folder, '.git')))) {
			return {root: folder, isTrustable: true};
		}
	}

	return {root: current, isTrustable: isTrustable(current)};
}
