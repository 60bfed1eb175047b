import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, mkdtemp, realpath, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {promisify} from 'node:util';
import {cliEnvironment} from '../support/run-cli.ts';
import type {EvalCase} from './case.ts';

const execute = promisify(execFile);

/** A person's project for one run, in a folder of its own. */
export type Scratch = {
	/** Absolute: the project. */
	readonly root: string;
	readonly home: string;
	/** What a process of the run sees: nothing of the machine's own settings, and the Node that runs this. */
	readonly env: Readonly<Record<string, string>>;
	readonly remove: () => Promise<void>;
};

function isInstalled(program: string): boolean {
	return (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, program)));
}

/** The programs of a case that this machine does not have. */
export function missingPrograms({needs}: Pick<EvalCase, 'needs'>): readonly string[] {
	return needs.filter(program => !isInstalled(program));
}

function environment(home: string): Record<string, string> {
	// How long a slow model may take is the business of whoever runs it.
	const limits = Object.entries(process.env).filter(([name, value]) => value !== undefined && /^KIRO_TUI_\w+_MS$/.test(name));
	const own = {PYTHONDONTWRITEBYTECODE: '1', GOFLAGS: '-mod=mod', GOCACHE: join(tmpdir(), 'kiro-tui-eval-go')};
	const env = cliEnvironment({home, env: {...Object.fromEntries(limits), ...own}});
	return {...env, PATH: `${join(home, 'bin')}${delimiter}${env.PATH}`};
}

/** Copies the project of a case, commits it, and gives it an empty home. */
export async function makeScratch({folder, name}: EvalCase): Promise<Scratch> {
	const place = await realpath(await mkdtemp(join(tmpdir(), `kiro-tui-eval-${name}-`)));
	const root = join(place, name);
	const home = join(place, 'home');
	await Promise.all([mkdir(root), mkdir(join(home, 'bin'), {recursive: true})]);
	// The program takes its own folders off PATH; the project needs a Node that runs TypeScript all the same.
	await symlink(process.execPath, join(home, 'bin/node'));
	const project = join(folder, 'project');
	if (existsSync(project)) {
		await cp(project, root, {recursive: true});
	}

	const env = environment(home);
	const git = (...args: readonly string[]) =>
		execute('git', ['-c', 'user.name=Person', '-c', 'user.email=person@example.org', ...args], {cwd: root, env});
	await git('init', '-q', '-b', 'main');
	await git('add', '-A');
	await git('commit', '-q', '--allow-empty', '-m', 'Begin');
	return {root, home, env, remove: () => rm(place, {recursive: true, force: true, maxRetries: 3})};
}
