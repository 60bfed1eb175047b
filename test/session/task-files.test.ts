import {writeFileSync} from 'node:fs';
import {symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openToBuild, projectWithSpec, resultsIn, send, specFolder} from '../faults/stage.ts';
import {calls, type Scripted, says} from '../support/fake-anthropic.ts';
import type {TestSession} from '../support/test-session.ts';

const tasks = `# P

## Tasks

- [ ] 1. Multiply in \`src/sum.js\`, as in \`src/long.js\`, \`.env\`, \`linked.js\`, \`src/none.js\` and \`src/denied.js\`
  - _Requirements: 1.1_
  - _Proof: \`test/sum.test.js\`_
`;
const files = {
	...projectWithSpec,
	'src/long.js': `// ${'long '.repeat(4000)}\n`,
	'src/denied.js': '// denied\n',
	'.env': 'TOKEN=canary\n',
	[`${specFolder}/tasks.md`]: tasks,
};
const start = {type: 'start-task', task: '1' as never} as const;
const shownIn = (message: string) => [...message.matchAll(/<file path=\\"([^\\]+)\\">/g)].map(([, path]) => path);
const first = (opened: TestSession) => JSON.stringify(opened.fake.requests[0]?.body.messages.at(-1));

async function open(script: readonly Scripted[]) {
	return openToBuild({
		files,
		script,
		options: {rules: [{effect: 'deny', capability: 'read', match: 'src/denied.js', from: 'user'}]},
	});
}

test('the files that a task names are in its first message, but no long, secret, denied or linked one', async () => {
	await using opened = await open([says('I look.'), says('Nothing.')]);
	await opened.folder.write('outside.js', '// outside\n');
	await symlink(opened.folder.at('outside.js'), join(opened.root, 'linked.js'));
	await send(opened, start);
	expect(shownIn(first(opened))).toEqual(['src/sum.js', 'test/sum.test.js']);
	expect(first(opened)).not.toMatch(/canary|outside/);
});

test('they count as read: what a person changes since is not edited unseen', async () => {
	await using opened = await open([]);
	opened.fake.script(
		() => {
			writeFileSync(join(opened.root, 'src/sum.js'), 'export const sum = (a, b) => a + b; // mine\n');
			return calls(['edit', {path: 'src/sum.js', old_text: 'a + b', new_text: 'b + a'}]);
		},
		says('I see.'),
		says('Nothing.'),
	);
	await send(opened, start);
	expect(resultsIn(opened.fake.requests[1]?.body ?? {messages: []}).map(({text}) => text)).toEqual([
		'src/sum.js changed since you read it. Read it again, then edit what is there now.',
	]);
});

test('files that the design names where it speaks of the task follow; a task without criteria is shown no tests', async () => {
	const more = {
		[`${specFolder}/design.md`]:
			'# Design Document\n\n## Components\n\n### `src/product.js` (new)\n\nMeets 1.1, beside `src/near.js` and `src/long.js`.\n\n### `src/other.js`\n\nMeets 2.1.\n',
		[`${specFolder}/tasks.md`]:
			'# P\n\n## Tasks\n\n- [ ] 1. Multiply, as in `src/sum.js`\n  - _Requirements: 1.1_\n- [ ] 2. Describe `src/sum.js`\n  - _Proof: `test/sum.test.js`_\n',
		'src/near.js': '// near\n',
		'src/other.js': '// other\n',
	};
	await using opened = await openToBuild({files: {...files, ...more}, script: [says('I look.'), says('Nothing.'), says('Nothing.')]});
	await send(opened, start);
	expect(shownIn(first(opened))).toEqual(['src/sum.js', 'src/near.js']);
	await send(opened, {type: 'start-task', task: '2' as never});
	expect(shownIn(JSON.stringify(opened.fake.requests.at(-1)?.body.messages.at(-1)))).toEqual(['src/sum.js']);
});

test('a task is told which files somebody changed since the one before it ended', async () => {
	const plan = '# P\n\n## Tasks\n\n- [ ] 1. First\n- [ ] 2. Second\n- [ ] 3. Third\n';
	await using opened = await openToBuild({
		files: {[`${specFolder}/tasks.md`]: plan},
		script: [calls(['write', {path: 'src/made.js', content: '// made\n'}]), says('Made.'), says('Nothing.')],
	});
	const opening = () => JSON.stringify(opened.fake.requests.at(-1)?.body.messages);
	await send(opened, start);
	expect(opening()).not.toContain('Changed since');
	writeFileSync(join(opened.root, 'src/sum.js'), 'export const sum = (a, b) => b + a;\n');
	await send(opened, {type: 'start-task', task: '2' as never});
	expect(opening()).toContain('Changed since the last task ended: `src/sum.js`. What');
	await using again = await opened.reopen([says('Nothing.')]);
	await send(again, {type: 'open-spec', name: 'products'}, {type: 'start-task', task: '3' as never});
	expect(JSON.stringify(again.fake.requests.at(-1)?.body.messages)).not.toContain('Changed since');
});

test('a small project is shown whole, with what no document names, and without the specs', async () => {
	await using opened = await openToBuild({
		files: {...projectWithSpec, 'src/near.js': '// near\n', 'package-lock.json': '{}\n'},
		script: [says('I look.'), says('Nothing.')],
	});
	await send(opened, {type: 'start-task', task: '1.1' as never});
	expect(shownIn(first(opened))).toEqual(['package.json', 'src/near.js', 'src/sum.js', 'test/sum.test.js']);
	expect(first(opened)).toContain('Files of the project as they are now');
});
