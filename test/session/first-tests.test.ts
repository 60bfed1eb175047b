import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerForNobody} from '../../source/headless/answer-for.ts';
import {approvalText} from '../../source/protocol/select.ts';
import {eventsOf} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const specOnly = {
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': smallSpec.tasks,
};
const builds = (script: string) =>
	calls(
		['write', {path: 'package.json', content: JSON.stringify({name: 'sums', type: 'module', scripts: {test: script}})}],
		['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
		['write', {path: 'src/multiply.js', content: multiplyCode}],
	);

async function runAll(opened: TestSession) {
	await opened.session.send({type: 'open-spec', name: 'products'});
	const {spec} = opened.session.store.state();
	await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(spec!, 'tasks')});
	return opened.session.send({type: 'run-tasks', tasks: 'all'});
}

test('the first tests of a folder that was trusted by a flag need no further yes where a known runner is all that runs', async () => {
	await using opened = await openTestSession({
		files: specOnly,
		script: [builds('node --test'), says('Done.')],
		options: {answerFor: answerForNobody},
	});
	expect(await runAll(opened)).toEqual({ok: true});
	expect(eventsOf(opened, 'task.finished').map(({outcome}) => outcome)).toEqual(['done']);
});

test('a first test command that does more than start a known runner is asked about', async () => {
	await using opened = await openTestSession({
		files: specOnly,
		script: [builds('touch ran && node --test'), says('Done.')],
		options: {answerFor: answerForNobody},
	});
	expect(await runAll(opened)).toMatchObject({ok: false, error: {exitCode: 4}});
	expect(existsSync(join(opened.root, 'ran'))).toBe(false);
});
