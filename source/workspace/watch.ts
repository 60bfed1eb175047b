import {statfs} from 'node:fs/promises';
import {basename} from 'node:path';
import {type FSWatcher, watch} from 'chokidar';
import {errorCode, whyOf} from './file-error.ts';
import {isTemporaryName} from './leftovers.ts';

export type WatchFolders = {
	/** The workspace root; it is not watched itself. */
	readonly root: string;
	/** Absolute paths of folders or files; those that do not exist yet are watched for. */
	readonly paths: readonly string[];
	/** Called with the absolute path of what was added, changed or removed, once it is written to the end. */
	readonly onChange: (path: string) => void;
	/** One sentence for the person, once. */
	readonly onProblem: (message: string) => void;
};

export type Watching = {readonly close: () => Promise<void>};

const maxDepth = 6;
const pollMs = 1000;

/** statfs(2): file systems that tell a watcher nothing about changes made on another machine: NFS, SMB, CIFS, SMB2, 9P, FUSE. */
const silentFileSystems: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546]);

async function isSilent(root: string): Promise<boolean> {
	try {
		return silentFileSystems.has((await statfs(root)).type);
	} catch {
		return false;
	}
}

function isExhausted(error: unknown): boolean {
	const code = errorCode(error);
	return code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE';
}

function open({paths}: WatchFolders, usePolling: boolean): FSWatcher {
	return watch([...paths], {
		ignoreInitial: true,
		depth: maxDepth,
		ignorePermissionErrors: true,
		usePolling,
		interval: pollMs,
		ignored: path => isTemporaryName(basename(path)),
		// An editor that saves in two writes 120 ms apart must never show half a file; and an edit must be on screen within 300 ms.
		awaitWriteFinish: {stabilityThreshold: 150, pollInterval: 25},
	});
}

/**
 * Watches folders for edits of any editor. When the system has no watches left, says so once and looks every second instead. Resolves when
 * changes are seen from then on.
 */
export async function watchFolders(options: WatchFolders): Promise<Watching> {
	const told = new Set<string>();
	const ready = Promise.withResolvers<void>();
	let isClosed = false;
	let watcher: FSWatcher;
	const tellOnce = (key: string, text: string) => {
		if (!told.has(key) && !isClosed) {
			told.add(key);
			options.onProblem(text);
		}
	};

	const start = (usePolling: boolean) => {
		const started = open(options, usePolling);
		started.on('ready', () => ready.resolve());
		started.on('all', (_event, path) => {
			if (!isClosed && started === watcher) {
				options.onChange(path);
			}
		});
		// Without a listener an error of the watcher would end the process. An exhausted system gives one error for each folder.
		started.on('error', error => {
			if (usePolling || !isExhausted(error)) {
				tellOnce(errorCode(error) ?? 'other', `A change on disk may be shown late: ${whyOf(error)}`);
			} else if (started === watcher && !isClosed) {
				tellOnce(
					'exhausted',
					'The system has no file watches left, so changes are looked for every second (raise fs.inotify.max_user_watches)',
				);
				watcher = start(true);
				void started.close();
			}
		});
		return started;
	};

	watcher = start(await isSilent(options.root));
	await ready.promise;
	return {
		async close() {
			isClosed = true;
			await watcher.close();
		},
	};
}
