import {type Environment, findProgram} from './find-program.ts';
import {hardenedGitEnvironment} from './git-environment.ts';
import {runQuietly} from './quiet-run.ts';

export type CommitRequest = {
	readonly root: string;
	readonly env: Environment;
	/** Relative to the root; nothing else goes into the commit, whatever is staged. */
	readonly paths: readonly string[];
	readonly message: string;
};

export type CommitOutcome =
	| {readonly kind: 'committed'; readonly commit: string; readonly paths: readonly string[]}
	| {readonly kind: 'nothing-changed'}
	| {readonly kind: 'refused'; readonly why: string};

/** Hooks of the repository may run its whole suite. */
const timeoutMs = 300_000;
const maxWhy = 600;

/** Hooks, signing and filters run as in any commit of the person, who asked for it; no variable of ours or another git reaches them. */
function commitEnvironment(env: Environment): Readonly<Record<string, string>> {
	const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'));
	return {...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C'};
}

/** The paths among these that differ from the commit, untracked ones too. */
function changedIn(status: string): readonly string[] {
	return status
		.split('\0')
		.filter(entry => /^[12u?] /.test(entry))
		.map(entry => entry.replace(/^(?:\? |1 (?:\S+ ){7}|2 (?:\S+ ){8}|u (?:\S+ ){9})/, ''));
}

/**
 * Commits these files as they are on disk, and nothing else: what a person has staged stays staged. Runs the repository's own hooks. Never
 * rejects; what git says is told in its own words.
 */
export async function commitFiles({root, env, paths, message}: CommitRequest): Promise<CommitOutcome> {
	const file = await findProgram('git', {env, root});
	if (file === undefined) {
		return {kind: 'refused', why: 'git was not found'};
	}

	const status = await runQuietly({
		file,
		args: ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--', ...paths],
		cwd: root,
		env: hardenedGitEnvironment(env),
		timeoutMs,
	});
	const changed = changedIn(status.output);
	if (!status.isOk || changed.length === 0) {
		return status.isOk ? {kind: 'nothing-changed'} : {kind: 'refused', why: status.errors.trim().slice(0, maxWhy)};
	}

	const run = (args: readonly string[], input?: string) =>
		runQuietly({file, args, cwd: root, env: commitEnvironment(env), timeoutMs, ...(input !== undefined && {input})});
	// A file that git does not know yet cannot be named to it otherwise; its content is not staged by this.
	await run(['add', '--intent-to-add', '--', ...changed]);
	const committed = await run(['commit', '--only', '--quiet', '--file', '-', '--', ...changed], message);
	if (!committed.isOk) {
		return {kind: 'refused', why: (committed.errors.trim() || committed.output.trim()).slice(0, maxWhy)};
	}

	const head = await run(['rev-parse', '--short', 'HEAD']);
	return {kind: 'committed', commit: head.output.trim(), paths: changed};
}
