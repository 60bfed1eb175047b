import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {evidenceOf} from '../../source/protocol/select.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {eventsOf, filesBelow, openToBuild, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, type TestSession} from '../support/test-session.ts';

const test11 = {path: 'test/multiply.test.js', content: multiplyTest(6)};
const code = {path: 'src/multiply.js', content: multiplyCode};
const specOf = (opened: TestSession) => opened.session.store.state().spec!;
const proofOf = (opened: TestSession) => specOf(opened).ledger.findLast(line => line.type === 'proof');
const gradeOf = (opened: TestSession) => {
	const evidence = evidenceOf(specOf(opened), '1.1' as TaskId);
	return evidence.kind === 'run' ? evidence.entry.grade : evidence.kind;
};
const testing = (assertion: string) =>
	`import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {multiply} from '../src/multiply.js';\n\ntest('multiplies [1.1]', () => {\n\t${assertion}\n});\n`;

async function built(...files: readonly {readonly path: string; readonly content: string}[]): Promise<TestSession> {
	const opened = await openToBuild({options: {provesTasks: true}});
	opened.fake.script(calls(...files.map(file => ['write', file] as const)), says('Done.'));
	await send(opened, {type: 'command', text: '/start 1.1'});
	await opened.session.settled();
	return opened;
}

test('a task that was built without seeing red is proven by taking its code back in a copy', async () => {
	await using opened = await built(test11, code);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'passing'}]);
	expect(proofOf(opened)).toMatchObject({
		evidence: [{criterion: '1.1', outcome: 'fails', tests: ['test/multiply.test.js > multiplies [1.1]']}],
	});
	expect(gradeOf(opened)).toBe('proven');
});

test('a test that cannot fail is no proof: it passes without the code, and no small fault is noticed', async () => {
	await using opened = await built({path: 'test/multiply.test.js', content: testing('assert.ok(multiply);')}, code);
	expect(proofOf(opened)).toMatchObject({evidence: [{outcome: 'passes'}], survivors: [{path: 'src/multiply.js', line: 2}, {line: 2}]});
	expect(gradeOf(opened)).toBe('passing');
	expect(opened.session.store.state().run.results).toMatchObject({'1.1': {grade: 'passing'}});
});

test('the person’s tree is only read, and nothing of the copy is left', async () => {
	await using opened = await openToBuild({options: {provesTasks: true}, files: {'node_modules/left/index.js': 'export {};\n'}});
	opened.fake.script(calls(['write', test11], ['write', code]), says('Done.'));
	await send(opened, {type: 'command', text: '/start 1.1'});
	const before = await filesBelow(join(opened.root, 'src'));
	await opened.session.settled();
	expect(await filesBelow(join(opened.root, 'src'))).toEqual(before);
	expect(readdirSync(join(opened.root, 'node_modules'))).toEqual(['left']);
	const copies = Object.keys(await filesBelow(opened.folder.at('kiro/state'))).filter(path => path.includes('/copies/'));
	expect(copies).toEqual([]);
	expect(gradeOf(opened)).toBe('proven');
});

test('a session that closes stops the proof, leaves nothing of it, and the tick stays', async () => {
	const opened = await openToBuild({options: {provesTasks: true}});
	opened.fake.script(calls(['write', test11], ['write', code]), says('Done.'));
	await send(opened, {type: 'command', text: '/start 1.1'});
	await opened.session.close();
	expect(readFileSync(join(opened.root, '.kiro/specs/products/tasks.md'), 'utf8')).toContain('[x] 1.1');
	expect(proofOf(opened)).toBeUndefined();
	expect(existsSync(opened.folder.at('kiro/state/copies'))).toBe(false);
	await opened[Symbol.asyncDispose]();
});

test('what a test guards was right before too: without the code of the task it still passes, and is not proven', async () => {
	const guard =
		"import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {sum, multiply} from '../src/sum.js';\n\ntest('still sums [1.1]', () => {\n\tassert.equal(sum(2, 3), 5);\n\tassert.ok(multiply);\n});\n";
	const rewritten =
		'export function sum(...numbers) {\n\tlet total = 0;\n\tfor (const number of numbers) {\n\t\ttotal = plus(total, number);\n\t}\n\treturn total;\n}\n\nfunction plus(a, b) {\n\treturn a + b;\n}\n\nexport function multiply(a, b) {\n\treturn a * b;\n}\n';
	await using opened = await openToBuild({options: {provesTasks: true}});
	opened.fake.script(
		calls(
			['read', {path: 'src/sum.js'}],
			['write', {path: 'src/sum.js', content: rewritten}],
			['write', {path: 'test/guard.test.js', content: guard}],
		),
		says('Done.'),
	);
	await send(opened, {type: 'command', text: '/start 1.1'});
	await opened.session.settled();
	expect(proofOf(opened)).toMatchObject({evidence: [{criterion: '1.1', outcome: 'passes'}]});
	expect(gradeOf(opened)).toBe('passing');
});
