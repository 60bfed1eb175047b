import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chmod, link, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {type Checkpoints, createCheckpoints} from '../../source/workspace/checkpoint.ts';
import {digestOf} from '../../source/workspace/digest.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';

type Project = {readonly root: TempFolder; readonly state: TempFolder; readonly checkpoints: Checkpoints};

async function openCheckpoints(root: TempFolder, state: TempFolder): Promise<Project> {
	let ids = 0;
	const checkpoints = await createCheckpoints({folder: state.at('checkpoints'), root: root.path, newId: () => `checkpoint-${++ids}`});
	return {root, state, checkpoints};
}

/** Changes a file the way a tool does. */
async function toolWrites({root, checkpoints}: Project, path: string, text: string) {
	await checkpoints.keep(root.at(path));
	await root.write(path, text);
	checkpoints.recordAfter(root.at(path), digestOf(text));
}

test('undo puts back exactly what tools changed, and nothing of what a person made since', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	const project = await openCheckpoints(root, state);
	const {checkpoints} = project;
	await root.write('src/a.ts', 'before\r\n');
	await chmod(root.at('src/a.ts'), 0o755);
	await root.write('.env', 'SECRET=1');
	await root.write('node_modules/x/index.js', 'x');
	const id = await checkpoints.begin('before 2.1');
	await toolWrites(project, 'src/a.ts', 'after');
	await toolWrites(project, 'src/new/b.ts', 'made by a tool');
	await root.write('notes.txt', 'made by the person');
	await root.write('src/new/own.ts', 'made by the person');

	expect(await checkpoints.changes(id)).toEqual([
		{path: 'src/a.ts', before: digestOf('before\r\n'), current: digestOf('after')},
		{path: 'src/new/b.ts', current: digestOf('made by a tool')},
	]);
	expect(await checkpoints.textBefore(id, 'src/a.ts')).toBe('before\r\n');
	expect(await checkpoints.restore(id, {force: false})).toEqual({restored: ['src/a.ts', 'src/new/b.ts'], skipped: []});

	expect(await readFile(root.at('src/a.ts'), 'utf8')).toBe('before\r\n');
	expect((await stat(root.at('src/a.ts'))).mode & 0o777).toBe(0o755);
	expect(await readdir(root.at('src/new'))).toEqual(['own.ts']);
	expect((await readdir(root.path)).sort()).toEqual(['.env', 'node_modules', 'notes.txt', 'src']);
	expect(await checkpoints.restore(id, {force: false})).toEqual({restored: [], skipped: []});
});

test('a file that a person edited after the tool is left alone until they say yes', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	const project = await openCheckpoints(root, state);
	await root.write('a.ts', 'before');
	const id = await project.checkpoints.begin('vibe');
	await toolWrites(project, 'a.ts', 'tool');
	await toolWrites(project, 'made.ts', 'tool');
	await root.write('a.ts', 'tool, and the person');
	await root.write('made.ts', 'tool, and the person');

	expect(await project.checkpoints.restore(id, {force: false})).toEqual({
		restored: [],
		skipped: [
			{path: 'a.ts', why: 'edited-since'},
			{path: 'made.ts', why: 'edited-since'},
		],
	});
	expect(await readFile(root.at('a.ts'), 'utf8')).toBe('tool, and the person');

	expect(await project.checkpoints.restore(id, {force: true})).toEqual({restored: ['a.ts', 'made.ts'], skipped: []});
	expect(await readFile(root.at('a.ts'), 'utf8')).toBe('before');
	expect(await readFile(state.at('checkpoints/blobs', digestOf('tool, and the person')), 'utf8')).toBe('tool, and the person');
});

test('an edit that a person made between two writes of a tool is not taken back unasked', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	const project = await openCheckpoints(root, state);
	await root.write('a.ts', 'before');
	const id = await project.checkpoints.begin('vibe');
	await toolWrites(project, 'a.ts', 'tool');
	await root.write('a.ts', 'tool + person');
	await toolWrites(project, 'a.ts', 'tool + person + tool');

	expect(await project.checkpoints.restore(id, {force: false})).toMatchObject({restored: [], skipped: [{why: 'edited-since'}]});
});

test('what became a link, a hard link or a folder is skipped and told, also with force', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	await using outside = await tempFolder();
	const project = await openCheckpoints(root, state);
	const victim = await outside.write('victim', 'after');
	for (const name of ['symlink', 'hard', 'folder', 'parent/file']) {
		await root.write(name, 'before');
	}

	const id = await project.checkpoints.begin('vibe');
	for (const name of ['symlink', 'hard', 'folder', 'parent/file']) {
		await toolWrites(project, name, 'after');
	}

	await rm(root.at('symlink'));
	await symlink(victim, root.at('symlink'));
	await link(root.at('hard'), root.at('peer'));
	await rm(root.at('folder'));
	await mkdir(root.at('folder'));
	await rename(root.at('parent'), outside.at('parent'));
	await symlink(outside.at('parent'), root.at('parent'));

	for (const force of [false, true]) {
		expect(await project.checkpoints.restore(id, {force})).toEqual({
			restored: [],
			skipped: [
				{path: 'symlink', why: 'symlink'},
				{path: 'hard', why: 'hard-link'},
				{path: 'folder', why: 'folder'},
				{path: 'parent/file', why: 'symlink'},
			],
		});
	}

	expect(await readFile(victim, 'utf8')).toBe('after');
	expect(await readFile(outside.at('parent/file'), 'utf8')).toBe('after');
});

test('before-images outlive the program', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	const first = await openCheckpoints(root, state);
	await root.write('a.ts', 'before');
	const id = await first.checkpoints.begin('before 1');
	await toolWrites(first, 'a.ts', 'after');
	await first.checkpoints.begin('before 2');

	const {checkpoints} = await openCheckpoints(root, state);

	expect(checkpoints.list()).toEqual([
		{id: 'checkpoint-1', label: 'before 1'},
		{id: 'checkpoint-2', label: 'before 2'},
	]);
	expect(await checkpoints.restore(id, {force: false})).toEqual({restored: ['a.ts'], skipped: []});
	expect(await readFile(root.at('a.ts'), 'utf8')).toBe('before');
	expect((await stat(state.at('checkpoints'))).mode & 0o777).toBe(0o700);
});

test('git’s own files are never touched, and a huge file costs nothing', async () => {
	await using root = await tempFolder();
	await using state = await tempFolder();
	const project = await openCheckpoints(root, state);
	execFileSync('git', ['init', '-q', root.at('nested')]);
	const config = await readFile(root.at('nested/.git/config'), 'utf8');
	await root.write('huge', '');
	await truncate(root.at('huge'), 5_000_000_000);
	const id = await project.checkpoints.begin('vibe');
	await toolWrites(project, 'nested/.git/config', `${config}\n# touched`);
	await project.checkpoints.keep(root.at('huge'));
	await writeFile(root.at('huge'), 'small now');

	expect(await project.checkpoints.restore(id, {force: true})).toEqual({
		restored: [],
		skipped: [
			{path: 'nested/.git/config', why: 'protected'},
			{path: 'huge', why: 'too-large'},
		],
	});
	expect(existsSync(state.at('checkpoints/blobs'))).toBe(false);
});
