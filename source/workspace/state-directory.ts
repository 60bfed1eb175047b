import {createHash} from 'node:crypto';
import {basename, isAbsolute, join} from 'node:path';

export type Directories = {readonly config: string; readonly state: string};

function absoluteOr(path: string | undefined, fallback: string): string {
	// The XDG base directory specification: a relative path in these variables is to be ignored.
	return path !== undefined && isAbsolute(path) ? path : fallback;
}

/** Where configuration and state live: `$KIRO_TUI_HOME/{config,state}`, else the XDG directories. Nothing is created. */
export function directoriesFor({
	env,
	home,
}: {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
}): Directories {
	const own = env.KIRO_TUI_HOME;
	if (own !== undefined && own !== '') {
		const folder = isAbsolute(own) ? own : join(home, own);
		return {config: join(folder, 'config'), state: join(folder, 'state')};
	}

	return {
		config: join(absoluteOr(env.XDG_CONFIG_HOME, join(home, '.config')), 'kiro-tui'),
		state: join(absoluteOr(env.XDG_STATE_HOME, join(home, '.local/state')), 'kiro-tui'),
	};
}

/** The name of a workspace's own files in the user's directories: readable, and different for every real path. */
export function workspaceKey(root: string): string {
	const name = basename(root)
		.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
		.replace(/^[.-]+/, '')
		.slice(0, 40);
	const hash = createHash('sha256').update(root).digest('hex').slice(0, 16);
	return name === '' ? hash : `${name}-${hash}`;
}
