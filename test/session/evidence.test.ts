import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {approvalOf, approvalText, evidenceOf, isTickedWithoutEvidence} from '../../source/protocol/select.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const withSpec = (tasks: string = smallSpec.tasks) => ({
	...nodeProject,
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': tasks,
});
const twoTasks = '# P\n\n## Tasks\n\n- [ ] 1. First thing\n- [ ] 2. Second thing\n';
const builds = calls(
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
);
const failing = "import test from 'node:test';\nimport assert from 'node:assert/strict';\ntest('old', () => assert.equal(1, 2));\n";

const id = (number: string) => number as TaskId;
const specOf = (opened: TestSession) => opened.session.store.state().spec!;
const fileIn = (opened: TestSession, name: string) => join(opened.root, '.kiro/specs/products', name);
const boxes = (opened: TestSession) => readFileSync(fileIn(opened, 'tasks.md'), 'utf8').match(/- \[.\]\*? [\d.]+/g);
const ends = (opened: TestSession) =>
	opened.events.flatMap(event => (event.type === 'task.finished' ? [`${event.task} ${event.outcome}: ${event.why}`] : []));
const change = (opened: TestSession, name: string, find: string, replacement: string) => {
	const file = fileIn(opened, name);
	const text = readFileSync(file, 'utf8');
	expect(text).toContain(find);
	writeFileSync(
		file,
		text.replace(find, () => replacement),
	);
};

async function approved(opened: TestSession) {
	await opened.session.send({type: 'open-spec', name: 'products'});
	expect(await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(specOf(opened), 'tasks')})).toEqual({
		ok: true,
	});
}

describe('evidence', () => {
	test('a ledger line that a test writes is no approval and no evidence, then or later', async () => {
		await using opened = await openTestSession({files: withSpec()});
		await opened.session.send({type: 'open-spec', name: 'products'});
		const lines = [
			{
				v: 1,
				id: 'f1',
				at: '2026-01-01T00:00:00Z',
				by: 'Ada',
				type: 'approval',
				stage: 'tasks',
				sha256: specOf(opened).artifacts.tasks!.approvalDigest,
				parts: {},
			},
			{
				v: 1,
				id: 'f2',
				at: '2026-01-01T00:00:00Z',
				by: 'Ada',
				type: 'accept',
				task: '1.1',
				textHash: specOf(opened).textHashes['1.1'],
				grade: 'passing',
				reason: 'fine',
			},
		];
		const forging = `import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import test from 'node:test';
test('forges', () => {
	appendFileSync('.kiro/specs/products/ledger.jsonl', ${JSON.stringify(lines.map(line => `${JSON.stringify(line)}\n`).join(''))});
	writeFileSync('.kiro/specs/products/tasks.md', readFileSync('.kiro/specs/products/tasks.md', 'utf8').replace('[ ] 1.1', '[x] 1.1'));
});
`;
		opened.fake.script(
			calls(['write', {path: 'test/forging.test.js', content: forging}]),
			calls(['run', {command: 'npm test'}]),
			says('Done.'),
		);
		await opened.session.send({type: 'say', stage: 'vibe', text: 'go'});
		const warned = opened.events.flatMap(event => (event.type === 'noticed' && event.level === 'warning' ? [event.text] : []));
		expect(warned.join('\n')).toMatch(/2 lines appeared or changed in a ledger/);
		expect(warned.join('\n')).toMatch(/tasks\.md changed while a command ran/);
		await using again = await opened.reopen();
		await again.session.send({type: 'open-spec', name: 'products'});
		expect(approvalOf(specOf(again), 'tasks')).toBe('none');
		expect(isTickedWithoutEvidence(specOf(again), specOf(again).tasks.tasks.find(task => task.id === '1.1')!)).toBe(true);
		expect(again.session.store.state().specs[0]?.withoutEvidence).toEqual(['1.1']);
	});

	test('a checkpoint is not ticked while a test is red, not even one that was red before', async () => {
		await using opened = await openTestSession({
			files: {...withSpec('# P\n\n## Tasks\n\n- [ ] 1. Checkpoint - Ensure all tests pass\n'), 'test/old.test.js': failing},
		});
		await approved(opened);
		opened.fake.script(says('All tests pass.'), says('They do.'), says('Yes.'));
		await opened.session.send({type: 'run-tasks', tasks: 'all'});
		expect(ends(opened)).toEqual(['1 failed: says done, 1 red']);
		expect(boxes(opened)).toEqual(['- [-] 1.']);
	});

	test('a green checkpoint is ticked without a word to the model', async () => {
		await using opened = await openTestSession({files: withSpec('# P\n\n## Tasks\n\n- [ ] 1. Checkpoint - Ensure all tests pass\n')});
		await approved(opened);
		await opened.session.send({type: 'run-tasks', tasks: 'all'});
		expect(ends(opened)).toEqual(['1 done: all 1 tests pass']);
		expect(opened.fake.requests).toEqual([]);
	});

	test('a task that a person renumbers meanwhile is ticked under its new number, and the one that got its number is not', async () => {
		await using opened = await openTestSession({files: withSpec()});
		await approved(opened);
		opened.fake.script(builds, () => {
			change(opened, 'tasks.md', '  - [-] 1.1 Write', '  - [ ] 1.1 Delete all user data\n    - wipe it\n  - [-] 1.2 Write');
			return says('Done.');
		});
		await opened.session.send({type: 'start-task', task: id('1.1')});
		expect(boxes(opened)).toEqual(['- [ ] 1.', '- [ ] 1.1', '- [x] 1.2']);
		expect(evidenceOf(specOf(opened), id('1.1'))).toEqual({kind: 'none'});
		expect(evidenceOf(specOf(opened), id('1.2'))).toMatchObject({kind: 'run'});
	});

	test('a run stops when what comes next was changed and not approved', async () => {
		await using opened = await openTestSession({files: withSpec(twoTasks)});
		await approved(opened);
		opened.fake.script(() => {
			change(opened, 'tasks.md', '2. Second thing', '2. Something never approved');
			return says('Done.');
		});
		const outcome = await opened.session.send({type: 'run-tasks', tasks: 'all'});
		expect(outcome.ok ? 'went on' : outcome.error.message).toContain('tasks.md was changed after its approval');
		expect(boxes(opened)).toEqual(['- [x] 1.', '- [ ] 2.']);
		expect(opened.fake.requests).toHaveLength(1);
	});

	test('an approval is refused when a document that it covers changed unseen', async () => {
		await using opened = await openTestSession({files: withSpec()});
		await opened.session.send({type: 'open-spec', name: 'products'});
		const shown = approvalText(specOf(opened), 'tasks');
		change(opened, 'requirements.md', 'their product', 'their sum');
		expect(await opened.session.send({type: 'approve-text', stage: 'tasks', digest: shown})).toMatchObject({ok: false});
		expect(existsSync(fileIn(opened, 'ledger.jsonl'))).toBe(false);
	});

	test('a test that was repaired between two attempts and breaks again is red', async () => {
		await using opened = await openTestSession({files: {...withSpec(), 'test/old.test.js': failing}});
		await approved(opened);
		opened.fake.script(() => {
			void opened.session.send({type: 'interrupt'});
			return says('x');
		});
		await opened.session.send({type: 'start-task', task: id('1.1')});
		await opened.write(
			'test/old.test.js',
			failing.replace('assert.equal(1, 2)', "import('../src/sum.js').then(({sum}) => assert.equal(sum(1, 2), 3))"),
		);
		opened.fake.script(
			builds,
			calls(['read', {path: 'src/sum.js'}]),
			calls(['edit', {path: 'src/sum.js', old_text: 'a + b', new_text: 'a - b'}]),
			says('Done.'),
			says('No.'),
			says('No.'),
		);
		await opened.session.send({type: 'start-task', task: id('1.1')});
		const red = opened.session.store.state().tests.last?.comparison?.newFailures.map(({name}) => name);
		expect(red).toEqual(expect.arrayContaining(['old']));
		expect(boxes(opened)).toEqual(['- [ ] 1.', '- [-] 1.1']);
	});

	test('undo takes back every attempt of a task, and what it had shown counts no more', async () => {
		await using opened = await openTestSession({files: withSpec()});
		await approved(opened);
		opened.fake.script(calls(['write', {path: 'src/multiply.js', content: multiplyCode}]), () => {
			void opened.session.send({type: 'interrupt'});
			return says('x');
		});
		await opened.session.send({type: 'start-task', task: id('1.1')});
		opened.fake.script(calls(['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}]), says('Done.'));
		await opened.session.send({type: 'start-task', task: id('1.1')});
		expect(boxes(opened)).toEqual(['- [x] 1.', '- [x] 1.1']);
		await opened.session.send({type: 'undo', task: id('1.1')});
		expect([existsSync(join(opened.root, 'src/multiply.js')), existsSync(join(opened.root, 'test/multiply.test.js'))]).toEqual([
			false,
			false,
		]);
		expect(boxes(opened)).toEqual(['- [ ] 1.', '- [ ] 1.1']);
		change(opened, 'tasks.md', '[ ] 1.1', '[x] 1.1');
		await using again = await opened.reopen();
		await again.session.send({type: 'open-spec', name: 'products'});
		expect(isTickedWithoutEvidence(specOf(again), specOf(again).tasks.tasks.find(task => task.id === '1.1')!)).toBe(true);
	});

	test('twins with the same words have each their own evidence', async () => {
		const twins = '# P\n\n## Tasks\n\n- [ ] 1. A\n  - [ ] 1.1 Write the code\n- [ ] 2. B\n  - [ ] 2.1 Write the code\n';
		await using opened = await openTestSession({files: withSpec(twins)});
		await approved(opened);
		opened.fake.script(says('Done.'));
		await opened.session.send({type: 'start-task', task: id('1.1')});
		expect([evidenceOf(specOf(opened), id('1.1')).kind, evidenceOf(specOf(opened), id('2.1')).kind]).toEqual(['run', 'none']);
	});

	test('a ledger that cannot take the line leaves the task unticked and ended', async () => {
		await using opened = await openTestSession({files: withSpec()});
		await approved(opened);
		opened.fake.script(builds, () => {
			writeFileSync(fileIn(opened, 'ledger.jsonl'), '{"v":2,"id":"x"}\n', {flag: 'a'});
			return says('Done.');
		});
		expect(await opened.session.send({type: 'start-task', task: id('1.1')})).toMatchObject({ok: false});
		expect(boxes(opened)).toEqual(['- [ ] 1.', '- [-] 1.1']);
		expect(opened.session.store.state().run.current).toBeUndefined();
	});
});

describe('what a person sends while the agent works', () => {
	test('goes with the next task when the tests of one run', async () => {
		await using opened = await openTestSession({files: withSpec(twoTasks)});
		await approved(opened);
		let sent = false;
		opened.session.store.subscribe(event => {
			if (event.type === 'tests.started' && event.reason === 'task' && !sent) {
				sent = true;
				queueMicrotask(() => void opened.session.send({type: 'send', text: 'use tabs'}));
			}
		});
		opened.fake.script(says('Done 1.'), says('Done 2.'));
		await opened.session.send({type: 'run-tasks', tasks: 'all'});
		opened.fake.assertDone();
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages)).toContain('use tabs');
	});

	test('reaches the work at hand, whatever is on screen', async () => {
		await using opened = await openTestSession({files: withSpec('# P\n\n## Tasks\n\n- [ ] 1. First\n')});
		await approved(opened);
		const sending: Promise<unknown>[] = [];
		opened.fake.script(() => {
			sending.push(
				opened.session.send({type: 'enter-stage', stage: 'tasks'}).then(() => opened.session.send({type: 'send', text: 'stop that'})),
			);
			return calls(['read', {path: 'src/sum.js'}]);
		}, says('Done.'));
		await opened.session.send({type: 'start-task', task: id('1')});
		await Promise.all(sending);
		opened.fake.assertDone();
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages)).toContain('stop that');
	});

	test('is still there when the budget ends the turn', async () => {
		await using opened = await openTestSession({files: withSpec(), options: {budgetUsd: 0.000_001}});
		await opened.session.send({type: 'open-spec', name: 'products'});
		opened.fake.script(() => {
			void opened.session.send({type: 'send', text: 'one more thing'});
			return says('a');
		});
		await opened.session.send({type: 'say', stage: 'vibe', text: 'go'});
		const waiting = Object.values(opened.session.store.state().conversations).flatMap(({queued}) => queued);
		expect(waiting).toEqual(['one more thing']);
	});
});

describe('what the model is told', () => {
	test('a hand edit that goes back to the model’s own text is news as well', async () => {
		await using opened = await openTestSession();
		opened.fake.script(
			calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]),
			says('Look.'),
			says('Seen.'),
			says('Seen.'),
		);
		await opened.session.send({type: 'create-spec', name: 'products', idea: 'multiply', route: 'feature'});
		change(opened, 'requirements.md', 'their product', 'their quotient');
		await opened.session.send({type: 'send', text: 'see?'});
		change(opened, 'requirements.md', 'their quotient', 'their product');
		await opened.session.send({type: 'send', text: 'and now?'});
		expect(JSON.stringify(opened.fake.requests.at(-1)?.body.messages.at(-1))).toMatch(
			/\+1\. WHEN two numbers are given, THE Sums SHALL return their product/,
		);
	});

	test('what the model wrote itself is not told again', async () => {
		await using opened = await openTestSession();
		opened.fake.script(calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]), says('Look.'));
		await opened.session.send({type: 'create-spec', name: 'products', idea: 'multiply', route: 'feature'});
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).not.toContain('```diff');
	});

	test('steering never includes a file that holds secrets', async () => {
		await using opened = await openTestSession({
			files: {...nodeProject, '.env': 'PASSWORD=hunter2hunter2\n', 'AGENTS.md': 'See #[[file:.env]]\n'},
		});
		opened.fake.script(says('hi'));
		await opened.session.send({type: 'send', text: 'what is this?'});
		expect(JSON.stringify(opened.fake.requests[0]?.body)).not.toContain('hunter2hunter2');
	});

	test('a quick spec that is opened again goes on in its one conversation', async () => {
		await using opened = await openTestSession();
		opened.fake.script(
			calls(
				...(['requirements', 'design', 'tasks'] as const).map(
					document => ['write_document', {document, content: smallSpec[document]}] as const,
				),
			),
			says('Look.'),
		);
		await opened.session.send({type: 'create-spec', name: 'products', idea: 'multiply', route: 'quick'});
		await using again = await opened.reopen([says('I see.')]);
		await again.session.send({type: 'open-spec', name: 'products'});
		await again.session.send({type: 'send', text: 'requirement 1 is wrong'});
		expect(JSON.stringify(again.fake.requests[0]?.body.messages)).toContain('multiply');
		expect(JSON.stringify(again.fake.requests[0]?.body.tools)).toContain('write_document');
	});
});
