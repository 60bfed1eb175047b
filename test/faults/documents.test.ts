import {closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';
import {
	answerWith,
	eventsOf,
	happened,
	newestMessage,
	openToBuild,
	projectWithSpec,
	refusalOf,
	resultsIn,
	send,
	specFolder,
	until,
} from './stage.ts';

const requirements = smallSpec.requirements.replace(
	'# Requirements Document\n',
	'# Requirements Document\n\n## Introduction\n\nSums of numbers.\n',
);
const withRequirements = {...nodeProject, [`${specFolder}/requirements.md`]: requirements};
const fileOf = (opened: TestSession, document: string) => join(opened.root, specFolder, `${document}.md`);
const textOf = (opened: TestSession, document: string) => readFileSync(fileOf(opened, document), 'utf8');
const editProduct = calls(['edit_document', {document: 'requirements', old_text: 'their product', new_text: 'their exact product'}]);
const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);

async function openRequirements(options: Parameters<typeof openTestSession>[0] = {}): Promise<TestSession> {
	const opened = await openTestSession({files: withRequirements, ...options});
	await send(opened, {type: 'open-spec', name: 'products'});
	return opened;
}

const byPerson = (opened: TestSession) => eventsOf(opened, 'artifact.changed').filter(({by}) => by === 'person');

test('C01 a person’s change of another section and the agent’s edit are both on disk, and the agent is told of the person’s', async () => {
	await using opened = await openRequirements();
	opened.fake.script(() => {
		writeFileSync(fileOf(opened, 'requirements'), requirements.replace('Sums of numbers.', 'Sums and products.'));
		return editProduct;
	}, says('Changed.'));
	await send(opened, {type: 'send', text: 'exact, please'});
	opened.fake.assertDone();
	expect(textOf(opened, 'requirements')).toBe(
		requirements.replace('Sums of numbers.', 'Sums and products.').replace('their product', 'their exact product'),
	);
	expect(resultsIn(opened.fake.requests.at(-1)!.body)).toMatchObject([{isError: false}]);
	expect(newestMessage(opened.fake)).toContain('+Sums and products.');
});

test('C02 a person’s change of the same line stays on disk, and the agent is told', async () => {
	await using opened = await openRequirements();
	const theirs = requirements.replace('their product', 'their rounded product');
	opened.fake.script(() => {
		writeFileSync(fileOf(opened, 'requirements'), theirs);
		return calls([
			'edit_document',
			{document: 'requirements', old_text: 'SHALL return their product', new_text: 'SHALL return their exact product'},
		]);
	}, says('You changed it; it stays.'));
	await send(opened, {type: 'send', text: 'exact, please'});
	opened.fake.assertDone();
	expect(textOf(opened, 'requirements')).toBe(theirs);
	expect(resultsIn(opened.fake.requests.at(-1)!.body)).toMatchObject([{isError: true}]);
	expect(newestMessage(opened.fake)).toContain('their rounded product');
	// What the agent wanted is not lost either: it is in the chat, as it was asked for.
	expect(JSON.stringify(opened.fake.requests.at(-1)?.body.messages)).toContain('their exact product');
});

test('C03 an autosave of the same bytes is no change: nothing is told, and the edit goes through', async () => {
	await using opened = await openRequirements();
	const edited = requirements.replace('their product', 'their exact product');
	opened.fake.script(
		editProduct,
		() => {
			writeFileSync(fileOf(opened, 'requirements'), edited);
			utimesSync(fileOf(opened, 'requirements'), new Date(0), new Date(1000));
			return calls(['edit_document', {document: 'requirements', old_text: 'exact product', new_text: 'rounded product'}]);
		},
		says('Changed.'),
	);
	await send(opened, {type: 'send', text: 'exact, no, rounded'});
	opened.fake.assertDone();
	const [, result] = resultsIn(opened.fake.requests.at(-1)!.body);
	expect(result).toMatchObject({isError: false});
	expect(result!.text).not.toContain('changed elsewhere');
	expect(byPerson(opened)).toEqual([]);
	expect(newestMessage(opened.fake)).not.toContain('```diff');
});

test('C05 a save in two parts is taken whole, also when the agent’s turn looks at the disk in between', async () => {
	await using opened = await openRequirements();
	const after = requirements.replace('Sums of numbers.', 'Sums and products.');
	let saved = Promise.resolve();
	opened.fake.script(() => {
		const file = openSync(fileOf(opened, 'requirements'), 'w');
		writeSync(file, after.slice(0, 40));
		saved = sleep(120).then(() => {
			writeSync(file, after.slice(40));
			closeSync(file);
		});
		return calls(['list', {}]);
	}, says('I see.'));
	await send(opened, {type: 'send', text: 'look around'});
	await saved;
	await happened(opened, 'artifact.changed', ({text}) => text === after);
	expect(eventsOf(opened, 'artifact.changed').map(({text}) => text)).toEqual([requirements, after]);
	expect(JSON.stringify(opened.fake.requests.map(({body}) => body))).not.toContain('-1. WHEN two numbers');
});

test('C06 what the program and the agent write is never told as a person’s edit', async () => {
	await using opened = await openToBuild({script: [builds, says('Done.')]});
	answerWith(opened, () => ({key: 'y'}));
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	opened.fake.script(editProduct, says('Changed.'));
	await send(opened, {type: 'send', text: 'say exact'});
	opened.fake.assertDone();
	// A person's edit is seen in the order of the saves: once it is, the watcher has told everything before it.
	const design = `${smallSpec.design}\nBy hand.\n`;
	writeFileSync(fileOf(opened, 'design'), design);
	await happened(opened, 'artifact.changed', ({text}) => text === design);
	expect(byPerson(opened).map(({artifact}) => artifact)).toEqual(['design']);
});

test('C06 what undo puts back is no person’s edit either', async () => {
	await using opened = await openToBuild();
	answerWith(opened, () => ({key: 'y'}));
	opened.fake.script(editProduct, says('Changed.'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'say exact'}, {type: 'undo'});
	opened.fake.assertDone();
	expect(textOf(opened, 'requirements')).toBe(smallSpec.requirements);
	await until(() => opened.session.store.state().spec?.artifacts.requirements?.text === smallSpec.requirements);
	expect(byPerson(opened)).toEqual([]);
});

test('C17 an edit whose old text is missing or there twice changes nothing, and "done" after it ticks nothing', async () => {
	await using opened = await openToBuild({files: {'src/twice.js': 'one();\none();\n'}});
	opened.fake.script(
		calls(['read', {path: 'src/twice.js'}]),
		calls(
			['edit', {path: 'src/twice.js', old_text: 'one();', new_text: 'two();'}],
			['edit', {path: 'src/twice.js', old_text: 'three();', new_text: 'two();'}],
		),
		says('Done: both edits are made and all tests pass.'),
		says('Done, as I said.'),
	);
	await send(opened, {type: 'start-task', task: '1.1' as never});
	opened.fake.assertDone();
	expect(readFileSync(join(opened.root, 'src/twice.js'), 'utf8')).toBe('one();\none();\n');
	expect(resultsIn(opened.fake.requests.at(-1)!.body).map(({isError}) => isError)).toEqual([false, true, true]);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'waiting', grade: 'unproven'}]);
	expect(textOf(opened, 'tasks')).toBe(smallSpec.tasks.replace('[ ] 1.1', '[-] 1.1'));
});

test('C18 a tick keeps the line that a person edits in the meantime, and changes one byte', async () => {
	const tasks = `${smallSpec.tasks}- [ ] 2. Divide\n`;
	await using opened = await openToBuild({files: {[`${specFolder}/tasks.md`]: tasks}});
	const edited = tasks.replace('2. Divide', '2. Divide, and say by what').replace('[ ] 1.1', '[-] 1.1');
	opened.fake.script(builds, () => {
		writeFileSync(fileOf(opened, 'tasks'), edited);
		return says('Done.');
	});
	await send(opened, {type: 'start-task', task: '1.1' as never});
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done'}]);
	expect(textOf(opened, 'tasks')).toBe(edited.replace('[-] 1.1', '[x] 1.1').replace('[ ] 1. Multiply', '[x] 1. Multiply'));
	expect(byPerson(opened).map(({artifact}) => artifact)).toEqual(['tasks']);
});

test('C20 a spec that is moved away while it is open is told as gone, and not made again when the agent writes', async () => {
	await using opened = await openTestSession({files: {...nodeProject, [`${specFolder}/requirements.md`]: '\n'}});
	await send(opened, {type: 'open-spec', name: 'products'});
	opened.fake.script(() => {
		renameSync(join(opened.root, specFolder), join(opened.root, '.kiro/specs/renamed'));
		return calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]);
	}, says('It is gone.'));
	await refusalOf(opened, {type: 'send', text: 'write it'});
	opened.fake.assertDone();
	expect(existsSync(join(opened.root, specFolder))).toBe(false);
	expect(readFileSync(join(opened.root, '.kiro/specs/renamed/requirements.md'), 'utf8')).toBe('\n');
	expect(resultsIn(opened.fake.requests.at(-1)!.body)).toMatchObject([{isError: true}]);
	expect(eventsOf(opened, 'artifact.changed').at(-1)).toMatchObject({artifact: 'requirements', by: 'person'});
	expect(eventsOf(opened, 'artifact.changed').at(-1)).not.toHaveProperty('text');
});

test('C20 a task whose spec is removed while it runs ends with a sentence, its code stays, and nothing is made again', async () => {
	await using opened = await openToBuild();
	opened.fake.script(builds, () => {
		rmSync(join(opened.root, specFolder), {recursive: true});
		return says('Done.');
	});
	expect(await refusalOf(opened, {type: 'start-task', task: '1.1' as never})).toMatch(/gone/);
	expect(existsSync(join(opened.root, specFolder))).toBe(false);
	expect(statSync(join(opened.root, 'src/multiply.js')).isFile()).toBe(true);
	// The session is usable after it: the run is over, and another message is answered.
	opened.fake.script(says('It is gone.'));
	expect(opened.session.store.state().run.current).toBeUndefined();
	await refusalOf(opened, {type: 'say', stage: 'vibe', text: 'what now?'});
	opened.fake.assertDone();
	expect(existsSync(join(opened.root, specFolder))).toBe(false);
});

test('C20 a spec that is renamed while nothing runs leaves the screen’s documents, and opens under its new name', async () => {
	await using opened = await openTestSession({files: projectWithSpec});
	await send(opened, {type: 'open-spec', name: 'products'});
	renameSync(join(opened.root, specFolder), join(opened.root, '.kiro/specs/sums'));
	await happened(opened, 'artifact.changed', ({artifact, text}) => artifact === 'tasks' && text === undefined);
	expect(opened.session.store.state().spec?.artifacts).toEqual({});
	await send(opened, {type: 'open-spec', name: 'sums'});
	expect(opened.session.store.state().spec?.artifacts.tasks?.text).toBe(smallSpec.tasks);
	expect(existsSync(join(opened.root, specFolder))).toBe(false);
});
