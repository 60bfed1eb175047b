import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerForNobody} from '../../source/headless/answer-for.ts';
import {answerWith, eventsOf, openToBuild, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, smallSpec, type TestSession} from '../support/test-session.ts';

const others = `import assert from 'node:assert/strict';
import test from 'node:test';
import {sum} from '../src/sum.js';

test('adds [2.1]', () => {
	assert.equal(sum(2, 2), 4);
});

test('an old one', () => {
	assert.equal(sum(0, 0), 0);
});
`;
const files = {'test/sum.test.js': others};
const edits = (old_text: string, new_text: string) =>
	calls(['read', {path: 'test/sum.test.js'}], ['edit', {path: 'test/sum.test.js', old_text, new_text}]);
const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);
const ends = (opened: TestSession) => eventsOf(opened, 'task.finished').map(({outcome, why}) => `${outcome}: ${why}`);
const caught = (opened: TestSession) =>
	opened.session.store.state().spec?.ledger.flatMap(line => (line.type === 'task' ? (line.caught ?? []) : []));

test('a deleted test that is evidence for another criterion is put to the person with its diff, and put back on a no', async () => {
	const deleted = others.slice(others.indexOf("test('adds"), others.indexOf("test('an old"));
	await using opened = await openToBuild({files});
	opened.fake.script(
		edits(deleted, ''),
		says('The tests are there.'),
		edits("test('an old", `${deleted}test('an old`),
		builds,
		says('Done.'),
	);
	const asked = answerWith(opened, () => ({key: 'n'}));
	await send(opened, {type: 'command', text: '/start 1.1'});
	opened.fake.assertDone();
	expect(asked).toMatchObject([{kind: 'tampering'}]);
	expect(asked[0]?.lines.join('\n')).toContain("-test('adds [2.1]', () => {");
	expect(ends(opened)).toEqual(['done: [1.1] passing']);
	expect(caught(opened)).toMatchObject([{kind: 'tampering', what: expect.stringContaining('adds [2.1]')}]);
	expect(readFileSync(join(opened.root, 'test/sum.test.js'), 'utf8')).toBe(others);
});

test.each([
	['skipped', "test('adds [2.1]',", "test.skip('adds [2.1]',"],
	['weakened', 'assert.equal(sum(2, 2), 4);', 'assert.ok(sum(2, 2));'],
	['emptied', '\tassert.equal(sum(2, 2), 4);\n', ''],
])('without a person a test that is %s ends the task, unticked', async (_, find, replacement) => {
	await using opened = await openToBuild({files, options: {answerFor: answerForNobody}});
	opened.fake.script(edits(find, replacement), says('Done.'));
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(ends(opened)).toEqual([expect.stringContaining('failed: changed what other evidence rests on: test/sum.test.js')]);
	expect(readFileSync(join(opened.root, specFolder, 'tasks.md'), 'utf8')).toContain('[-] 1.1');
});

test('a yes accepts the change, once, and the ledger keeps that it was accepted', async () => {
	await using opened = await openToBuild({files});
	opened.fake.script(edits('sum(2, 2), 4', 'sum(2, 3), 5'), builds, says('Done.'));
	const asked = answerWith(opened, () => ({key: 'y'}));
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(asked).toHaveLength(1);
	expect(ends(opened)).toEqual(['done: [1.1] passing']);
	expect(caught(opened)).toMatchObject([{what: expect.stringContaining('(accepted)')}]);
});

test('a rewritten snapshot and test configuration are asked about; a new test beside the old ones is not', async () => {
	const more = {...files, 'test/__snapshots__/a.snap': 'old\n', 'vitest.config.js': 'export default {};\n'};
	await using opened = await openToBuild({files: more});
	opened.fake.script(
		edits("test('an old", "test('another', () => {\n\tassert.equal(sum(1, 1), 2);\n});\n\ntest('an old"),
		calls(
			['read', {path: 'test/__snapshots__/a.snap'}],
			['read', {path: 'vitest.config.js'}],
			['edit', {path: 'test/__snapshots__/a.snap', old_text: 'old', new_text: 'new'}],
			['edit', {path: 'vitest.config.js', old_text: '{}', new_text: '{bail: 1}'}],
		),
		builds,
		says('Done.'),
	);
	const asked = answerWith(opened, () => ({key: 'y'}));
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(asked.map(({lines}) => lines.slice(0, 2))).toEqual([
		['test/__snapshots__/a.snap: a snapshot was rewritten', 'vitest.config.js: the test configuration was rewritten'],
	]);
});

test('a test of the task’s own criterion may change, which takes its proof away', async () => {
	await using opened = await openToBuild({files: {[`${specFolder}/requirements.md`]: smallSpec.requirements}});
	opened.fake.script(
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: 'export function multiply() {}\n'}],
		),
		says('The tests are there.'),
		calls(
			['write', {path: 'src/multiply.js', content: 'export function multiply() { return 7; }\n'}],
			['edit', {path: 'test/multiply.test.js', old_text: '3), 6', new_text: '3), 7'}],
		),
		says('Done.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(ends(opened)).toEqual(['done: [1.1] passing']);
});
