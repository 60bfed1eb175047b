import {expect, test} from 'vitest';
import {send} from '../faults/stage.ts';
import {says} from '../support/fake-anthropic.ts';
import {nodeProject, openTestSession, type TestSession} from '../support/test-session.ts';

const create = {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'} as const;
const sent = (opened: TestSession, request: number) => JSON.stringify(opened.fake.requests[request]?.body.messages.at(-1));

test('the first message of a document names the files of the project, and no later one does', async () => {
	const files = {...nodeProject, '.env': 'TOKEN=1\n', 'out/made.js': '', '.gitignore': 'out\n'};
	await using opened = await openTestSession({files, script: [says('I see.'), says('Again.')]});
	await send(opened, create, {type: 'send', text: 'Go on.'});
	expect(sent(opened, 0)).toContain('\\n.gitignore\\npackage.json\\nsrc/sum.js\\ntest/sum.test.js');
	expect(sent(opened, 0)).not.toMatch(/\.env|made\.js/);
	expect(sent(opened, 1)).not.toContain('package.json');
});

test.each([
	['an empty folder is told to be one', {}, /holds no files yet/],
	[
		'many files are left to the model to list',
		Object.fromEntries(Array.from({length: 81}, (_, at) => [`src/${at}.js`, ''])),
		/^(?!.*src\/1\.js)/,
	],
])('%s', async (_, files, told) => {
	await using opened = await openTestSession({files, script: [says('I see.')]});
	await send(opened, create);
	expect(sent(opened, 0)).toMatch(told);
});
