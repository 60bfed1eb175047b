import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, link, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {digestOf} from '../../source/workspace/digest.ts';
import {removeLeftovers} from '../../source/workspace/leftovers.ts';
import {writeFileSafely} from '../../source/workspace/write-file.ts';
import {tempFolder} from '../support/temp-folder.ts';

const run = promisify(execFile);
const writer = fileURLToPath(new URL('write-once.ts', import.meta.url));
const bytesOf = (text: string) => Buffer.from(text);

test('a file that was saved in between is left alone', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('a.md', 'theirs');

	expect(await writeFileSafely({path, bytes: bytesOf('ours'), expected: digestOf('before')})).toEqual({kind: 'changed'});
	expect(await writeFileSafely({path, bytes: bytesOf('ours')})).toEqual({kind: 'changed'});
	expect(await readFile(path, 'utf8')).toBe('theirs');
	expect(await readdir(folder.path)).toEqual(['a.md']);
});

test('a save of the same bytes is no conflict', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('a.md', 'same');
	await utimes(path, new Date(), new Date());

	expect(await writeFileSafely({path, bytes: bytesOf('new'), expected: digestOf('same')})).toEqual({
		kind: 'written',
		digest: digestOf('new'),
	});
});

test('mode bits are kept, and a new file gets the wanted ones', async () => {
	await using folder = await tempFolder();
	for (const mode of [0o755, 0o640, 0o600]) {
		const path = await folder.write(`mode-${mode}`, 'old');
		await chmod(path, mode);
		await writeFileSafely({path, bytes: bytesOf('new'), expected: digestOf('old')});
		expect((await stat(path)).mode & 0o7777).toBe(mode);
	}

	await writeFileSafely({path: folder.at('secret'), bytes: bytesOf('x'), mode: 0o600});
	expect((await stat(folder.at('secret'))).mode & 0o7777).toBe(0o600);
});

test('a file in a setgid folder keeps its group', async () => {
	await using folder = await tempFolder();
	await chmod(folder.path, 0o2755);
	const path = await folder.write('a', 'old');
	const {gid} = await stat(path);

	await writeFileSafely({path, bytes: bytesOf('new'), expected: 'any'});

	expect((await stat(path)).gid).toBe(gid);
});

test('a link stays a link, and both names of a file with two see the new bytes', async () => {
	await using folder = await tempFolder();
	const target = await folder.write('target', 'old');
	await symlink('target', folder.at('link'));
	await link(target, folder.at('peer'));

	expect(
		await writeFileSafely({path: folder.at('link'), bytes: bytesOf('new'), expected: digestOf('old'), root: folder.path}),
	).toMatchObject({kind: 'written'});

	expect((await lstat(folder.at('link'))).isSymbolicLink()).toBe(true);
	expect(await readFile(folder.at('peer'), 'utf8')).toBe('new');
	expect((await readdir(folder.path)).sort()).toEqual(['link', 'peer', 'target']);
});

test('links that lead out of the root, dangle or go in a circle are refused', async () => {
	await using folder = await tempFolder();
	await using outside = await tempFolder();
	const victim = await outside.write('victim', 'theirs');
	await symlink(victim, folder.at('out'));
	await symlink(outside.at('new'), folder.at('dangling'));
	await symlink('circle', folder.at('circle'));
	await symlink(outside.path, folder.at('folder'));

	for (const name of ['out', 'dangling', 'circle', 'folder/new', '../beside']) {
		expect(await writeFileSafely({path: name, bytes: bytesOf('ours'), expected: 'any', root: folder.path})).toMatchObject({kind: 'failed'});
	}

	expect(await readdir(outside.path)).toEqual(['victim']);
	expect(await readFile(victim, 'utf8')).toBe('theirs');
});

test('a dangling link is not replaced by a file', async () => {
	await using folder = await tempFolder();
	await symlink('nowhere', folder.at('dangling'));

	expect(await writeFileSafely({path: folder.at('dangling'), bytes: bytesOf('x')})).toMatchObject({kind: 'failed'});
	expect((await lstat(folder.at('dangling'))).isSymbolicLink()).toBe(true);
});

test('missing folders below the root are made', async () => {
	await using folder = await tempFolder();

	expect(await writeFileSafely({path: 'a/b/c.ts', bytes: bytesOf('x'), root: folder.path})).toMatchObject({kind: 'written'});
	expect(await readFile(folder.at('a/b/c.ts'), 'utf8')).toBe('x');
});

test('when the disk takes only a part, the old bytes stay whole and no temporary file is left', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('a.md', 'old');
	await link(await folder.write('b.md', 'old'), folder.at('peer'));
	// A limit of 1,000 blocks of 1,024 bytes makes write() first short and then fail with EFBIG.
	const write = (file: string) => run('bash', ['-c', `ulimit -f 1000; exec "$@"`, 'bash', process.execPath, writer, file, '4000000']);

	for (const file of [path, folder.at('b.md')]) {
		expect(JSON.parse((await write(file)).stdout)).toEqual({kind: 'failed', why: 'the file would be larger than this system allows'});
		expect(await readFile(file, 'utf8')).toBe('old');
	}

	expect((await readdir(folder.path)).sort()).toEqual(['a.md', 'b.md', 'peer']);
});

test('in a folder without write permission the file is written in place', async ({skip}) => {
	skip(process.getuid?.() === 0, 'root may write everywhere');
	await using folder = await tempFolder();
	const path = await folder.write('closed/a.md', 'old');
	await chmod(folder.at('closed'), 0o555);
	try {
		expect(await writeFileSafely({path, bytes: bytesOf('new'), expected: digestOf('old')})).toMatchObject({kind: 'written'});
		expect(await readFile(path, 'utf8')).toBe('new');
	} finally {
		await chmod(folder.at('closed'), 0o755);
	}
});

const strace = ['/usr/bin/strace', '/usr/local/bin/strace'].find(path => existsSync(path));

test('killed at any step, a save leaves the old or the new bytes, and its temporary file is removed later', {timeout: 120_000}, async ({
	skip,
}) => {
	skip(strace === undefined, 'strace is not installed');
	await using folder = await tempFolder();
	const big = 'n'.repeat(300_000);
	const kill = async (call: string, when: number) => {
		const name = `${call.split(',')[0]}-${when}`;
		const path = await folder.write(`${name}/a.md`, 'old');
		const inject = `inject=${call}:signal=SIGKILL:when=${when}`;
		await run(strace ?? '', ['-f', '-qq', '-o', '/dev/null', '-e', inject, process.execPath, writer, path, '300000']).catch(() => {});
		const left = (await readdir(folder.at(name))).length - 1;
		await removeLeftovers(folder.at(name), Date.now() + 2 * 3_600_000);
		expect(await readdir(folder.at(name))).toEqual(['a.md']);
		const text = await readFile(path, 'utf8');
		return {text: text === big ? 'new' : text, left};
	};

	expect(await kill('chmod,fchmod,fchmodat', 1)).toEqual({text: 'old', left: 1});
	expect(await kill('fsync', 1)).toEqual({text: 'old', left: 1});
	expect(await kill('rename,renameat,renameat2', 1)).toEqual({text: 'old', left: 1});
	expect(await kill('fsync', 2)).toEqual({text: 'new', left: 0});
});

test('an error on fsync leaves the old bytes; a rename across devices writes in place', async ({skip}) => {
	skip(strace === undefined, 'strace is not installed');
	await using folder = await tempFolder();
	const path = await folder.write('a.md', 'old');
	const inject = async (fault: string) =>
		JSON.parse(
			(await run(strace ?? '', ['-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`, process.execPath, writer, path, '10'])).stdout,
		);

	expect(await inject('fsync:error=EIO:when=1')).toEqual({kind: 'failed', why: 'the disk reports an error'});
	expect(await readFile(path, 'utf8')).toBe('old');
	expect(await inject('rename,renameat,renameat2:error=EXDEV')).toMatchObject({kind: 'written'});
	expect(await readFile(path, 'utf8')).toBe('n'.repeat(10));
	expect(await readdir(folder.path)).toEqual(['a.md']);
});

test('only old temporary files of dead processes are removed', async () => {
	await using folder = await tempFolder();
	await mkdir(folder.at('.folder.kiro-999999-1'));
	await writeFile(folder.at('.a.md.kiro-999999-1'), 'dead');
	await writeFile(folder.at(`.a.md.kiro-${process.pid}-1`), 'alive');
	await writeFile(folder.at('.b.kiro-notes'), 'a file of the person');

	expect(await removeLeftovers(folder.path, Date.now())).toEqual([]);
	expect(await removeLeftovers(folder.path, Date.now() + 2 * 3_600_000)).toEqual(['.a.md.kiro-999999-1']);
});
