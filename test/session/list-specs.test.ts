import {expect, test} from 'vitest';
import {nextStep} from '../../source/protocol/next-step.ts';
import {summariseSpecs} from '../../source/session/list-specs.ts';
import {allow, openToBuild, send} from '../faults/stage.ts';
import {calls, type Scripted, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, type TestSession} from '../support/test-session.ts';

const start = {type: 'start-task', task: '1.1' as never} as const;
const code = ['write', {path: 'src/multiply.js', content: multiplyCode}] as const;
const testing = (expected: number) => ['write', {path: 'test/multiply.test.js', content: multiplyTest(expected)}] as const;

async function unfinishedIn({root, folder}: TestSession) {
	const [spec] = await summariseSpecs({root, state: folder.at('kiro/state'), checksOff: []});
	return spec?.unfinished;
}

async function after(script: readonly Scripted[], files: Readonly<Record<string, string>> = {}) {
	await using opened = await openToBuild({script, files, options: {rules: [allow('sh check.sh')]}});
	await send(opened, start);
	return {unfinished: await unfinishedIn(opened), next: nextStep(opened.session.store.state()).text};
}

test('a task that was begun and is not ticked is told with the reason', async () => {
	expect(await after([calls(testing(7), code), ...Array(9).fill(says('Done.'))])).toMatchObject({
		unfinished: [{task: '1.1', why: 'red'}],
		next: expect.stringMatching(/^Task 1\.1 is not done: start it again/),
	});
	const script = {...nodeProject, 'package.json': JSON.stringify({type: 'module', scripts: {test: 'sh check.sh'}}), 'check.sh': 'exit 0\n'};
	expect(await after([calls(code), says('Done.')], script)).toEqual({
		unfinished: [{task: '1.1', why: 'unproven'}],
		next: 'Task 1.1 waits for you: mark it by hand in Tasks',
	});
	expect(await after([calls(testing(6), code), says('Done.')])).toMatchObject({unfinished: []});
});
