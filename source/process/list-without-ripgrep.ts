import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {fitsGlob} from '../protocol/path-glob.ts';
import {findProgram} from './find-program.ts';
import {hardenedGitEnvironment} from './git-environment.ts';
import type {FileList, ListFiles} from './project-search.ts';
import {runQuietly} from './quiet-run.ts';

const timeoutMs = 20_000;
/** Folders that no project keeps its own files in; only for a walk without git, which would know. */
const skipped: ReadonlySet<string> = new Set([
	'.git',
	'node_modules',
	'__pycache__',
	'.venv',
	'venv',
	'target',
	'dist',
	'build',
	'.next',
	'.cache',
]);

async function listWithGit({root, env, signal}: ListFiles): Promise<readonly string[] | undefined> {
	const file = await findProgram('git', {env, root});
	if (file === undefined) {
		return undefined;
	}

	const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
	const {isOk, output} = await runQuietly({file, args, cwd: root, env: hardenedGitEnvironment(env), timeoutMs, signal});
	return isOk ? output.split('\0').filter(path => path !== '') : undefined;
}

async function walk(root: string, limit: number, signal: AbortSignal): Promise<readonly string[]> {
	const files: string[] = [];
	const folders = [''];
	for (let folder = folders.shift(); folder !== undefined && files.length <= limit && !signal.aborted; folder = folders.shift()) {
		const entries = await readdir(join(root, folder), {withFileTypes: true}).catch(() => []);
		for (const entry of entries) {
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory() && !skipped.has(entry.name)) {
				folders.push(path);
			} else if (entry.isFile()) {
				files.push(path);
			}
		}
	}

	return files;
}

/** Lists the project's files where npm left ripgrep's binary out: by git, else by walking past the folders that are never a project's own. */
export async function listWithoutRipgrep(options: ListFiles): Promise<FileList> {
	const {root, limit, signal, glob, under} = options;
	const all = (await listWithGit(options)) ?? (await walk(root, limit, signal));
	const files = all
		.filter(path => (under === undefined || under === '.' || path.startsWith(`${under}/`)) && (glob === undefined || fitsGlob(path, glob)))
		.sort();
	return {files: files.slice(0, limit), isTruncated: files.length > limit};
}
