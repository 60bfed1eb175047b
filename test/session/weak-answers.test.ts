import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventsOf, newestMessage, openToBuild, send, specFolder} from '../faults/stage.ts';
import {answers, call, calls, says, text, thinks} from '../support/fake-anthropic.ts';
import {askFreely, ends, finished, openEditing, results, startSpec} from '../support/free-turn.ts';
import {multiplyCode, multiplyTest, smallSpec} from '../support/test-session.ts';

describe('an answer that ends the turn with nothing', () => {
	test.each([
		['thinking alone', thinks('Hm, what to do?')],
		['no block at all', answers([])],
		['white space', answers([text('\n\n')])],
	])('%s is told once, and the turn goes on', async (_, reply) => {
		await using opened = await openEditing({script: [reply, calls(['read', {path: 'src/sum.js'}]), says('It adds.')]});
		await askFreely(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('neither words nor a call');
		expect(ends(opened)).toEqual([finished]);
	});

	test('a second time it ends the turn, the person sees it, and the next message is accepted', async () => {
		await using opened = await openEditing({script: [thinks('Hm'), thinks('Hm again')]});
		await askFreely(opened);
		expect(ends(opened)).toEqual([
			{
				outcome: 'empty',
				message: 'The model ended its turn without words and without a call, also when it was asked again',
				nextStep: 'Say what to do instead, or choose another model with /model',
			},
		]);
		opened.fake.script(says('Here I am.'));
		await askFreely(opened, 'And now?');
	});

	test('a task that ends so is not ticked', async () => {
		await using opened = await openToBuild({script: [thinks('Hm'), thinks('Hm again')]});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished')).toMatchObject([
			{outcome: 'interrupted', why: 'the model ended its turn without words and without a call'},
		]);
	});
});

describe('a call written as text', () => {
	const written = says('```json\n{"name": "write", "arguments": {"path": "a.txt", "content": "x"}}\n```');

	test('is never run, and is told', async () => {
		await using opened = await openEditing({script: [written, calls(['list', {}]), says('I see.')]});
		await askFreely(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('a call to `write` written as text');
		expect(results(opened)[0]).not.toContain('a.txt');
		expect(ends(opened)).toEqual([finished]);
	});

	const stopped = {
		outcome: 'written-call',
		message: 'The model wrote a call to write as text, also when it was told that this runs nothing',
		nextStep: 'Say what to do instead, or choose another model with /model',
	};

	test('a second time in a row it ends the turn, and the person sees why', async () => {
		await using opened = await openEditing({script: [written, written]});
		await askFreely(opened);
		expect(ends(opened)).toEqual([stopped]);
	});

	test('it is told again after a call, three times in a turn', async () => {
		const round = [written, calls(['list', {}])];
		await using opened = await openEditing({script: [...round, ...round, ...round, written]});
		await askFreely(opened);
		expect(ends(opened)).toEqual([stopped]);
	});

	test('a task that ends so is not ticked', async () => {
		await using opened = await openToBuild({script: [written, written]});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished')).toMatchObject([
			{outcome: 'interrupted', why: 'the model wrote a call as text, which runs nothing'},
		]);
	});

	test('a whole call in an answer that says it has none is run', async () => {
		await using opened = await openEditing({
			script: [answers([text('I look.'), call('read', {path: 'src/sum.js'})], {stop: 'end_turn'}), says('It adds.')],
		});
		await askFreely(opened);
		expect(results(opened)[0]).toContain('return a + b');
	});

	test('one that is only announced is asked for', async () => {
		await using opened = await openEditing({
			script: [says('Let me look at the file:'), calls(['read', {path: 'src/sum.js'}]), says('It adds.')],
		});
		await askFreely(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('ends with a colon and no call follows');
	});

	test('what the person said meanwhile goes along', async () => {
		await using opened = await openEditing();
		let queued: Promise<unknown> = Promise.resolve();
		opened.fake.script(() => {
			queued = opened.session.send({type: 'send', text: 'Why not only look?'});
			return says('<function=run><parameter=command>ls</parameter></function>');
		}, says('I look.'));
		await askFreely(opened);
		await queued;
		expect(newestMessage(opened.fake)).toMatch(/a call to `run` written as text.*Why not only look/);
	});
});

describe('a document in the chat', () => {
	test('is told which tool writes it, and is written then', async () => {
		await using opened = await openEditing({
			script: [
				says(`Here it is:\n\n\`\`\`markdown\n${smallSpec.requirements}\`\`\`\n`),
				calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]),
				says('Look at it.'),
			],
		});
		await startSpec(opened);
		const told = JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1));
		expect(told).toContain('Your answer holds the text of requirements.md, but no file was written');
		expect(told).toContain('`document`: `requirements`');
		expect(readFileSync(join(opened.root, specFolder, 'requirements.md'), 'utf8')).toBe(smallSpec.requirements);
	});

	test.each([
		['design', 'design.md'],
		['tasks', 'tasks.md'],
	] as const)('is known as %s where one conversation writes all three', async (document, file) => {
		await using opened = await openEditing({
			script: [says(smallSpec[document]), calls(['write_document', {document, content: smallSpec[document]}]), says('Look at it.')],
		});
		await startSpec(opened, 'quick');
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain(`the text of ${file}, but no file was written`);
	});

	test.each([
		['a draft with a question behind it', `${smallSpec.requirements}\nShall I write it like this?`],
		['words about it', 'WHEN two numbers are given, a product comes back.\n\n## Next\n\nI would begin with 1.1.'],
	])('%s is left to the person', async (_, answer) => {
		await using opened = await openEditing({script: [says(answer)]});
		await startSpec(opened);
	});

	test('is left alone once it is on disk', async () => {
		await using opened = await openEditing({
			script: [calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]), says(smallSpec.requirements)],
		});
		await startSpec(opened);
	});
});

describe('a document of another stage', () => {
	const content = '# Design Document\n\n## Overview\n';

	test('is refused with the one that this stage writes, also under its name', async () => {
		await using opened = await openEditing({
			script: [
				calls(['write_document', {document: 'design', content}], ['write_document', {document: 'requirements', content}]),
				says('I see.'),
			],
		});
		await startSpec(opened);
		expect(results(opened)).toEqual([
			'design is not written in this stage. This stage writes requirements. Say what should change there instead.',
			'Its title says that this is the text of design, not of requirements, so nothing was written. This stage writes requirements. Write that now; what belongs to design has a stage of its own.',
		]);
		expect(existsSync(join(opened.root, specFolder, 'requirements.md'))).toBe(false);
	});

	test('is told its name where one conversation writes all three', async () => {
		await using opened = await openEditing({script: [calls(['write_document', {document: 'requirements', content}]), says('I see.')]});
		await startSpec(opened, 'quick');
		expect(results(opened)).toEqual([
			'Its title says that this is the text of design, not of requirements, so nothing was written. Write it with document "design".',
		]);
	});

	test('in a task says that none is written there', async () => {
		await using opened = await openToBuild({
			script: [calls(['write_document', {document: 'tasks', content: '- [x] 1. Done\n'}]), thinks('Hm'), thinks('Hm')],
		});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(results(opened)).toEqual([
			'There is no tool called "write_document" here. No document is written in this stage: say what should change in it instead.',
		]);
	});
});

describe('code in the chat', () => {
	const shown = `Here is the code:\n\n\`\`\`js\n${multiplyCode}\`\`\`\n\nDone.`;
	const write = [
		['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
		['write', {path: 'src/multiply.js', content: multiplyCode}],
	] as const;

	test('of a task that changed no file is told where it belongs', async () => {
		await using opened = await openToBuild({script: [says(shown), calls(...write), says('Done.')], options: {mode: 'auto-edit'}});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('shows code, but this turn changed no file');
		expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done'}]);
	});

	test('of one that did, and in free iteration, may stand', async () => {
		await using opened = await openToBuild({script: [calls(...write), says(shown)], options: {mode: 'auto-edit'}});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		await using free = await openEditing({script: [says(shown)]});
		await askFreely(free);
	});
});
