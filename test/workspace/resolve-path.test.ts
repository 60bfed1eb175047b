import {mkdir, realpath, symlink} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isWithin, resolvePath} from '../../source/workspace/resolve-path.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('paths of the workspace are inside, however they are written', async () => {
	await using folder = await tempFolder();
	await folder.write('src/a.ts', '');
	await symlink('src', folder.at('link'));

	for (const path of ['src/a.ts', './src//a.ts', 'src/../src/a.ts', folder.at('src/a.ts'), 'link/a.ts']) {
		expect(await resolvePath(folder.path, path)).toEqual({kind: 'inside', absolute: folder.at('src/a.ts'), relative: 'src/a.ts'});
	}

	expect(await resolvePath(folder.path, '.')).toEqual({kind: 'inside', absolute: folder.path, relative: '.'});
	expect(await resolvePath(folder.path, 'new/deep/file')).toEqual({
		kind: 'inside',
		absolute: folder.at('new/deep/file'),
		relative: 'new/deep/file',
	});
});

test('what lands outside is outside: parents, absolute, home, a sibling with the same beginning, links', async () => {
	await using folder = await tempFolder();
	const root = folder.at('work');
	await mkdir(root);
	await mkdir(folder.at('work-evil'));
	await symlink(folder.at('work-evil'), folder.at('work/link'));
	await symlink(folder.at('work-evil/not-there'), folder.at('work/dangling'));
	await symlink('link', folder.at('work/chain'));
	await symlink('link/..', folder.at('work/up'));

	const landings = {
		'../work-evil/x': folder.at('work-evil/x'),
		[folder.at('work-evil')]: folder.at('work-evil'),
		'/etc/passwd': await realpath('/etc/passwd'),
		'~/.ssh/id': join(homedir(), '.ssh/id'),
		'link/x': folder.at('work-evil/x'),
		'chain/x': folder.at('work-evil/x'),
		dangling: folder.at('work-evil/not-there'),
		'link/../secret': folder.at('secret'),
		'up/secret': folder.at('secret'),
		'missing/../../secret': folder.at('secret'),
	};
	for (const [path, absolute] of Object.entries(landings)) {
		expect(await resolvePath(root, path)).toEqual({kind: 'outside', absolute});
	}
});

test('circles, NUL, nothing, and a file used as a folder are broken', async () => {
	await using folder = await tempFolder();
	await symlink('two', folder.at('one'));
	await symlink('one', folder.at('two'));
	await folder.write('file', '');

	for (const path of ['one', 'two/x', 'a\0b', '', 'file/below']) {
		expect(await resolvePath(folder.path, path)).toMatchObject({kind: 'broken'});
	}
});

test('the answer is the one of the kernel for any path that exists', async () => {
	await using folder = await tempFolder();
	const root = folder.at('root');
	await folder.write('root/a/b/file', '');
	await folder.write('out/file', '');
	await symlink('../out', folder.at('root/o'));
	await symlink('a/b', folder.at('root/l'));
	await symlink('..', folder.at('root/a/p'));
	const parts = fc.array(fc.constantFrom('a', 'b', 'o', 'l', 'p', '..', '.', 'file', 'root', 'out'), {minLength: 1, maxLength: 7});

	await fc.assert(
		fc.asyncProperty(parts, async names => {
			const path = names.join('/');
			const real = await realpath(`${root}/${path}`).catch(() => undefined);
			const resolved = await resolvePath(root, path);
			if (real !== undefined) {
				expect(resolved).toMatchObject({kind: isWithin(root, real) ? 'inside' : 'outside', absolute: real});
			}
		}),
		{numRuns: 400},
	);
});
