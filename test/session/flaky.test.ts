import {expect, test} from 'vitest';
import {eventsOf, openToBuild, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

/** A test that fails whenever its file is run for the second time. */
const unsteady = (name: string) => `import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import test from 'node:test';
test('${name}', () => {
	const runs = existsSync('runs') ? Number(readFileSync('runs', 'utf8')) + 1 : 1;
	writeFileSync('runs', String(runs));
	assert.notEqual(runs, 2);
});
`;
const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);
const ends = (opened: TestSession) => eventsOf(opened, 'task.finished').map(({outcome, why}) => `${outcome}: ${why}`);

test('a test that fails and then passes alone is flaky: not blamed on the task, told, and kept in the ledger', async () => {
	await using opened = await openToBuild({files: {'test/unsteady.test.js': unsteady('sometimes')}});
	opened.fake.script(builds, says('Done.'));
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(ends(opened)).toEqual(['done: [1.1] passing']);
	expect(eventsOf(opened, 'tests.started').map(({reason}) => reason)).toEqual(['baseline', 'tests-first', 'task', 'again', 'again']);
	expect(
		eventsOf(opened, 'tests.finished')
			.at(-1)
			?.comparison?.flaky?.map(({name}) => name),
	).toEqual(['sometimes']);
	const lines = opened.session.store.state().spec?.ledger ?? [];
	expect(lines.findLast(line => line.type === 'task')).toMatchObject({flaky: ['test/unsteady.test.js > sometimes'], red: []});
});

test('a flaky test of the task’s own criterion is no evidence of it: a person decides', async () => {
	await using opened = await openToBuild();
	opened.fake.script(
		calls(
			['write', {path: 'test/unsteady.test.js', content: unsteady('multiplies [1.1]')}],
			['write', {path: 'src/multiply.js', content: multiplyCode}],
		),
		says('Done.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(ends(opened)).toEqual(['waiting: the test of 1.1 is flaky']);
});

test('a test that keeps failing is red after it was run again', async () => {
	await using opened = await openToBuild();
	opened.fake.script(
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(7)}],
			['write', {path: 'src/multiply.js', content: multiplyCode}],
		),
		says('The tests are there.'),
		says('Done.'),
		says('Yes.'),
		says('Yes.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	expect(ends(opened)).toEqual(['failed: says done, 1 red']);
});
