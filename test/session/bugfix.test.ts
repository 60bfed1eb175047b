import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {approvalOf, approvalText} from '../../source/protocol/select.ts';
import {proposeRoute} from '../../source/session/routes.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {nodeProject, openTestSession, type TestSession} from '../support/test-session.ts';

const bugfix = `# Bugfix Requirements Document

## Introduction

The sum of no numbers is not a number.

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN no number is given THEN the system returns NaN

### Expected Behavior (Correct)

2.1 WHEN no number is given THEN the system SHALL return 0

### Unchanged Behavior (Regression Prevention)

3.1 WHEN two numbers are given THEN the system SHALL CONTINUE TO return their sum
`;
const tasks = `# Implementation Plan: Empty sum

## Tasks

- [ ] 1. Write bug condition exploration test
  - **EXPECTED OUTCOME**: Test FAILS
  - _Requirements: 1.1, 2.1_
- [ ] 2. Write preservation tests
  - _Requirements: 3.1_
- [ ] 3. Fix for the empty sum
  - [ ] 3.1 Implement the fix
    - _Bug_Condition: isBugCondition(numbers) where there is none_
    - _Expected_Behavior: 0_
    - _Preservation: sums_
    - _Requirements: 2.1, 3.1_
  - [ ] 3.2 Verify bug condition exploration test now passes
    - _Requirements: 2.1_
  - [ ] 3.3 Verify preservation tests still pass
- [ ] 4. Checkpoint - Ensure all tests pass
`;
const files = {
	...nodeProject,
	'.kiro/specs/empty-sum/bugfix.md': bugfix,
	'.kiro/specs/empty-sum/design.md': '# Design\n',
	'.kiro/specs/empty-sum/tasks.md': tasks,
};
const testFile = (name: string, assertion: string) =>
	`import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {sum} from '../src/sum.js';\n\ntest('${name}', () => {\n\tassert.equal(${assertion});\n});\n`;
const writes = (path: string, content: string) => calls(['write', {path, content}]);
const reproduces = writes('test/empty.test.js', testFile('an empty sum is 0 [2.1]', 'sum(), 0'));
const preserves = writes('test/keep.test.js', testFile('sums two [3.1]', 'sum(2, 3), 5'));
const fixes = [
	calls(['read', {path: 'src/sum.js'}]),
	calls(['edit', {path: 'src/sum.js', old_text: 'sum(a, b)', new_text: 'sum(a = 0, b = 0)'}]),
];

const id = (number: string) => number as TaskId;
const specOf = (opened: TestSession) => opened.session.store.state().spec!;
const boxes = (opened: TestSession) =>
	readFileSync(join(opened.root, '.kiro/specs/empty-sum/tasks.md'), 'utf8')
		.match(/\[.\] [\d.]+/g)
		?.join(' ');
const ends = (opened: TestSession) =>
	opened.events.flatMap(event => (event.type === 'task.finished' ? [`${event.task} ${event.outcome} ${event.grade}: ${event.why}`] : []));
const newest = (opened: TestSession) => specOf(opened).ledger.findLast(line => line.type === 'task');
const told = (opened: TestSession) => JSON.stringify(opened.fake.requests.at(-1)?.body.messages);

async function approved(opened: TestSession): Promise<TestSession> {
	await opened.session.send({type: 'open-spec', name: 'empty-sum'});
	expect(await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(specOf(opened), 'tasks')})).toEqual({
		ok: true,
	});
	return opened;
}

const start = (opened: TestSession, number: string) => opened.session.send({type: 'start-task', task: id(number)});

describe('a bugfix spec', () => {
	test('red on the unfixed code, green what stays, then the fix, then both again', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, says('It fails.'), preserves, says('They pass.'), ...fixes, says('Fixed.'));
		await opened.session.send({type: 'run-tasks', tasks: 'all'});
		opened.fake.assertDone();
		expect(ends(opened)).toEqual([
			'1 done proven: [1.1], [2.1] seen red on the unfixed code',
			'2 done passing: [3.1] passing',
			'3.1 done passing: [2.1], [3.1] passing',
			'3.2 done proven: all 3 tests pass',
			'3.3 done green: all 3 tests pass',
			'4 done green: all 3 tests pass',
		]);
		expect(specOf(opened).ledger.find(line => line.type === 'task' && line.task === '1')).toMatchObject({
			outcome: 'done',
			red: [],
			evidence: [
				{criterion: '1.1', grade: 'red', seenRed: ['test/empty.test.js > an empty sum is 0 [2.1]']},
				{criterion: '2.1', grade: 'red', seenRed: ['test/empty.test.js > an empty sum is 0 [2.1]']},
			],
		});
		expect(specOf(opened).ledger.find(line => line.type === 'task' && line.task === '3.1')).toMatchObject({
			evidence: [
				{criterion: '2.1', grade: 'proven', seenRed: ['test/empty.test.js > an empty sum is 0 [2.1]']},
				{criterion: '3.1', grade: 'passing'},
			],
		});
		expect(boxes(opened)).toBe('[x] 1. [x] 2. [x] 3. [x] 3.1 [x] 3.2 [x] 3.3 [x] 4.');
	});

	describe('whose tests are all of one task', () => {
		const both = `# Implementation Plan: Empty sum

## Tasks

- [ ] 1. Reproduce the bug and write preservation tests in \`test/empty.test.js\`
  - _Requirements: 1.1, 2.1, 3.1_
- [ ] 2. Fix the empty sum in \`src/sum.js\`
  - _Bug_Condition: 1.1_
  - _Expected_Behavior: 2.1_
  - _Preservation: 3.1_
  - _Requirements: 2.1, 3.1_
`;
		const twoTests = (kept: string) =>
			`${testFile('an empty sum is 0 [2.1]', 'sum(), 0')}\ntest('sums two [3.1]', () => {\n\tassert.equal(${kept});\n});\n`;
		const open = async (more: Parameters<typeof openTestSession>[0] = {}) =>
			approved(await openTestSession({...more, files: {...files, '.kiro/specs/empty-sum/tasks.md': both, ...more.files}}));

		test('red where the bug is, green what stays, then the fix', async () => {
			await using opened = await open();
			opened.fake.script(writes('test/empty.test.js', twoTests('sum(2, 3), 5')), says('Written.'), ...fixes, says('Fixed.'));
			await start(opened, '1');
			const opening = JSON.stringify(opened.fake.requests[0]?.body.messages);
			expect(opening).toContain('Tests of 3.1 hold what must stay');
			expect(newest(opened)).toMatchObject({
				evidence: [
					{criterion: '1.1', grade: 'red', seenRed: ['test/empty.test.js > an empty sum is 0 [2.1]']},
					{criterion: '2.1', grade: 'red', seenRed: ['test/empty.test.js > an empty sum is 0 [2.1]']},
					{criterion: '3.1', grade: 'passing', tests: ['test/empty.test.js > sums two [3.1]']},
				],
			});
			await start(opened, '2');
			expect(told(opened)).toContain('Red there, to be green now:\\n- test/empty.test.js > an empty sum is 0 [2.1]\\n');
			expect(told(opened)).toContain('Green there, to stay green:\\n- test/empty.test.js > sums two [3.1]\\n');
			opened.fake.assertDone();
			expect(ends(opened)).toEqual([
				'1 done proven: [1.1], [2.1] seen red on the unfixed code, [3.1] passing',
				'2 done passing: [2.1], [3.1] passing',
			]);
		});

		test('and what ended in an error of the code ends so again when the fix is taken back, which is proof', async () => {
			const throwing = 'export function sum(a, b) {\n\treturn a.valueOf() + b.valueOf();\n}\n';
			await using opened = await open({files: {'src/sum.js': throwing}, options: {provesTasks: true}});
			const edit = calls(['edit', {path: 'src/sum.js', old_text: 'sum(a, b)', new_text: 'sum(a = 0, b = 0)'}]);
			opened.fake.script(writes('test/empty.test.js', twoTests('sum(2, 3), 5')), says('Written.'), edit, says('Fixed.'));
			await start(opened, '1');
			await start(opened, '2');
			await opened.session.settled();
			opened.fake.assertDone();
			expect(specOf(opened).ledger.findLast(line => line.type === 'proof')).toMatchObject({
				evidence: [
					{criterion: '2.1', outcome: 'fails', tests: ['test/empty.test.js > an empty sum is 0 [2.1]']},
					{criterion: '3.1', outcome: 'passes'},
				],
			});
		});

		test('also as subtests: the test around them fails with them, and says nothing more', async () => {
			await using opened = await open();
			const around = `import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {sum} from '../src/sum.js';\n\ntest('sums', async t => {\n\tawait t.test('of none [2.1]', () => assert.equal(sum(), 0));\n\tawait t.test('of two [3.1]', () => assert.equal(sum(2, 3), 5));\n});\n`;
			opened.fake.script(writes('test/empty.test.js', around), says('Written.'), ...fixes, says('Fixed.'));
			await start(opened, '1');
			await start(opened, '2');
			opened.fake.assertDone();
			expect(ends(opened)).toEqual([
				'1 done proven: [1.1], [2.1] seen red on the unfixed code, [3.1] passing',
				'2 done passing: [2.1], [3.1] passing',
			]);
		});

		test('is not done while the test of what stays is missing or red', async () => {
			await using opened = await open();
			opened.fake.script(
				reproduces,
				says('Written.'),
				writes('test/empty.test.js', twoTests('sum(2, 3), 6')),
				says('Now both.'),
				says('It must be 6.'),
			);
			await start(opened, '1');
			opened.fake.assertDone();
			expect(told(opened)).toContain('says done, 1 red for another reason');
			expect(JSON.stringify(opened.fake.requests.at(2)?.body.messages)).toContain('no test names 3.1');
			expect(ends(opened)).toEqual(['1 failed red: says done, 1 red for another reason']);
		});

		test('and whose fix loses what was seen to stay waits for a person', async () => {
			await using opened = await open();
			opened.fake.script(
				writes('test/empty.test.js', twoTests('sum(2, 3), 5')),
				says('Written.'),
				calls(['edit', {path: 'test/empty.test.js', old_text: 'sum(2, 3), 5', new_text: 'sum(2, 4), 6'}]),
				...fixes,
				says('Fixed.'),
			);
			await start(opened, '1');
			await start(opened, '2');
			opened.fake.assertDone();
			expect(ends(opened).at(-1)).toBe(
				'2 waiting unproven: a preservation test was changed since it was seen green: test/empty.test.js > sums two [3.1]',
			);
		});
	});

	test('what was seen is still known after the program was closed', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, says('It fails.'));
		await start(opened, '1');
		await using again = await opened.reopen([...fixes, says('Fixed.'), says('3.1 is shown by hand.')]);
		await again.session.send({type: 'open-spec', name: 'empty-sum'});
		await start(again, '3.1');
		expect(told(again)).toContain('Red there, to be green now:\\n- test/empty.test.js > an empty sum is 0 [2.1]');
		expect(ends(again)).toEqual(['3.1 waiting unproven: no test names 3.1']);
		expect(newest(again)).toMatchObject({
			evidence: [
				{criterion: '2.1', grade: 'proven'},
				{criterion: '3.1', grade: 'unproven'},
			],
		});
	});

	test('a reproduction that passes on the unfixed code is not done', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(
			writes('test/empty.test.js', testFile('an empty sum is 0 [2.1]', 'sum(0, 0), 0')),
			says('It fails.'),
			says('Still.'),
			says('I give up.'),
		);
		await start(opened, '1');
		expect(told(opened)).toContain('the reproduction test passes on the unfixed code (correction 2 of 2)');
		expect(ends(opened)).toEqual(['1 waiting unproven: the reproduction test passes on the unfixed code']);
		expect(boxes(opened)).toMatch(/^\[-\] 1\./);
	});

	test('a reproduction that ends in an error which the code throws is red, and proven by the fix', async () => {
		const throwing = {...files, 'src/sum.js': 'export function sum(a, b) {\n\treturn a.valueOf() + b.valueOf();\n}\n'};
		await using opened = await approved(await openTestSession({files: throwing}));
		opened.fake.script(
			reproduces,
			says('It throws.'),
			calls(['read', {path: 'src/sum.js'}]),
			calls(['edit', {path: 'src/sum.js', old_text: 'sum(a, b)', new_text: 'sum(a = 0, b = 0)'}]),
			says('Fixed.'),
			says('3.1 is shown by hand.'),
		);
		await start(opened, '1');
		expect(ends(opened)).toEqual(['1 done proven: [1.1], [2.1] seen red on the unfixed code']);
		await start(opened, '3.1');
		opened.fake.assertDone();
		expect(newest(opened)).toMatchObject({evidence: [{criterion: '2.1', grade: 'proven'}, {criterion: '3.1'}]});
	});

	test('a reproduction that ends in an error of its own lines is not done', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(
			writes('test/empty.test.js', testFile('an empty sum is 0 [2.1]', 'sum().value(), 0')),
			says('It fails.'),
			says('Still.'),
			says('I give up.'),
		);
		await start(opened, '1');
		expect(ends(opened)).toEqual(['1 failed red: says done, 1 red for another reason']);
	});

	test('nor is one that a helper of the tests throws in', async () => {
		await using opened = await approved(await openTestSession({files}));
		const helper = ['write', {path: 'test/helpers/none.js', content: 'export const none = () => undefined.value;\n'}] as const;
		const content = testFile('an empty sum is 0 [2.1]', 'none(), 0')
			.replace('{sum}', '{none}')
			.replace('../src/sum.js', './helpers/none.js');
		opened.fake.script(
			calls([...helper], ['write', {path: 'test/empty.test.js', content}]),
			says('It fails.'),
			says('Still.'),
			says('I give up.'),
		);
		await start(opened, '1');
		expect(ends(opened)).toEqual(['1 failed red: says done, 1 red for another reason']);
	});

	test('a reproduction that fails on its import is not done', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(
			writes('test/empty.test.js', testFile('an empty sum is 0 [2.1]', 'sum(), 0').replace('../src/sum.js', '../src/none.js')),
			says('It fails.'),
			calls(['edit', {path: 'test/empty.test.js', old_text: '../src/none.js', new_text: '../src/sum.js'}]),
			says('Now.'),
		);
		await start(opened, '1');
		opened.fake.assertDone();
		expect(ends(opened)).toEqual(['1 done proven: [1.1], [2.1] seen red on the unfixed code']);
		expect(newest(opened)).toMatchObject({repairs: 1});
	});

	test('a reproduction or preservation that changes code is not done', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, ...fixes, says('Fixed already.'), says('Yes.'), says('Yes.'));
		await start(opened, '1');
		opened.fake.script(
			preserves,
			calls(['write', {path: 'src/more.js', content: 'export {};\n'}]),
			says('Done.'),
			says('Yes.'),
			says('Yes.'),
		);
		await start(opened, '2');
		expect(ends(opened)).toEqual([
			'1 waiting unproven: src/sum.js changed, and the fix comes later',
			'2 waiting unproven: src/more.js changed, and the fix comes later',
		]);
	});

	test('a reproduction that breaks another test is red', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, writes('test/other.test.js', testFile('other', '1, 2')), says('It fails.'), says('Yes.'), says('Yes.'));
		await start(opened, '1');
		expect(ends(opened)).toEqual(['1 failed red: says done, 1 red for another reason']);
	});

	test('the fix cannot begin before the bug was seen, unless a person ticks that task', async () => {
		await using opened = await approved(await openTestSession({files}));
		const refused = await start(opened, '3.1');
		expect(refused.ok ? 'began' : refused.error.message).toBe('Task 3.1 is the fix, and no test was seen failing on the unfixed code');
		await opened.session.send({type: 'accept-task', task: id('1'), reason: 'shown by hand'});
		opened.fake.script(writes('test/empty.test.js', testFile('both [2.1, 3.1]', 'sum() + sum(1, 2), 3')), ...fixes, says('Fixed.'));
		await start(opened, '3.1');
		expect(ends(opened)).toEqual(['3.1 done passing: [2.1], [3.1] passing']);
	});

	test('a fix that leaves the bug is red, and one that changes the test which showed it waits for a person', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, says('It fails.'), preserves, says('They pass.'));
		await start(opened, '1');
		await start(opened, '2');
		opened.fake.script(
			says('Fixed.'),
			calls(['read', {path: 'test/empty.test.js'}]),
			calls(['edit', {path: 'test/empty.test.js', old_text: 'sum(), 0', new_text: 'sum(0, 0), 0'}]),
			says('Fixed.'),
		);
		await start(opened, '3.1');
		opened.fake.assertDone();
		expect(told(opened)).toContain('an empty sum is 0 [2.1]');
		expect(ends(opened).at(-1)).toBe(
			'3.1 waiting unproven: the reproduction test was changed since it was seen red: test/empty.test.js > an empty sum is 0 [2.1]',
		);
	});

	test('a fix in two tasks: the first of them need not make the test green', async () => {
		const parts = tasks.replace(
			'  - [ ] 3.2 Verify',
			'  - [ ] 3.2 Tell it in the documentation\n    - _Bug_Condition: none_\n    - _Requirements: 2.1_\n  - [ ] 3.3 Verify',
		);
		await using opened = await approved(await openTestSession({files: {...files, '.kiro/specs/empty-sum/tasks.md': parts}}));
		opened.fake.script(reproduces, says('It fails.'), preserves, says('They pass.'), says('Part one.'), ...fixes, says('Fixed.'));
		for (const number of ['1', '2', '3.1', '3.2']) {
			await start(opened, number);
		}

		expect(ends(opened).slice(-2)).toEqual(['3.1 done passing: [3.1] passing', '3.2 done proven: [2.1] proven']);
	});

	test('a test that a person removed after the fix is missed when both are run again', async () => {
		await using opened = await approved(await openTestSession({files}));
		opened.fake.script(reproduces, says('It fails.'), preserves, says('They pass.'), ...fixes, says('Fixed.'));
		for (const number of ['1', '2', '3.1']) {
			await start(opened, number);
		}

		await opened.write('test/keep.test.js', testFile('sums others [3.1]', 'sum(2, 3), 5'));
		await start(opened, '3.2');
		opened.fake.assertDone();
		expect(ends(opened).at(-1)).toBe(
			'3.2 waiting unproven: a preservation test was removed since it was seen green: test/keep.test.js > sums two [3.1]',
		);
	});

	test('a checkpoint before the fix does not count the red reproduction', async () => {
		const early = tasks.replace('- [ ] 2. Write', '- [ ] 5. Checkpoint - Ensure all tests pass\n- [ ] 2. Write');
		await using opened = await approved(await openTestSession({files: {...files, '.kiro/specs/empty-sum/tasks.md': early}}));
		opened.fake.script(reproduces, says('It fails.'));
		await start(opened, '1');
		await start(opened, '5');
		expect(ends(opened).at(-1)).toMatch(/^5 done green/);
		expect(opened.session.store.state().tests.last?.comparison?.expected?.map(({name}) => name)).toEqual(['an empty sum is 0 [2.1]']);
	});
});

describe('the route of a bugfix', () => {
	test.each([
		['the sync service crashes when the list is empty', 'bugfix'],
		['sum() returns the wrong total for negative numbers', 'bugfix'],
		['bug: the window does not open', 'bugfix'],
		['fix the typo in the README', 'patch'],
		['bug: a typo in the help', 'patch'],
		['show an error when the disk is full', 'quick'],
		['support payments on all platforms', 'feature'],
	])('of "%s" is proposed as %s', (idea, route) => {
		expect(proposeRoute(idea)).toBe(route);
	});

	test('writes bugfix.md, design and tasks in one conversation, with one gate', async () => {
		await using opened = await openTestSession();
		const write = (document: string, content: string) => ['write_document', {document, content}] as const;
		opened.fake.script(
			calls(write('requirements', bugfix), write('design', '# Design Document\n'), write('tasks', tasks)),
			says('Look.'),
			calls(['edit_document', {document: 'requirements', old_text: 'return 0', new_text: 'return zero'}]),
			says('As you say.'),
		);
		await opened.session.send({type: 'create-spec', name: 'empty-sum', idea: 'sum() is NaN', route: 'bugfix'});
		expect([specOf(opened).isBugfix, specOf(opened).stage]).toEqual([true, 'tasks']);
		await opened.session.send({type: 'send', text: 'zero, as a word'});
		opened.fake.assertDone();
		expect(readFileSync(join(opened.root, '.kiro/specs/empty-sum/bugfix.md'), 'utf8')).toContain('return zero');
		await opened.session.send({type: 'approve', stage: 'tasks', digest: approvalText(specOf(opened), 'tasks')});
		expect((['requirements', 'design', 'tasks'] as const).map(stage => approvalOf(specOf(opened), stage))).toEqual(
			Array(3).fill('approved'),
		);
		expect(specOf(opened).stage).toBe('implement');
	});

	test('writes bugfix.md alone where its cause is larger, then design and tasks, a gate each, with the prompts of a bugfix', async () => {
		await using opened = await openTestSession();
		const write = (document: string, content: string) => calls(['write_document', {document, content}]);
		opened.fake.script(
			write('requirements', bugfix),
			says('Look.'),
			says('As you say.'),
			write('design', '# Design Document\n'),
			says('Look.'),
			write('tasks', tasks),
			says('Look.'),
		);
		const system = () => JSON.stringify(opened.fake.requests.at(-1)?.body.system);
		await opened.session.send({type: 'create-spec', name: 'empty-sum', idea: 'sum() is NaN', route: 'bugfix'});
		expect(readFileSync(join(opened.root, '.kiro/specs/empty-sum/bugfix.md'), 'utf8')).toBe(bugfix);
		expect([specOf(opened).isBugfix, specOf(opened).stage, system().includes('## Route: bugfix')]).toEqual([true, 'requirements', true]);
		await opened.session.send({type: 'send', text: 'shorter?'});
		expect(opened.fake.requests.at(-1)?.body.messages.length).toBeGreaterThan(3);
		for (const stage of ['requirements', 'design'] as const) {
			await opened.session.send({type: 'approve', stage, digest: approvalText(specOf(opened), stage)});
		}

		expect(approvalOf(specOf(opened), 'requirements')).toBe('approved');
		expect(JSON.stringify(opened.fake.requests.at(-1)?.body.messages[0])).toContain('specs/empty-sum/bugfix.md');
		expect(system()).toContain('the order in which a bug is corrected');
		opened.fake.assertDone();
	});
});
