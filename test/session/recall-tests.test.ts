import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {liveMatrix} from '../../source/protocol/live-matrix.ts';
import {deriveMatrix} from '../../source/protocol/matrix.ts';
import {approvalText} from '../../source/protocol/select.ts';
import {readEvidence} from '../../source/session/read-evidence.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const files = {
	...nodeProject,
	'.kiro/specs/products/requirements.md': smallSpec.requirements,
	'.kiro/specs/products/design.md': smallSpec.design,
	'.kiro/specs/products/tasks.md': smallSpec.tasks,
};
const script = [
	calls(['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}], ['write', {path: 'src/multiply.js', content: multiplyCode}]),
	says('Done.'),
];

/** The task is done, and then broken by hand and seen red. */
async function broken(): Promise<TestSession> {
	const opened = await openTestSession({files, script});
	await opened.session.send({type: 'open-spec', name: 'products'});
	const {spec} = opened.session.store.state();
	await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(spec!, 'tasks')});
	await opened.session.send({type: 'run-tasks', tasks: 'all'});
	await opened.write('src/multiply.js', multiplyCode.replace('*', '+'));
	await opened.session.send({type: 'run-tests'});
	return opened;
}

const first = (opened: TestSession) => {
	const [row] = liveMatrix(opened.session.store.state()).rows;
	return [row?.grade, row?.lastResult];
};

async function onDisk({root, folder}: TestSession) {
	const [spec] = await readEvidence({root, state: folder.at('kiro/state'), env: {}, signal: new AbortController().signal});
	return deriveMatrix(spec!.input).rows[0]?.grade;
}

test('what the tests showed last is known after a restart, and without a session', async () => {
	await using opened = await broken();
	expect(first(opened)).toEqual(['red', 'failed']);
	expect(await onDisk(opened)).toBe('red');
	await using again = await opened.reopen();
	await again.session.send({type: 'open-spec', name: 'products'});
	expect(first(again)).toEqual(['red', 'failed']);
	expect(again.session.store.state().tests.last).toBeUndefined();
});

test('a run that came with a pull is newer than what was seen here', async () => {
	await using opened = await broken();
	const line = {
		...{v: 1, id: 'theirs', at: new Date(Date.now() + 1000).toISOString(), by: 'Ada', type: 'check', command: 'npm test'},
		...{criteria: [], files: []},
	};
	appendFileSync(join(opened.root, '.kiro/specs/products/ledger.jsonl'), `${JSON.stringify(line)}\n`);
	expect(await onDisk(opened)).not.toBe('red');
});
