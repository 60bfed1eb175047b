import {chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';

export type TourFolder = {
	/** Real path of the copied sample project. */
	readonly root: string;
	/** An empty home: the tour reads nothing of the person's own. */
	readonly home: string;
	readonly directories: {readonly config: string; readonly state: string};
	/** The environment given, with the fake notifiers and the Node of this program first on PATH. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The file in which the fake notifiers write down what they were started with, one line a start. */
	readonly notifications: string;
	/** Removes the folder with all that is in it. */
	readonly close: () => Promise<void>;
};

export type TourFolderOptions = {
	readonly packageRoot: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The Node that runs this program; the sample's tests run on it too. */
	readonly nodePath: string;
	/** Where the scratch folder is made; the system's place for temporary files by default. */
	readonly scratchIn?: string;
};

const notifiers = ['notify-send', 'osascript', 'powershell'];

/** Real notifiers would pop up on the person's screen; these write to a file. Shell scripts, so Windows has none. */
async function writeFakes(bin: string, notifications: string) {
	await mkdir(bin);
	const file = notifications.replaceAll("'", String.raw`'\''`);
	for (const name of notifiers) {
		await writeFile(join(bin, name), `#!/bin/sh\nprintf '%s %s\\n' '${name}' "$*" >> '${file}'\n`);
		await chmod(join(bin, name), 0o755);
	}
}

/** The sample's tests run on the Node of this program, which need not be the one on PATH, nor be named node. */
async function linkNode(bin: string, nodePath: string) {
	if (process.platform !== 'win32') {
		await symlink(nodePath, join(bin, 'node'));
	}
}

/** Windows spells it `Path`, and a process there has only one of them. */
function withPath(env: TourFolderOptions['env'], bin: string): TourFolder['env'] {
	const name = Object.keys(env).find(key => key.toUpperCase() === 'PATH') ?? 'PATH';
	return {...env, [name]: `${bin}${delimiter}${env[name] ?? ''}`};
}

/** Copies the sample project into a scratch folder of its own, with fake notifiers, and with folders for state and configuration. */
export async function prepareTour({packageRoot, env, nodePath, scratchIn = tmpdir()}: TourFolderOptions): Promise<TourFolder> {
	const folder = await realpath(await mkdtemp(join(scratchIn, 'kiro-tui-tour-')));
	const root = join(folder, 'todo');
	const home = join(folder, 'home');
	const bin = join(folder, 'bin');
	const notifications = join(folder, 'notifications');
	await cp(join(packageRoot, 'source', 'tour', 'sample'), root, {recursive: true});
	await mkdir(home);
	await writeFakes(bin, notifications);
	await linkNode(bin, nodePath);
	return {
		root,
		home,
		directories: {config: join(folder, 'config'), state: join(folder, 'state')},
		env: withPath(env, bin),
		notifications,
		async close() {
			await rm(folder, {recursive: true, force: true, maxRetries: 3});
		},
	};
}
