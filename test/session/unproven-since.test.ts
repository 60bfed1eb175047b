import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {liveMatrix} from '../../source/protocol/live-matrix.ts';
import {approvalText} from '../../source/protocol/select.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const files = {
	...nodeProject,
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': smallSpec.tasks,
};
const stub = 'export function multiply() {}\n';
const other = 'export function multiply(a, b) {\n\treturn b * a;\n}\n';
const wrong = 'export function multiply(a, b) {\n\treturn a - b;\n}\n';

const rowOf = ({session}: TestSession) => {
	const row = liveMatrix(session.store.state()).rows[0]!;
	return {grade: row.grade, isAged: row.unprovenSince !== undefined, changedFiles: row.changedFiles, lastResult: row.lastResult};
};
const proven = {grade: 'proven', isAged: false, changedFiles: [], lastResult: 'passed'};
const aged = {grade: 'unproven', isAged: true, changedFiles: ['src/multiply.js'], lastResult: 'passed'};
const linesOf = (opened: TestSession, type: string) =>
	readFileSync(join(opened.root, '.kiro/specs/products/ledger.jsonl'), 'utf8')
		.split('\n')
		.filter(line => line.includes(`"type":"${type}"`)).length;
const looks = (opened: TestSession) => opened.session.send({type: 'read-evidence'});

/** A spec whose one task was built tests first, so that its criterion is proven. */
async function openProven(): Promise<TestSession> {
	const opened = await openTestSession({files});
	opened.fake.script(
		calls(['write', {path: 'src/multiply.js', content: stub}], ['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}]),
		says('The test fails.'),
		calls(['write', {path: 'src/multiply.js', content: multiplyCode}]),
		says('Done.'),
	);
	await opened.session.send({type: 'open-spec', name: 'products'});
	const digest = approvalText(opened.session.store.state().spec!, 'tasks');
	await opened.session.send({type: 'approve-text', stage: 'tasks', digest});
	expect(await opened.session.send({type: 'start-task', task: '1.1' as TaskId})).toEqual({ok: true});
	return opened;
}

describe('a file of proven evidence that is edited', () => {
	test('leaves the criterion proven until then, and unproven since its edit', async () => {
		await using opened = await openProven();
		expect(rowOf(opened)).toEqual(proven);
		await opened.write('src/multiply.js', other);
		await looks(opened);
		expect(rowOf(opened)).toEqual(aged);
	});

	test('is still told after a restart, costs no tokens, and is cleared by its tests for good', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		await using again = await opened.reopen();
		await again.session.send({type: 'open-spec', name: 'products'});
		expect(rowOf(again)).toEqual(aged);
		await again.session.send({type: 'run-tests'});
		expect(rowOf(again)).toEqual(proven);
		expect(linesOf(again, 'check')).toBe(1);
		await again.session.send({type: 'run-tests'});
		expect(linesOf(again, 'check')).toBe(1);
		expect(again.fake.requests).toEqual([]);
		await using third = await again.reopen();
		await third.session.send({type: 'open-spec', name: 'products'});
		expect(rowOf(third)).toEqual(proven);
	});

	test('is red while its tests fail, also after a restart', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', wrong);
		await opened.session.send({type: 'run-tests'});
		expect(rowOf(opened)).toEqual({grade: 'red', isAged: false, changedFiles: [], lastResult: 'failed'});
		expect(linesOf(opened, 'check')).toBe(0);
		await using again = await opened.reopen();
		await again.session.send({type: 'open-spec', name: 'products'});
		expect(rowOf(again)).toEqual(rowOf(opened));
	});

	test('is proven again when the old bytes are put back', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		await looks(opened);
		await opened.write('src/multiply.js', multiplyCode);
		await looks(opened);
		expect(rowOf(opened)).toEqual(proven);
	});

	test('is not cleared by a run that skips its test', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		await opened.write('test/multiply.test.js', multiplyTest(6).replace("test('", "test.skip('"));
		await opened.session.send({type: 'run-tests'});
		expect(linesOf(opened, 'check')).toBe(0);
		expect(rowOf(opened).grade).toBe('red');
	});

	test('is cleared by a run of the tests of this criterion alone', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		expect(await opened.session.send({type: 'run-tests', criterion: '1.1'})).toEqual({ok: true});
		const {last} = opened.session.store.state().tests;
		expect([last?.report.scope, last?.report.counts.passed]).toEqual(['related', 1]);
		expect(rowOf(opened)).toEqual(proven);
		expect(linesOf(opened, 'check')).toBe(1);
	});

	test('is cleared by its test file alone after a restart, when no run has named its tests yet', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		await using again = await opened.reopen();
		await again.session.send({type: 'open-spec', name: 'products'});
		expect(await again.session.send({type: 'run-tests', criterion: '1.1'})).toEqual({ok: true});
		expect(again.session.store.state().tests.last?.report.command).toContain('test/multiply.test.js');
		expect(rowOf(again)).toEqual(proven);
	});

	test('is cleared by the tests after a free turn that edited it', async () => {
		await using opened = await openProven();
		opened.fake.script(
			calls(['read', {path: 'src/multiply.js'}]),
			calls(['edit', {path: 'src/multiply.js', old_text: 'a * b', new_text: 'b * a'}]),
			says('Done.'),
		);
		await opened.session.send({type: 'say', stage: 'vibe', text: 'turn it round'});
		expect(readFileSync(join(opened.root, 'src/multiply.js'), 'utf8')).toBe(other);
		expect(rowOf(opened)).toEqual(proven);
		expect(linesOf(opened, 'check')).toBe(1);
	});

	test('is cleared once by /verify, also for the spec that is open', async () => {
		await using opened = await openProven();
		await opened.write('src/multiply.js', other);
		expect(await opened.session.send({type: 'send', text: '/verify'})).toEqual({ok: true});
		expect(rowOf(opened)).toEqual(proven);
		expect(linesOf(opened, 'check')).toBe(1);
	});
});

describe('home', () => {
	test('tells from disk how many criteria of a spec are unproven since', async () => {
		await using opened = await openProven();
		await opened.session.send({type: 'go-home'});
		expect(opened.session.store.state().specs[0]?.unprovenSince).toBeUndefined();
		await opened.write('src/multiply.js', other);
		await using again = await opened.reopen();
		expect(again.session.store.state().specs[0]?.unprovenSince).toBe(1);
	});
});

describe('what the session knows of the evidence', () => {
	test('are the tests that name a criterion in the source, before any run', async () => {
		await using opened = await openTestSession({files: {...files, 'test/multiply.test.js': multiplyTest(6), 'src/multiply.js': stub}});
		await opened.session.send({type: 'open-spec', name: 'products'});
		expect(liveMatrix(opened.session.store.state()).rows[0]?.tests).toEqual([
			{name: 'multiplies [1.1]', file: 'test/multiply.test.js', line: 5, status: 'unknown'},
		]);
		await opened.write('test/multiply.test.js', `\n${multiplyTest(6)}`);
		await looks(opened);
		expect(liveMatrix(opened.session.store.state()).rows[0]?.tests[0]?.line).toBe(6);
	});

	test('says nothing when nothing changed', async () => {
		await using opened = await openProven();
		await looks(opened);
		const before = opened.events.length;
		await looks(opened);
		expect(opened.events.slice(before)).toEqual([]);
	});

	test('a criterion without a test is told how to get one', async () => {
		await using opened = await openTestSession({files});
		await opened.session.send({type: 'open-spec', name: 'products'});
		expect(await opened.session.send({type: 'run-tests', criterion: '1.1'})).toMatchObject({
			ok: false,
			error: {message: 'No test is known that names 1.1'},
		});
	});
});
