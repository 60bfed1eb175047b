import {type Environment, findProgram} from './find-program.ts';
import {hardenedGitEnvironment} from './git-environment.ts';
import {runQuietly} from './quiet-run.ts';

type GitStatus = {
	/** Tracked files that differ from the commit, staged or not. */
	readonly changed: number;
	readonly untracked: number;
};

/** What we ask git. Nothing here changes the repository, runs a hook, a filter or a monitor of it, or rejects. */
export type Git = {
	/** The commit that is checked out; undefined before the first one. */
	readonly head: () => Promise<string | undefined>;
	/** Undefined when no branch is checked out. */
	readonly branch: () => Promise<string | undefined>;
	readonly userName: () => Promise<string | undefined>;
	readonly statusSummary: () => Promise<GitStatus | undefined>;
};

const timeoutMs = 10_000;

type Ask = (args: readonly string[]) => Promise<string | undefined>;

function firstLine(text: string | undefined): string | undefined {
	const line = text?.split('\n')[0]?.trim();
	return line === '' ? undefined : line;
}

/** Counts the entries of `git status --porcelain=v2 -z`; a rename is followed by its old path as an entry of its own. */
function countStatus(output: string): GitStatus {
	let changed = 0;
	let untracked = 0;
	const entries = output.split('\0');
	for (let index = 0; index < entries.length; index++) {
		const kind = entries[index]?.[0];
		changed += kind === '1' || kind === '2' || kind === 'u' ? 1 : 0;
		untracked += kind === '?' ? 1 : 0;
		index += kind === '2' ? 1 : 0;
	}

	return {changed, untracked};
}

/** Overrides for the filter programs that the repository's own configuration names: `git status` would run them on changed files. */
async function filterOverrides(ask: Ask): Promise<readonly (readonly [string, string])[]> {
	const names =
		(await ask(['config', '--name-only', '-z', '--get-regexp', String.raw`^filter\..*\.(clean|smudge|process|required)$`])) ?? '';
	return names
		.split('\0')
		.filter(name => name !== '')
		.map(name => [name, name.endsWith('.required') ? 'false' : ''] as const);
}

/** Opens the git of a workspace; undefined when there is no git outside the workspace on PATH, or no repository. */
export async function openGit({root, env}: {readonly root: string; readonly env: Environment}): Promise<Git | undefined> {
	const file = await findProgram('git', {env, root});
	if (file === undefined) {
		return undefined;
	}

	const askWith = async (args: readonly string[], overrides: readonly (readonly [string, string])[]) => {
		const result = await runQuietly({file, args, cwd: root, env: hardenedGitEnvironment(env, overrides), timeoutMs});
		return result.isOk ? result.output : undefined;
	};

	const ask: Ask = args => askWith(args, []);
	if (firstLine(await ask(['rev-parse', '--is-inside-work-tree'])) !== 'true') {
		return undefined;
	}

	return {
		head: async () => firstLine(await ask(['rev-parse', '--verify', '--quiet', 'HEAD'])),
		branch: async () => firstLine(await ask(['symbolic-ref', '--short', '--quiet', 'HEAD'])),
		userName: async () => firstLine(await ask(['config', '--get', 'user.name'])),
		async statusSummary() {
			const output = await askWith(['status', '--porcelain=v2', '-z', '--ignore-submodules=all'], await filterOverrides(ask));
			return output === undefined ? undefined : countStatus(output);
		},
	};
}
