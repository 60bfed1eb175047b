import {execFileSync, spawnSync} from 'node:child_process';
import {closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {mkdir, rm} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {watchFolders} from '../../source/workspace/watch.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';

const before = '# Tasks\n- [ ] 1. One\n';
const after = '# Tasks\n- [ ] 1. One, changed\n- [ ] 2. Two\n';

type Seen = {readonly path: string; readonly text: string; readonly at: number};

async function watched(folder: TempFolder, paths: readonly string[]) {
	const seen: Seen[] = [];
	let wake = () => {};
	const problems: string[] = [];
	const watching = await watchFolders({
		root: folder.path,
		paths,
		onChange(path) {
			let text = '';
			try {
				text = readFileSync(path, 'utf8');
			} catch {
				text = '(gone)';
			}

			seen.push({path, text, at: performance.now()});
			wake();
		},
		onProblem: problem => problems.push(problem),
	});
	return {
		seen,
		problems,
		async until(found: (entry: Seen) => boolean): Promise<Seen> {
			for (;;) {
				const entry = seen.find(found);
				if (entry !== undefined) {
					return entry;
				}

				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		},
		async [Symbol.asyncDispose]() {
			await watching.close();
		},
	};
}

const saves: readonly (readonly [string, (path: string) => void])[] = [
	['in place', path => writeFileSync(path, after)],
	[
		'vim with a backup',
		path => {
			writeFileSync(`${path}~`, before);
			rmSync(`${path}~`);
			renameSync(path, `${path}~`);
			writeFileSync(path, after);
			rmSync(`${path}~`);
		},
	],
	[
		'a JetBrains editor',
		path => {
			writeFileSync(`${path}___jb_tmp___`, after);
			renameSync(path, `${path}___jb_old___`);
			renameSync(`${path}___jb_tmp___`, path);
			rmSync(`${path}___jb_old___`);
		},
	],
	[
		'rename over',
		path => {
			writeFileSync(`${path}.tmp`, after);
			renameSync(`${path}.tmp`, path);
		},
	],
	['sed -i', path => execFileSync('sed', ['-i', '-e', 's/One/One, changed/', '-e', '$a - [ ] 2. Two', path])],
];

test.each(saves)('a save by %s is seen within 300 ms with its whole text, again and again', async (_, save) => {
	await using folder = await tempFolder();
	const path = await folder.write('.kiro/specs/login/tasks.md', before);
	await using watch = await watched(folder, [folder.at('.kiro/specs')]);
	const delays: number[] = [];
	for (let round = 0; round < 3; round++) {
		if (round > 0) {
			watch.seen.length = 0;
			writeFileSync(path, before);
			await watch.until(entry => entry.path === path && entry.text === before);
		}

		watch.seen.length = 0;
		const savedAt = performance.now();
		save(path);
		const entry = await watch.until(candidate => candidate.path === path && candidate.text !== before);
		expect(entry.text).toBe(after);
		delays.push(entry.at - savedAt);
	}

	// The fastest of three: a busy machine may be late once.
	expect(Math.min(...delays)).toBeLessThan(300);
	expect(watch.problems).toEqual([]);
});

test('a save in two parts 120 ms apart is never seen half', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('.kiro/specs/login/tasks.md', before);
	await using watch = await watched(folder, [folder.at('.kiro/specs')]);

	const file = openSync(path, 'w');
	writeSync(file, after.slice(0, 10));
	await sleep(120);
	writeSync(file, after.slice(10));
	closeSync(file);

	await watch.until(entry => entry.path === path && entry.text === after);
	expect(watch.seen.filter(entry => entry.path === path).map(entry => entry.text)).toEqual([after]);
});

test('folders that are made later, removed and made again are followed', async () => {
	await using folder = await tempFolder();
	await using watch = await watched(folder, [folder.at('.kiro/specs'), folder.at('.kiro/steering')]);
	for (const round of ['first', 'second']) {
		await mkdir(folder.at('.kiro/specs/new'), {recursive: true});
		const path = await folder.write('.kiro/specs/new/design.md', round);
		await watch.until(entry => entry.path === path && entry.text === round);
		await rm(folder.at('.kiro'), {recursive: true});
		await watch.until(entry => entry.path === path && entry.text === '(gone)');
	}

	expect(watch.problems).toEqual([]);
});

test('temporary files and locks of our own writes are not told', async () => {
	await using folder = await tempFolder();
	await mkdir(folder.at('.kiro/specs/a'), {recursive: true});
	await using watch = await watched(folder, [folder.at('.kiro/specs')]);

	await folder.write('.kiro/specs/a/.tasks.md.kiro-12-1', 'temporary');
	await folder.write('.kiro/specs/a/.tasks.md.kiro-lock', 'lock');
	const last = await folder.write('.kiro/specs/a/tasks.md', 'ours');

	await watch.until(entry => entry.path === last);
	expect(watch.seen.map(entry => entry.path)).toEqual([last]);
});

/** Runs a command where the system has only five file watches; needs user namespaces. */
function withoutWatches(...command: readonly string[]) {
	const script = 'unshare -Ur bash -c \'echo 5 > /proc/sys/user/max_inotify_watches && exec "$@"\' bash "$@"';
	return spawnSync('bash', ['-c', script, 'bash', ...command], {encoding: 'utf8'});
}

test('with no watches left it is told once, and changes are seen all the same', async ({skip}) => {
	skip(withoutWatches('true').status !== 0, 'this system gives no user namespaces');
	await using folder = await tempFolder();
	for (let index = 0; index < 20; index++) {
		await folder.write(`.kiro/specs/s${index}/tasks.md`, before);
	}

	const watcher = fileURLToPath(new URL('watch-once.ts', import.meta.url));
	const output = withoutWatches(process.execPath, watcher, folder.path).stdout;

	expect(output.trim().split('\n')).toEqual([expect.stringContaining('no file watches left'), 'changed .kiro/specs/s19/tasks.md']);
});
