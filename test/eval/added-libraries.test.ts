import {expect, test} from 'vitest';
import {tempFolder} from '../support/temp-folder.ts';
import {addedLibraries} from './added-libraries.ts';
import type {Scratch} from './scratch.ts';

test('what the manifests gained is told, and what of it is not installed', async () => {
	await using folder = await tempFolder();
	const files = {
		'before/package.json': '{"dependencies": {"old": "1.0.0"}}',
		'after/package.json': '{"dependencies": {"old": "1.0.0", "there": "1.0.0"}, "devDependencies": {"@made/up": "9"}}',
		'after/node_modules/there/package.json': '{}',
		'after/pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "no-such-thing-at-all[extra]>=2; python_version < \'4\'",\n]\n',
		'after/go.mod': 'module example.org/x\n\ngo 1.19\n\nrequire (\n\texample.org/none/such v1.2.3\n)\n',
	};
	for (const [path, text] of Object.entries(files)) {
		await folder.write(path, text);
	}

	const env = {PATH: process.env.PATH ?? '', HOME: folder.path, GOFLAGS: '-mod=mod', GOPROXY: 'off'};
	const scratch: Scratch = {root: folder.at('after'), home: folder.path, env, remove: async () => {}};
	expect(await addedLibraries(folder.at('before'), scratch)).toEqual({
		added: ['there', '@made/up', 'no-such-thing-at-all', 'example.org/none/such'],
		absent: ['@made/up', 'no-such-thing-at-all', 'example.org/none/such'],
	});
});

test('a manifest that a run left broken adds nothing, and breaks nothing', async () => {
	await using folder = await tempFolder();
	await folder.write('after/package.json', '{"dependencies": {');
	const scratch: Scratch = {root: folder.at('after'), home: folder.path, env: {}, remove: async () => {}};
	expect(await addedLibraries(folder.at('before'), scratch)).toEqual({added: [], absent: []});
});
