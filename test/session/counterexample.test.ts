import {readFileSync, symlinkSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {answerForNobody} from '../../source/headless/answer-for.ts';
import {approvalText} from '../../source/protocol/select.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {answerWith} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {packageRoot} from '../support/run-cli.ts';
import {multiplyCode, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const files = {
	...nodeProject,
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': smallSpec.tasks,
};
const property = `import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {multiply} from '../src/multiply.js';

test('is the same both ways [1.1]', () => {
	fc.assert(fc.property(fc.nat(9), fc.nat(9), (a, b) => assert.equal(multiply(a, b), a * b)), {seed: 1});
});
`;
const wrong = multiplyCode.replace('a * b', 'a > 2 ? 0 : a * b');
const builds = calls(['write', {path: 'test/multiply.test.js', content: property}], ['write', {path: 'src/multiply.js', content: wrong}]);
const stays = [builds, says('The tests are there.'), says('Done.'), says('Done.'), says('Done.')];

async function opened(options: Parameters<typeof openTestSession>[0] = {}): Promise<TestSession> {
	const session = await openTestSession({files, ...options});
	await mkdir(join(session.root, 'node_modules'), {recursive: true});
	for (const name of ['fast-check', 'pure-rand']) {
		symlinkSync(join(packageRoot, 'node_modules', name), join(session.root, 'node_modules', name));
	}

	await session.session.send({type: 'open-spec', name: 'products'});
	const spec = session.session.store.state().spec!;
	await session.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(spec, 'tasks')});
	return session;
}

const start = (session: TestSession) => session.session.send({type: 'start-task', task: '1.1' as TaskId});
const ends = (session: TestSession) =>
	session.events.flatMap(event => (event.type === 'task.finished' ? [`${event.outcome} ${event.grade}: ${event.why}`] : []));
const told = (session: TestSession) => JSON.stringify(session.fake.requests.at(-1)?.body.messages.at(-1));
const choosing = (session: TestSession, key: string) => answerWith(session, ask => ({key: ask.kind === 'task' ? key : 'y'}));

describe('a task that stays red on a property', () => {
	test('was seen red on its assertion, keeps the counterexample, and asks what gives way', async () => {
		await using session = await opened();
		const asked = choosing(session, 'n');
		session.fake.script(...stays);
		await start(session);
		session.fake.assertDone();
		expect(session.events.find(event => event.type === 'tests.seen-red')).toMatchObject({
			tests: ['test/multiply.test.js > is the same both ways [1.1]'],
		});
		expect(session.session.store.state().tests.last?.report.tests.find(({status}) => status === 'failed')?.failure).toMatchObject({
			kind: 'assertion',
			inBody: true,
			counterexample: expect.stringMatching(/^\[3,1\] \(seed 1, path "/),
		});
		expect(told(session)).toContain('Counterexample: [3,1]');
		expect(asked.map(({kind, options}) => [kind, options.map(({label}) => label)])).toEqual([
			['task', ['fix the code', 'fix the test', 'fix the criterion', 'leave it red']],
		]);
		expect(ends(session)).toEqual(['failed red: says done, 1 red']);
	});

	test('gets another round for the code', async () => {
		await using session = await opened();
		choosing(session, 'c');
		session.fake.script(...stays, calls(['edit', {path: 'src/multiply.js', old_text: 'a > 2 ? 0 : a', new_text: 'a'}]), () => {
			expect(JSON.stringify(session.fake.requests.at(-2)?.body.messages.at(-1))).toContain('the property is right and the code is wrong');
			return says('Repaired.');
		});
		await start(session);
		session.fake.assertDone();
		expect(ends(session)).toEqual(['done proven: [1.1] proven']);
		expect(session.session.store.state().spec?.ledger.findLast(line => line.type === 'task')).toMatchObject({repairs: 3});
	});

	test('gets another round for the test, which then proves less', async () => {
		await using session = await opened();
		choosing(session, 't');
		session.fake.script(
			...stays,
			calls(['edit', {path: 'test/multiply.test.js', old_text: 'fc.nat(9), fc.nat(9)', new_text: 'fc.nat(2), fc.nat(9)'}]),
			says('Corrected.'),
		);
		await start(session);
		session.fake.assertDone();
		expect(ends(session)).toEqual(['done passing: [1.1] passing']);
	});

	test('ends, and the criterion is talked over in its stage', async () => {
		await using session = await opened();
		choosing(session, 'r');
		session.fake.script(
			...stays,
			calls(['edit_document', {document: 'requirements', old_text: 'their product', new_text: 'their product while it is below 3'}]),
			says('Look at it.'),
		);
		await start(session);
		session.fake.assertDone();
		expect(ends(session)).toEqual(['failed red: says done, 1 red']);
		expect(session.session.store.state().spec?.stage).toBe('requirements');
		expect(JSON.stringify(session.fake.requests.at(-1)?.body.messages)).toContain('found an input');
		expect(readFileSync(join(session.root, '.kiro/specs/products/requirements.md'), 'utf8')).toContain('below 3');
	});

	test('asks nobody where nobody is there', async () => {
		await using session = await opened({options: {answerFor: answerForNobody}});
		session.fake.script(...stays);
		await start(session);
		expect(ends(session)).toEqual(['failed red: says done, 1 red']);
	});
});
