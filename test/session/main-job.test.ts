import {readFileSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Intent} from '../../source/protocol/intent.ts';
import type {DocumentStage} from '../../source/protocol/ledger-entry.ts';
import {approvalText} from '../../source/protocol/select.ts';
import {answers, call, calls, says, text} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const writes = (document: DocumentStage) =>
	answers([text(`Here is the ${document} document.`), call('write_document', {document, content: smallSpec[document]})]);

async function send(opened: TestSession, ...intents: readonly Intent[]) {
	for (const intent of intents) {
		const outcome = await opened.session.send(intent);
		if (!outcome.ok) {
			throw outcome.error;
		}
	}
}

function approve(opened: TestSession, stage: DocumentStage): Promise<void> {
	const {spec} = opened.session.store.state();
	return send(opened, {type: 'approve', stage, digest: spec === undefined ? '' : approvalText(spec, stage)});
}

const tasksFile = (opened: TestSession) => join(opened.root, '.kiro/specs/products/tasks.md');
const evidence = (opened: TestSession) =>
	opened.events.flatMap(event =>
		event.type === 'task.finished' ? [{task: event.task, outcome: event.outcome, grade: event.grade, why: event.why}] : [],
	);

/** Takes the idea to approved tasks, one document a stage. */
async function planned(opened: TestSession) {
	opened.fake.script(
		writes('requirements'),
		says('Look at it.'),
		writes('design'),
		says('Look at it.'),
		writes('tasks'),
		says('Look at it.'),
	);
	await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
	await approve(opened, 'requirements');
	await approve(opened, 'design');
	await approve(opened, 'tasks');
}

describe('from an idea to tested code', () => {
	test('three documents, a gate each, a task that the tests tick', async () => {
		await using opened = await openTestSession();
		await planned(opened);
		opened.fake.script(
			calls(
				['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
				['write', {path: 'src/multiply.js', content: multiplyCode}],
			),
			says('Done: `multiply` in src/multiply.js.'),
		);
		await send(opened, {type: 'run-tasks', tasks: 'all'});
		opened.fake.assertDone();
		expect(evidence(opened)).toEqual([{task: '1.1', outcome: 'done', grade: 'passing', why: '[1.1] passing'}]);
		expect(await readFile(tasksFile(opened), 'utf8')).toBe(
			smallSpec.tasks.replace('[ ] 1. Multiply', '[x] 1. Multiply').replace('[ ] 1.1', '[x] 1.1'),
		);
		expect(opened.session.store.state().spec?.stage).toBe('vibe');
	});

	test('a false claim is red, the box stays open, and the repair earns the tick', async () => {
		await using opened = await openTestSession();
		await planned(opened);
		opened.fake.script(
			calls(
				['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
				['write', {path: 'src/multiply.js', content: multiplyCode.replace('*', '+')}],
			),
			() => {
				expect(readFileSync(tasksFile(opened), 'utf8')).toContain('[-] 1.1');
				return says('The tests are there.');
			},
			says('All done.'),
			calls(['edit', {path: 'src/multiply.js', old_text: 'a + b', new_text: 'a * b'}]),
			says('Repaired.'),
		);
		await send(opened, {
			type: 'start-task',
			task: opened.session.store.state().spec?.tasks.tasks.find(task => task.number === '1.1')?.id as never,
		});
		opened.fake.assertDone();
		const shown = opened.events.flatMap(event => (event.type === 'message.sent' && event.note !== undefined ? [event.note] : []));
		expect(shown.slice(-2)).toEqual(['Tests first: 1 seen red. Now the code', 'Tests: says done, 1 red. Repair 1 of 2']);
		expect(evidence(opened)).toEqual([{task: '1.1', outcome: 'done', grade: 'proven', why: '[1.1] proven'}]);
		expect(opened.session.store.state().spec?.ledger.findLast(line => line.type === 'task')).toMatchObject({
			evidence: [{criterion: '1.1', grade: 'proven', seenRed: ['test/multiply.test.js > multiplies [1.1]']}],
			repairs: 1,
			caught: [{kind: 'false-claim', what: 'says done, 1 red'}],
		});
	});

	test('a task that stays red is not ticked, and a second try does not take its own red test for an old failure', async () => {
		await using opened = await openTestSession();
		await planned(opened);
		const wrong = calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: multiplyCode.replace('*', '+')}],
		);
		opened.fake.script(wrong, says('The tests are there.'), says('Done.'), says('Really done.'), says('I am sure.'));
		const id = opened.session.store.state().spec?.tasks.tasks.find(task => task.number === '1.1')?.id as never;
		await send(opened, {type: 'start-task', task: id});
		expect(await readFile(tasksFile(opened), 'utf8')).toContain('[-] 1.1');
		opened.fake.script(says('Done now.'), says('Yes.'), says('Yes.'));
		await send(opened, {type: 'start-task', task: id});
		expect(evidence(opened).map(({outcome, grade}) => ({outcome, grade}))).toEqual([
			{outcome: 'failed', grade: 'red'},
			{outcome: 'failed', grade: 'red'},
		]);
		expect(await readFile(tasksFile(opened), 'utf8')).toContain('[-] 1.1');
	});

	test('a hand edit reaches the model as a diff with the next message, and the head of the conversation stays', async () => {
		await using opened = await openTestSession();
		opened.fake.script(writes('requirements'), says('Look at it.'), says('I see your edit.'));
		await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
		const file = join(opened.root, '.kiro/specs/products/requirements.md');
		await writeFile(file, smallSpec.requirements.replace('their product', 'their exact product'));
		await send(opened, {type: 'send', text: 'Better so?'});
		opened.fake.assertDone();
		const last = JSON.stringify(opened.fake.requests.at(-1)?.body.messages.at(-1));
		expect(last).toContain('+1. WHEN two numbers are given, THE Sums SHALL return their exact product');
		expect(last).toContain('Better so?');
	});

	test('going on without approval is refused, and an edit makes an approval stale', async () => {
		await using opened = await openTestSession();
		opened.fake.script(writes('requirements'), says('Look.'), writes('design'), says('Look.'));
		await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
		const early = await opened.session.send({type: 'enter-stage', stage: 'design'});
		expect(early.ok ? 'went on' : early.error.message).toContain('requirements.md is not approved');
		await approve(opened, 'requirements');
		await opened.write('.kiro/specs/products/requirements.md', `${smallSpec.requirements}\nMore.\n`);
		const digest = opened.session.store.state().spec?.artifacts.design?.approvalDigest ?? '';
		const late = await opened.session.send({type: 'approve', stage: 'design', digest});
		expect(late.ok ? 'approved' : late.error.message).toContain('requirements.md was changed after its approval');
	});

	test('what a person sends while the agent works goes with the next tool result', async () => {
		await using opened = await openTestSession();
		opened.fake.script(
			() => {
				void opened.session.send({type: 'send', text: 'and keep it short'});
				return calls(['list', {}]);
			},
			writes('requirements'),
			says('Look.'),
		);
		await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
		opened.fake.assertDone();
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('and keep it short');
	});

	test('a session goes on where it stopped: the conversation, the stage, and a whole history', async () => {
		const first = await openTestSession();
		first.fake.script(writes('requirements'), says('Look at it.'));
		await send(first, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
		await using second = await first.reopen([says('Welcome back.')]);
		await send(second, {type: 'continue'}, {type: 'send', text: 'go on'});
		second.fake.assertDone();
		const {messages} = second.fake.requests[0]?.body ?? {messages: []};
		expect(JSON.stringify(messages)).toContain('multiply numbers');
		expect(JSON.stringify(messages)).toContain('go on');
	});
});
