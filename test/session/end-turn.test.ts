import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {approvalText} from '../../source/protocol/select.ts';
import {eventsOf, openToBuild, resultsIn, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const path = 'src/multiply.js';
const testFile = {path: 'test/multiply.test.js', content: multiplyTest(6)};
const stub = 'export function multiply() {}\n';
const start = {type: 'start-task', task: '1.1' as never} as const;
const report = '`multiply` in src/multiply.js multiplies.';
const runTests = {command: 'npm test'};

const chatOf = ({session}: TestSession) => {
	const {conversations, current = ''} = session.store.state();
	return (conversations[current]?.items ?? []).map(item => (item.kind === 'agent' ? item.text : item.kind));
};

test('a task takes two requests: the tests with their stub, then the code, each ending its turn', async () => {
	await using opened = await openToBuild({
		script: [
			calls(['write', testFile], ['write', {path, content: stub}], ['end_turn', {message: 'The test of 1.1 is there.'}]),
			calls(
				['edit', {path, old_text: stub.trimEnd(), new_text: multiplyCode.trimEnd()}],
				['run', runTests],
				['end_turn', {message: report}],
			),
		],
	});
	await send(opened, start);
	opened.fake.assertDone();
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done', grade: 'proven'}]);
	expect(eventsOf(opened, 'task.claimed')).toMatchObject([{report}]);
	expect(opened.session.store.state().spec?.ledger.findLast(({type}) => type === 'task')).toMatchObject({report});
	// What ended the first turn stands before what the program says, in one message.
	const second = opened.fake.requests[1]?.body.messages.at(-1);
	expect(JSON.stringify(second)).toMatch(/your last words\..*Seen failing as a test/);
	expect(chatOf(opened).filter(item => /call|multipl|1\.1/.test(item))).toEqual([
		'call',
		'call',
		'The test of 1.1 is there.',
		'call',
		'call',
		report,
	]);
});

test('where the tests fail the turn goes on, and that is no repair', async () => {
	await using opened = await openToBuild({
		script: [
			calls(['write', testFile], ['write', {path, content: stub}], ['end_turn', {message: 'The test of 1.1 is there.'}]),
			calls(
				['edit', {path, old_text: '{}', new_text: '{\n\treturn 5;\n}'}],
				['run', runTests],
				['end_turn', {message: 'It multiplies, I think.'}],
			),
			calls(['write', {path, content: multiplyCode}], ['run', runTests], ['end_turn', {message: report}]),
		],
	});
	await send(opened, start);
	opened.fake.assertDone();
	expect(resultsIn(opened.fake.requests[2]?.body ?? {messages: []}).at(-1)?.text).toBe(
		'The turn goes on: not every call before this one succeeded.',
	);
	expect(eventsOf(opened, 'task.claimed')).toMatchObject([{report}]);
	expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'done'}]);
	// A turn that goes on leaves no card: what went wrong stands above it.
	expect(chatOf(opened).filter(item => /call|multipl|think/.test(item))).toEqual([...Array(6).fill('call'), report]);
});

const create = {type: 'create-spec', name: 'products', idea: 'multiply', route: 'quick'} as const;
const withDesign = (design: string) =>
	calls(
		['write_document', {document: 'requirements', content: smallSpec.requirements}],
		['write_document', {document: 'design', content: design}],
		['write_document', {document: 'tasks', content: smallSpec.tasks}],
		['end_turn', {message: 'Look at the names.'}],
	);

test('the documents of a short route take one request, and the last words are there again after a restart', async () => {
	await using opened = await openTestSession({script: [withDesign(smallSpec.design)]});
	await send(opened, create);
	opened.fake.assertDone();
	expect(chatOf(opened)).toEqual(['person', 'call', 'call', 'call', 'Look at the names.']);
	await using again = await opened.reopen([says('Fine.')]);
	await send(again, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'Go on.'});
	expect(chatOf(again)).toEqual(['person', 'call', 'call', 'call', 'Look at the names.', 'person', 'Fine.']);
	expect(JSON.stringify(again.fake.requests[0]?.body.messages.at(-1))).toMatch(/your last words\..*Go on\./);
});

test('what a person changes after such a turn is told as that change alone, also after a restart', async () => {
	await using opened = await openTestSession({script: [withDesign(smallSpec.design)]});
	await send(opened, create);
	const file = join(opened.root, '.kiro/specs/products/requirements.md');
	writeFileSync(file, smallSpec.requirements.replace('their product', 'their product, or 0'));
	await using again = await opened.reopen([says('I see.')]);
	await send(again, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'Go on.'});
	const told = JSON.stringify(again.fake.requests[0]?.body.messages.at(-1));
	expect(told.match(/ has changed on disk/g)).toHaveLength(1);
	expect(told).toMatch(/-1\. WHEN.*their product\\n\+1\. WHEN.*their product, or 0/);
});

test('what a design names and the project does not hold is told once, before the person sees it', async () => {
	const design = '# Design Document\n\n## Overview\n\n`total` in `src/sum.js` calls `src/gone.js`.\n';
	await using opened = await openTestSession({script: [withDesign(design), says('They are as I wrote them.')]});
	await send(opened, create);
	opened.fake.assertDone();
	expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('- src/sum.js total\\n- src/gone.js');
	expect(opened.session.store.state().spec?.missingMentions).toEqual(['src/sum.js total', 'src/gone.js']);
});

test('what the check finds in the documents is told once, and may be put right in the same turn', async () => {
	const second = '2. The sum of nothing is zero\n';
	const tasks = smallSpec.tasks.replace('_Requirements: 1.1_', '_Requirements: 1.1, 7.1_');
	await using opened = await openTestSession({
		script: [
			calls(
				['write_document', {document: 'requirements', content: `${smallSpec.requirements}${second}`}],
				['write_document', {document: 'design', content: smallSpec.design}],
				['write_document', {document: 'tasks', content: tasks}],
				['end_turn', {message: 'Three documents.'}],
			),
			calls(
				['edit_document', {document: 'requirements', old_text: second, new_text: '2. IF nothing is given, THEN THE Sums SHALL return 0\n'}],
				['end_turn', {message: 'The second is EARS now.'}],
			),
		],
	});
	await send(opened, create);
	opened.fake.assertDone();
	const told = JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1));
	expect(told).toContain('- requirements, line 10: Criterion 1.2 is not an EARS sentence');
	expect(told).toContain('- tasks, line 6: Task 1.1 names requirements that do not exist: 7.1');
	expect(told).toContain('\\n- No task covers 1.2\\n');
	expect(chatOf(opened).at(-1)).toBe('The second is EARS now.');
});

test('what the check found before the turn is not told: the person has seen it', async () => {
	await using opened = await openTestSession({
		files: {'.kiro/specs/products/requirements.md': `${smallSpec.requirements}2. The sum of nothing is zero\n`},
		script: [
			calls(
				['edit_document', {document: 'requirements', old_text: 'their product', new_text: 'their exact product'}],
				['end_turn', {message: 'Exact.'}],
			),
		],
	});
	await send(opened, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'Say exact.'});
	opened.fake.assertDone();
});

test('a stage that cannot change the design is not told of its names', async () => {
	const design = '# Design Document\n\n## Overview\n\n`total` in `src/gone.js`.\n';
	await using opened = await openTestSession({
		files: {'.kiro/specs/products/requirements.md': smallSpec.requirements, '.kiro/specs/products/design.md': design},
		script: [calls(['write_document', {document: 'tasks', content: smallSpec.tasks}], ['end_turn', {message: 'One task.'}])],
	});
	await send(opened, {type: 'open-spec', name: 'products'});
	for (const stage of ['requirements', 'design'] as const) {
		await send(opened, {type: 'approve-text', stage, digest: approvalText(opened.session.store.state().spec!, stage)});
	}

	await send(opened, {type: 'enter-stage', stage: 'tasks'});
	opened.fake.assertDone();
	expect(opened.session.store.state().spec?.missingMentions).toEqual(['src/gone.js']);
});
