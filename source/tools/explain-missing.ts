import {listFiles} from '../process/ripgrep.ts';
import {isSecretPath} from '../protocol/protected-paths.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {nearest} from '../spec/nearest.ts';
import {failed} from './outcome.ts';

const maxFiles = 20_000;
const maxNear = 3;
/** Shorter names are like too many others. */
const minLength = 4;
const maxDifference = 3;

const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
const stemOf = (path: string) => baseOf(path).replace(/(?<=.)\.[^.]*$/, '');

/** Every folder that holds some of the files. */
function foldersOf(files: readonly string[]): readonly string[] {
	const folders = new Set<string>();
	for (const file of files) {
		for (let end = file.lastIndexOf('/'); end > 0 && !folders.has(file.slice(0, end)); end = file.lastIndexOf('/', end - 1)) {
			folders.add(file.slice(0, end));
		}
	}

	return [...folders];
}

function sharedParts(one: string, other: string): number {
	const parts = new Set(one.toLowerCase().split('/'));
	return other
		.toLowerCase()
		.split('/')
		.filter(part => parts.has(part)).length;
}

/** The paths that an invented one may mean: the same name elsewhere, the same name with another ending, a name like it. */
function nearPaths(path: string, paths: readonly string[]): readonly string[] {
	const stem = stemOf(path);
	const sameName = paths.filter(candidate => baseOf(candidate) === baseOf(path));
	const sameStem = paths.filter(candidate => stemOf(candidate) === stem);
	const alike = () => {
		const isAbout = (name: string) => name.length >= minLength - 1 && Math.abs(name.length - stem.length) <= maxDifference;
		const stems = stem.length < minLength ? [] : nearest(stem, [...new Set(paths.map(stemOf).filter(isAbout))]);
		return paths.filter(candidate => stems.includes(stemOf(candidate)));
	};

	const found = [sameName, sameStem].find(list => list.length > 0) ?? alike();
	return found.toSorted((one, other) => sharedParts(other, path) - sharedParts(one, path)).slice(0, maxNear);
}

type Missing = {
	/** As it is shown to the model. */
	readonly shown: string;
	readonly isInside: boolean;
	readonly isFolder?: boolean;
};

/** Tells the model that a path is not there, with what it may mean: only paths that `list` shows, and none of files with secrets. */
export async function explainMissing({shown, isInside, isFolder = false}: Missing, context: ToolContext): Promise<ToolOutcome> {
	const {root, env, signal} = context;
	const {files} = isInside ? await listFiles({root, env, signal, limit: maxFiles}) : {files: []};
	const open = files.filter(file => !isSecretPath(file));
	const near = nearPaths(shown, isFolder ? [...foldersOf(open), ...open] : open);
	return failed(
		`${shown} does not exist. ${near.length === 0 ? 'Use list or search to find the right path.' : `Paths like it: ${near.join(', ')}.`}`,
	);
}
