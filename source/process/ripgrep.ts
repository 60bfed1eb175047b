import {execa} from 'execa';
import {fitsGlob} from '../protocol/path-glob.ts';
import {listWithoutRipgrep} from './list-without-ripgrep.ts';
import type {FileList, FoundLine, ListFiles, SearchFiles, SearchResult} from './project-search.ts';
import {parseMatches, searchInFiles} from './search-lines.ts';

export type {FileList, FoundLine, ListFiles, SearchFiles, SearchResult} from './project-search.ts';

/** The binary that the package brings for this platform; undefined when npm left it out. */
async function ripgrepPath(): Promise<string | undefined> {
	try {
		const {rgPath} = await import('@vscode/ripgrep');
		return rgPath;
	} catch {
		return undefined;
	}
}

type Output = {readonly isStarted: boolean; readonly exitCode: number | undefined; readonly errors: string; readonly isCut: boolean};

/** Dot files are project files too, git's own are not; ignore files count outside a repository as well; no configuration of the person's. */
const common = ['--no-config', '--hidden', '--no-require-git', '--no-messages', '--glob', '!.git'];

async function runRipgrep(
	file: string,
	args: readonly string[],
	{root, env, signal}: ListFiles,
	take: (record: string) => boolean,
	separator: string,
): Promise<Output> {
	const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const child = execa(file, [...args], {
		cwd: root,
		env: Object.fromEntries(given),
		extendEnv: false,
		reject: false,
		stdin: 'ignore',
		buffer: {stdout: false},
		cancelSignal: signal,
	});
	let rest = '';
	let isCut = false;
	child.stdout.setEncoding('utf8');
	child.stdout.on('data', (text: string) => {
		const records = (rest + text).split(separator);
		rest = records.pop() ?? '';
		for (const record of isCut ? [] : records) {
			if (!take(record)) {
				isCut = true;
				child.kill('SIGKILL');
				break;
			}
		}
	});
	const result = await child;
	return {isStarted: child.pid !== undefined, exitCode: result.exitCode, errors: String(result.stderr ?? ''), isCut};
}

const slashed = (path: string) => path.replace(/^\.\//, '').split('\\').join('/');

function isExclusion(glob: string | undefined): glob is string {
	return glob?.startsWith('!') === true;
}

/** Asked here and not of ripgrep, for which a glob that fits brings back what git ignores. */
function isWanted(path: string, glob: string | undefined): boolean {
	return glob === undefined || isExclusion(glob) || fitsGlob(path, glob);
}

/** Lists the project's files: dot files too, without what git ignores and without `.git`. Empty when stopped. */
export async function listFiles(options: ListFiles): Promise<FileList> {
	if (options.signal.aborted) {
		return {files: [], isTruncated: true};
	}

	const binary = await ripgrepPath();
	const files: string[] = [];
	const {limit, glob, under} = options;
	const args = [
		...common,
		'--files',
		'--null',
		...(isExclusion(glob) ? ['--glob', glob] : []),
		'--',
		...(under === undefined ? [] : [under]),
	];
	const output =
		binary === undefined
			? undefined
			: await runRipgrep(
					binary,
					args,
					options,
					path => {
						const hasRoom = files.length < limit;
						if (hasRoom && isWanted(slashed(path), glob)) {
							files.push(slashed(path));
						}

						return hasRoom;
					},
					'\0',
				);
	// 2 is ripgrep's code for an error; 1 only says that there is no file.
	if (output?.isStarted !== true) {
		return listWithoutRipgrep(options);
	}

	return {files: files.sort(), isTruncated: output.isCut};
}

/** Searches the project's text files line by line; at most `limit` lines. */
export async function searchFiles(options: SearchFiles): Promise<SearchResult> {
	if (options.signal.aborted) {
		return {kind: 'found', lines: [], isTruncated: true};
	}

	const {pattern, glob, under, limit, isLiteral = false, isCaseSensitive = true} = options;
	const binary = await ripgrepPath();
	if (binary === undefined) {
		return searchInFiles(options, await listFiles({...options, limit: 20_000}));
	}

	const lines: FoundLine[] = [];
	const args = [
		...common,
		'--json',
		// A line of --json is held whole, and so would be the one line of a huge file.
		'--max-filesize=5M',
		...(isLiteral ? ['--fixed-strings'] : []),
		isCaseSensitive ? '--case-sensitive' : '--ignore-case',
		...(isExclusion(glob) ? ['--glob', glob] : []),
		'--regexp',
		pattern,
		'--',
		under ?? '.',
	];
	const take = (record: string) => {
		for (const line of parseMatches(record)) {
			if (lines.length >= limit) {
				return false;
			}

			const path = slashed(line.path);
			lines.push(...(isWanted(path, glob) ? [{...line, path}] : []));
		}

		return true;
	};
	const output = await runRipgrep(binary, args, options, take, '\n');
	if (output.exitCode === 2 && lines.length === 0 && output.errors !== '') {
		return {
			kind: 'bad-pattern',
			why:
				output.errors
					.trim()
					.split('\n')
					.slice(-1)[0]
					?.replace(/^error: /, '') ?? 'it is not a regular expression',
		};
	}

	lines.sort((one, other) => (one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1));
	return {kind: 'found', lines, isTruncated: output.isCut};
}
