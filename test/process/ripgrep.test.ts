import {execFileSync} from 'node:child_process';
import {symlink} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {listWithoutRipgrep} from '../../source/process/list-without-ripgrep.ts';
import {listFiles, searchFiles} from '../../source/process/ripgrep.ts';
import {searchInFiles} from '../../source/process/search-lines.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';

const env = {PATH: process.env.PATH};
const {signal} = new AbortController();

async function project(folder: TempFolder) {
	await folder.write('.gitignore', 'ignored/\n*.log\n');
	await folder.write('src/a.ts', 'const needle = 1;\n// NEEDLE (x)\n');
	await folder.write('src/ü ß.ts', 'needle\r\n');
	await folder.write('.github/ci.yml', 'needle: 1\n');
	await folder.write('ignored/x.ts', 'needle');
	await folder.write('x.log', 'needle');
	await folder.write('.git/config', 'needle');
	await folder.write('binary.bin', Buffer.from('needle\0\u0001'));
	await symlink('/etc', folder.at('outside'));
}

const files = ['.github/ci.yml', '.gitignore', 'binary.bin', 'src/a.ts', 'src/ü ß.ts'];

test('the project’s files: dot files too, without what git ignores, without git’s own, links not followed', async () => {
	await using folder = await tempFolder();
	await project(folder);
	const options = {root: folder.path, env, signal};

	expect(await listFiles({...options, limit: 100})).toEqual({files, isTruncated: false});
	expect(await listFiles({...options, limit: 100, glob: '*.ts', under: 'src'})).toEqual({
		files: ['src/a.ts', 'src/ü ß.ts'],
		isTruncated: false,
	});
	expect(await listFiles({...options, limit: 2})).toMatchObject({files: {length: 2}, isTruncated: true});
	expect(await listFiles({...options, limit: files.length})).toEqual({files, isTruncated: false});
	expect(await listFiles({...options, root: folder.at('src'), limit: 100})).toEqual({files: ['a.ts', 'ü ß.ts'], isTruncated: false});
});

test('without ripgrep git or a walk lists the same', async () => {
	await using folder = await tempFolder();
	await project(folder);
	const options = {root: folder.path, env, signal, limit: 100};

	expect((await listWithoutRipgrep(options)).files).toEqual(expect.arrayContaining(files));
	execFileSync('rm', ['-r', folder.at('.git')]);
	execFileSync('git', ['init', '-q', folder.path]);
	expect((await listWithoutRipgrep(options)).files).toEqual([...files, 'outside'].sort());
	expect(await listWithoutRipgrep({...options, glob: '*.ts', limit: 1})).toEqual({files: ['src/a.ts'], isTruncated: true});
});

test('lines are found with their place, in order', async () => {
	await using folder = await tempFolder();
	await project(folder);
	const options = {root: folder.path, env, signal, limit: 100};

	const found = {
		kind: 'found',
		lines: [
			{path: '.github/ci.yml', line: 1, text: 'needle: 1'},
			{path: 'src/a.ts', line: 1, text: 'const needle = 1;'},
			{path: 'src/ü ß.ts', line: 1, text: 'needle'},
		],
		isTruncated: false,
	};
	expect(await searchFiles({...options, pattern: 'needle\\b'})).toEqual(found);
	expect(await searchInFiles({...options, pattern: 'needle\\b'}, {files, isTruncated: false})).toEqual(found);
	expect(await searchFiles({...options, pattern: 'needle (x)', isLiteral: true, isCaseSensitive: false})).toMatchObject({
		lines: [{path: 'src/a.ts', line: 2}],
	});
	expect(
		await searchInFiles({...options, pattern: 'needle (x)', isLiteral: true, isCaseSensitive: false}, {files, isTruncated: false}),
	).toMatchObject({lines: [{line: 2}]});
	expect(await searchFiles({...options, pattern: 'needle', glob: '*.yml'})).toMatchObject({lines: [{path: '.github/ci.yml'}]});
	expect(await searchFiles({...options, pattern: 'needle', limit: 1})).toMatchObject({lines: {length: 1}, isTruncated: true});
	expect(await searchFiles({...options, pattern: 'nowhere'})).toEqual({kind: 'found', lines: [], isTruncated: false});
	expect(await searchFiles({...options, pattern: '--version'})).toEqual({kind: 'found', lines: [], isTruncated: false});
});

test('a pattern that is none is told, and an abort ends the search', async () => {
	await using folder = await tempFolder();
	await project(folder);
	const options = {root: folder.path, env, limit: 100};

	expect(await searchFiles({...options, signal, pattern: '('})).toEqual({kind: 'bad-pattern', why: expect.stringContaining('unclosed')});
	expect(await searchFiles({...options, signal: AbortSignal.abort(), pattern: 'needle'})).toMatchObject({kind: 'found', lines: []});
	expect(await listFiles({...options, signal: AbortSignal.abort()})).toMatchObject({files: []});
});
