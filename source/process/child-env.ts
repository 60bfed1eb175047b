import {existsSync} from 'node:fs';
import {delimiter, dirname, isAbsolute, join, sep} from 'node:path';
import type {Environment} from './find-program.ts';
import {quietGitEnvironment} from './git-environment.ts';

/**
 * Never given to a child. Our own keys and switches; what a test runner that runs us would hand down (a nested `node --test` with
 * NODE_TEST_CONTEXT exits 0 having run nothing); what changes how bash and node begin. Other secrets of the person's shell, such as a
 * database password, stay: their tests may need them, and a command can read them from its parent anyway unless it is sandboxed.
 */
const dropped =
	/^(?:ANTHROPIC_.*|KIRO_TUI_.*|CLAUDE_CODE_OAUTH_TOKEN|NODE_TEST_CONTEXT|NODE_OPTIONS|NODE_ENV|VITEST.*|JEST_.*|BASH_ENV|ENV|INIT_CWD)$/;
/** npm tells its scripts about the package they belong to; only these of its variables are the person's own. */
const keptOfNpm = /^npm_config_(?:registry|cache|userconfig)$/i;

function isRunByNpm(env: Environment): boolean {
	return env.npm_command !== undefined || env.npm_lifecycle_event !== undefined || env.npm_execpath !== undefined;
}

function hasNode(folder: string): boolean {
	return existsSync(join(folder, process.platform === 'win32' ? 'node.exe' : 'node'));
}

type Places = {
	readonly packageRoot: string;
	/** The workspace: its own folders leave PATH. */
	readonly root?: string;
};

/** PATH without the folders of our own package that npm put in front; a `node` stays reachable. */
function pathFor(path: string, {packageRoot, root}: Places, isByNpm: boolean): string {
	const isOurs = (folder: string) =>
		folder.startsWith(`${packageRoot}${sep}node_modules${sep}`) ||
		(isByNpm && folder.includes('node-gyp-bin')) ||
		// A program of the repository must not stand in for one that runs unasked, such as git or ls.
		(root !== undefined && `${folder}${sep}`.startsWith(`${root}${sep}`));
	const folders = path.split(delimiter).filter(folder => folder !== '' && isAbsolute(folder) && !isOurs(folder));
	return [...folders, ...(folders.some(hasNode) ? [] : [dirname(process.execPath)])].join(delimiter);
}

/** The environment that commands, tests and tools run in: the person's own, without our keys and without what npm added to run us. */
export function childEnvironment({env, ...places}: Places & {readonly env: Environment}): Readonly<Record<string, string>> {
	const isByNpm = isRunByNpm(env);
	const child: Record<string, string> = {};
	for (const [name, value] of Object.entries(env)) {
		const isNpmOwn = isByNpm && /^npm_/i.test(name) && !keptOfNpm.test(name);
		if (value !== undefined && !dropped.test(name) && !isNpmOwn) {
			child[name] = value;
		}
	}

	return {...(env.GIT_CONFIG_COUNT === undefined && quietGitEnvironment), ...child, PATH: pathFor(env.PATH ?? '', places, isByNpm)};
}
