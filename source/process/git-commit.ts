import {access} from 'node:fs/promises';
import {resolve} from 'node:path';
import {type Environment, findProgram} from './find-program.ts';
import {quietGitEnvironment} from './git-environment.ts';
import {type QuietResult, runQuietly} from './quiet-run.ts';

export type CommitPlan =
	| {readonly kind: 'ready'; readonly paths: readonly string[] /** Those that git does not know yet. */; readonly fresh: readonly string[]}
	| {readonly kind: 'no-git'}
	| {readonly kind: 'nothing'}
	/** A merge, rebase, cherry-pick or revert that a person has to end first. */
	| {readonly kind: 'in-progress'; readonly what: string}
	| {readonly kind: 'no-name'; readonly missing: 'user.name' | 'user.email'};

type CommitOutcome =
	| {readonly kind: 'committed'; readonly commit: string}
	/** What git or a hook said, not yet printable. */
	| {readonly kind: 'failed'; readonly words: string};

export type CommitDoor = {
	/** Looks whether these files, relative to the root, can be committed; changes nothing. */
	readonly plan: (paths: readonly string[]) => Promise<CommitPlan>;
	/** Commits exactly these files as they are on disk; what else is staged stays staged. */
	readonly commit: (plan: Extract<CommitPlan, {kind: 'ready'}>, message: string) => Promise<CommitOutcome>;
};

type Git = (args: readonly string[], input?: string) => Promise<QuietResult>;

/** Hooks of a project may run its whole suite. */
const timeoutMs = 600_000;

const unfinished: readonly (readonly [string, string])[] = [
	['rebase-merge', 'rebase'],
	['rebase-apply', 'rebase'],
	['MERGE_HEAD', 'merge'],
	['CHERRY_PICK_HEAD', 'cherry-pick'],
	['REVERT_HEAD', 'revert'],
];

/** The person's own git, with their hooks and their signature, but without what this process inherited for another repository. */
function environmentFor(env: Environment): Readonly<Record<string, string>> {
	const kept = Object.entries(env).filter(
		(entry): entry is [string, string] =>
			entry[1] !== undefined && (!entry[0].startsWith('GIT_') || /^GIT_(?:AUTHOR|COMMITTER)_/.test(entry[0])),
	);
	return {...Object.fromEntries(kept), ...quietGitEnvironment, GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true'};
}

async function unfinishedIn(git: Git, root: string): Promise<string | undefined> {
	for (const [name, what] of unfinished) {
		const {output} = await git(['rev-parse', '--git-path', name]);
		const isThere = await access(resolve(root, output.trim())).then(
			() => true,
			() => false,
		);
		if (isThere) {
			return what;
		}
	}

	return undefined;
}

async function missingName(git: Git, env: Environment): Promise<'user.name' | 'user.email' | undefined> {
	for (const [key, variable] of [
		['user.name', 'GIT_AUTHOR_NAME'],
		['user.email', 'GIT_AUTHOR_EMAIL'],
	] as const) {
		// Git would make one up from the machine's name, and that would be the author for ever.
		const isSet = (env[variable] ?? '') !== '' || (await git(['config', '--get', key])).output.trim() !== '';
		if (!isSet) {
			return key;
		}
	}

	return undefined;
}

/** The paths that differ from the commit, and those of them that git does not know; what it ignores is left out. */
async function differing(
	git: Git,
	paths: readonly string[],
): Promise<{readonly changed: readonly string[]; readonly fresh: readonly string[]}> {
	const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', ...paths];
	const prefix = (await git(['rev-parse', '--show-prefix'])).output.trim();
	const entries = (await git(args)).output.split('\0').filter(entry => entry !== '');
	const pathOf = (entry: string) => (entry.slice(3).startsWith(prefix) ? entry.slice(3 + prefix.length) : entry.slice(3));
	return {changed: entries.map(pathOf), fresh: entries.filter(entry => entry.startsWith('??')).map(pathOf)};
}

/** Opens the way to commit in a workspace. Unlike all other calls of git it changes the repository, and only after a person said yes. */
export function openCommitDoor({root, env}: {readonly root: string; readonly env: Environment}): CommitDoor {
	const git: Git = async (args, input) => {
		const file = await findProgram('git', {env, root});
		return file === undefined
			? {isOk: false, output: '', errors: 'git was not found'}
			: runQuietly({file, args, cwd: root, env: environmentFor(env), timeoutMs, ...(input !== undefined && {input})});
	};

	return {
		async plan(paths) {
			if ((await git(['rev-parse', '--is-inside-work-tree'])).output.trim() !== 'true') {
				return {kind: 'no-git'};
			}

			const what = await unfinishedIn(git, root);
			if (what !== undefined) {
				return {kind: 'in-progress', what};
			}

			const {changed, fresh} = await differing(git, paths);
			const missing = changed.length === 0 ? undefined : await missingName(git, env);
			return changed.length === 0
				? {kind: 'nothing'}
				: missing === undefined
					? {kind: 'ready', paths: changed, fresh}
					: {kind: 'no-name', missing};
		},
		async commit({paths, fresh}, message) {
			const added = fresh.length === 0 ? undefined : await git(['add', '--intent-to-add', '--', ...fresh]);
			const done = added?.isOk === false ? added : await git(['commit', '--only', '--quiet', '--file=-', '--', ...paths], message);
			if (!done.isOk) {
				// The index is as it was: these files are new to git again.
				await (fresh.length === 0 ? undefined : git(['rm', '--cached', '--quiet', '--', ...fresh]));
				return {kind: 'failed', words: `${done.errors}\n${done.output}`.trim()};
			}

			return {kind: 'committed', commit: (await git(['rev-parse', '--short', 'HEAD'])).output.trim()};
		},
	};
}
