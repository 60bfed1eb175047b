import type {Environment} from './find-program.ts';

/** Settings that keep a repository's own configuration from running anything (reliability.md R6). */
const settings: readonly (readonly [string, string])[] = [
	['core.fsmonitor', 'false'],
	['core.hooksPath', '/dev/null'],
	['safe.bareRepository', 'explicit'],
	['core.pager', 'cat'],
	['gc.auto', '0'],
	['maintenance.auto', 'false'],
];

/** What every child gets: the monitor that a repository's configuration may name is not started by a `git status` that runs unasked. */
export const quietGitEnvironment: Readonly<Record<string, string>> = {
	GIT_CONFIG_COUNT: '2',
	GIT_CONFIG_KEY_0: 'core.fsmonitor',
	GIT_CONFIG_VALUE_0: 'false',
	GIT_CONFIG_KEY_1: 'safe.bareRepository',
	GIT_CONFIG_VALUE_1: 'explicit',
};

/** The environment for our own git calls: no inherited GIT_*, no hook, monitor, prompt, fetch or lock; `overrides` are further settings. */
export function hardenedGitEnvironment(
	env: Environment,
	overrides: readonly (readonly [string, string])[] = [],
): Readonly<Record<string, string>> {
	const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'));
	const all = [...settings, ...overrides];
	const numbered = all.flatMap(([key, value], index) => [
		[`GIT_CONFIG_KEY_${index}`, key],
		[`GIT_CONFIG_VALUE_${index}`, value],
	]);
	return {
		...Object.fromEntries(kept),
		...Object.fromEntries(numbered),
		GIT_CONFIG_COUNT: `${all.length}`,
		GIT_TERMINAL_PROMPT: '0',
		GIT_OPTIONAL_LOCKS: '0',
		// A partial clone would fetch what is missing, through a program that its configuration names.
		GIT_NO_LAZY_FETCH: '1',
		GIT_ALLOW_PROTOCOL: 'none',
		LC_ALL: 'C',
	};
}
