import {expect, test} from 'vitest';
import {approvalText} from '../../source/protocol/select.ts';
import {send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const create = {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'} as const;
const sent = (opened: TestSession, request: number) => JSON.stringify(opened.fake.requests[request]?.body.messages.at(-1)) ?? '';

const shownIn = (message: string) => [...message.matchAll(/<file path=\\"([^\\]+)\\">/g)].map(([, path]) => path);
const namesIn = (message: string) => /git ignores:\\n(.*?)(?:\\n\\n|")/.exec(message)?.[1]?.split('\\n') ?? [];

test('the first message of a document holds a small project whole, and no later one does', async () => {
	const files = {...nodeProject, '.env': 'TOKEN=1\n', 'out/made.js': '', '.gitignore': 'out\n', 'package-lock.json': '{}\n'};
	await using opened = await openTestSession({files, script: [says('I see.'), says('Again.')]});
	await send(opened, create, {type: 'send', text: 'Go on.'});
	expect(namesIn(sent(opened, 0))).toEqual(['package-lock.json']);
	expect(shownIn(sent(opened, 0))).toEqual(['.gitignore', 'package.json', 'src/sum.js', 'test/sum.test.js']);
	expect(sent(opened, 0)).toContain('return a + b;');
	expect(sent(opened, 0)).not.toMatch(/TOKEN|made\.js/);
	expect(sent(opened, 1)).not.toContain('package.json');
});

test('of a larger project it names the files, and shows those that the person names', async () => {
	const files = {...nodeProject, 'src/long.js': `// ${'long '.repeat(2000)}\n`};
	await using opened = await openTestSession({files, script: [says('I see.')]});
	await send(opened, {...create, idea: 'src/sum.js should multiply (see `./test/sum.test.js`), as src/sum does.'});
	expect(shownIn(sent(opened, 0))).toEqual(['src/sum.js', 'test/sum.test.js']);
	expect(namesIn(sent(opened, 0))).toEqual(['package.json', 'src/long.js']);
});

test('what it shows counts as read', async () => {
	await using opened = await openTestSession({script: [calls(['read', {path: 'src/sum.js'}]), says('I see.')]});
	const long = `// ${'long '.repeat(300)}\n`;
	await opened.folder.write('project/src/sum.js', long);
	await send(opened, create);
	expect(sent(opened, 1)).toContain('unchanged since you read it');
});

test('the tasks are written from the design, so the files have only their names there', async () => {
	await using opened = await openTestSession({
		files: {
			...nodeProject,
			'.kiro/specs/products/requirements.md': smallSpec.requirements,
			'.kiro/specs/products/design.md': smallSpec.design,
		},
		script: [says('I see.')],
	});
	await send(opened, {type: 'open-spec', name: 'products'});
	for (const stage of ['requirements', 'design'] as const) {
		await send(opened, {type: 'approve-text', stage, digest: approvalText(opened.session.store.state().spec!, stage)});
	}

	await send(opened, {type: 'enter-stage', stage: 'tasks'});
	expect(shownIn(sent(opened, 0))).toEqual([]);
	expect(namesIn(sent(opened, 0))).toEqual(['package.json', 'src/sum.js', 'test/sum.test.js']);
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

test.each([
	['a run without a screen tells beforehand that a question finds nobody', true],
	['a person at the screen is not told to be away', undefined],
] as const)('%s', async (_name, isUnattended) => {
	await using opened = await openTestSession({script: [says('I see.')], options: {...(isUnattended && {isUnattended})}});
	await send(opened, create);
	expect(sent(opened, 0).includes('nobody is there to answer')).toBe(isUnattended === true);
});
