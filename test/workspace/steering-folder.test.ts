import {symlink} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {loadSteering, steeringFor} from '../../source/workspace/steering-folder.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('steering comes from the person and the workspace, always in the same order', async () => {
	await using folder = await tempFolder();
	const root = folder.at('work');
	await folder.write('home/.kiro/steering/me.md', 'I like tabs');
	await folder.write('work/.kiro/steering/tech.md', '\uFEFF---\ninclusion: fileMatch\nfileMatchPattern: "src/**/*.ts"\n---\nTypeScript');
	await folder.write('work/.kiro/steering/product.md', 'The product');
	await folder.write('work/.kiro/steering/release.md', '---\ninclusion: manual\n---\nHow to release');
	await folder.write('work/AGENTS.md', '---\ninclusion: manual\n---\nFor agents');
	await symlink('AGENTS.md', folder.at('work/CLAUDE.md'));

	const files = await loadSteering(root, folder.at('home'));

	expect(files.map(({path, inclusion, body}) => [path, inclusion, body.trim().split('\n').at(-1)])).toEqual([
		['~/.kiro/steering/me.md', 'always', 'I like tabs'],
		['.kiro/steering/product.md', 'always', 'The product'],
		['.kiro/steering/release.md', 'manual', 'How to release'],
		['.kiro/steering/tech.md', 'fileMatch', 'TypeScript'],
		['AGENTS.md', 'always', 'For agents'],
	]);
	for (const [path, count] of [
		['src/a/b.ts', 1],
		[folder.at('work/src/b.ts'), 1],
		['./src/b.ts', 1],
		['test/b.ts', 0],
		['src/b.tsx', 0],
	] as const) {
		expect(steeringFor(files, path)).toHaveLength(count);
	}
});

test('below the root the nearest AGENTS.md speaks, and other people’s code does not', async () => {
	await using folder = await tempFolder();
	await folder.write('packages/AGENTS.md', 'all packages');
	await folder.write('packages/a/AGENTS.md', 'package a');
	await folder.write('node_modules/x/AGENTS.md', 'a dependency');

	const files = await loadSteering(folder.path, folder.at('home'));
	const bodies = (path: string) => steeringFor(files, path).map(file => file.body);

	expect(files.filter(file => file.inclusion === 'always')).toEqual([]);
	expect(bodies('packages/a/src/x.ts')).toEqual(['package a']);
	expect(bodies('packages/b/x.ts')).toEqual(['all packages']);
	expect(bodies('packages-evil/x.ts')).toEqual([]);
	expect(bodies('node_modules/x/i.js')).toEqual([]);
});

test('a live include is the file as it is now, and never one from outside', async () => {
	await using folder = await tempFolder();
	await using outside = await tempFolder();
	await outside.write('secret', 'SECRET');
	await symlink(outside.at('secret'), folder.at('link'));
	await folder.write('api.yaml', 'openapi: 3');
	await folder.write('.kiro/steering/a.md', `See #[[file:api.yaml]], #[[file:link]], #[[file:${outside.at('secret')}]] and #[[file:gone]]`);

	const [file] = await loadSteering(folder.path, folder.at('home'));

	expect(file?.body).toContain('<file path="api.yaml">\nopenapi: 3\n</file>');
	expect(file?.body).toContain('<file path="link">not included: it is outside the workspace</file>');
	expect(file?.body).toContain('<file path="gone">not included: it does not exist</file>');
	expect(file?.body).not.toContain('SECRET');
});
