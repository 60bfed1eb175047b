import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {answerForNobody} from '../../source/headless/answer-for.ts';
import {liveMatrix} from '../../source/protocol/live-matrix.ts';
import {approvalText, evidenceOf} from '../../source/protocol/select.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {answerWith, eventsOf, send, specFolder} from '../faults/stage.ts';
import {calls, refuses, says} from '../support/fake-anthropic.ts';
import {aCommand, bCommand, builds, code, monorepo, naming, oldTests, packageFile, testFile} from '../support/monorepo.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyTest, openTestSession, type TestSession} from '../support/test-session.ts';

const start = {type: 'command', text: '/start 1.1'} as const;

async function opened({files = {}, ...options}: Parameters<typeof openTestSession>[0] = {}): Promise<TestSession> {
	const session = await openTestSession({files: {...monorepo, ...files}, ...options});
	if (session.session.store.state().workspace.trust === 'trusted') {
		await approve(session);
	}

	return session;
}

async function approve(session: TestSession) {
	await send(session, {type: 'open-spec', name: 'products'});
	const {spec} = session.session.store.state();
	await send(session, {type: 'approve', stage: 'tasks', digest: spec === undefined ? '' : approvalText(spec, 'tasks')});
}

const ends = (session: TestSession) => eventsOf(session, 'task.finished').map(({outcome, why}) => `${outcome}: ${why}`);
const runs = (session: TestSession) => eventsOf(session, 'tests.started').map(({reason, command}) => `${reason}: ${command}`);
const warnings = (session: TestSession) => eventsOf(session, 'noticed').flatMap(({level, text}) => (level === 'warning' ? [text] : []));
const judged = (session: TestSession) =>
	eventsOf(session, 'tests.finished').find(({reason}) => reason === 'task' || reason === 'vibe')?.comparison;
const names = (tests: readonly {readonly name: string}[] | undefined) => tests?.map(({name}) => name);
const entry = (session: TestSession) => {
	const {spec} = session.session.store.state();
	const evidence = spec === undefined ? undefined : evidenceOf(spec, '1.1' as TaskId);
	return evidence?.kind === 'run' ? evidence.entry : undefined;
};

describe('a task that changes a package', () => {
	test('is judged by that package’s tests alone, and not blamed for what failed in it before', async () => {
		await using session = await opened({files: {'packages/a/test/red.test.js': testFile(['a fails', false])}});
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		expect(runs(session)).toEqual([
			`baseline: ${aCommand}`,
			`tests-first: ${bCommand} -- test/multiply.test.js`,
			`baseline: ${bCommand}`,
			`task: ${bCommand}`,
		]);
		expect(names(judged(session)?.oldFailures)).toEqual(['b fails']);
		expect(entry(session)).toMatchObject({command: bCommand, before: {passed: 1, failed: 1}, after: {passed: 2, failed: 1}});
		expect(warnings(session)).toEqual([]);
	});

	test('may run the approved tests of its package by itself, unasked', async () => {
		await using session = await opened();
		const own = calls(['run', {command: `${bCommand} -- test/old.test.js 2>&1 | tail -20`}]);
		session.fake.script(builds, own, says('Done.'));
		await send(session, start);
		expect(eventsOf(session, 'asked')).toEqual([]);
		const finished = eventsOf(session, 'call.finished');
		expect(finished.map(({ok}) => ok)).toEqual([true, true, false]);
		// It ran: one of its tests failed before as well.
		expect(finished.at(-1)?.display).toMatchObject({kind: 'lines', summary: expect.stringContaining('exit code 1')});
		expect(ends(session)).toEqual(['done: [1.1] passing']);
	});

	test('is red when a test of it that passed before is gone or fails', async () => {
		await using session = await opened({options: {answerFor: answerForNobody}});
		const edits = calls(
			['write', naming],
			['write', code],
			['write', {path: 'packages/b/test/old.test.js', content: testFile(['b fails', false], ['b new', false])}],
		);
		session.fake.script(calls(['read', {path: 'packages/b/test/old.test.js'}]), edits, says('Done.'), says('It is.'), says('Yes.'));
		await send(session, start);
		expect(ends(session)).toEqual(['failed: says done, 2 red']);
		expect(names(judged(session)?.newFailures)).toEqual(['b new', 'b holds']);
		expect(names(judged(session)?.oldFailures)).toEqual(['b fails']);
	});

	test('that its text names has its baseline taken in place, before the work', async () => {
		const tasks = '# P\n\n## Tasks\n\n- [ ] 1.1 Multiply in `packages/b/src/multiply.js`\n  - _Requirements: 1.1_\n';
		await using session = await opened({files: {[`${specFolder}/tasks.md`]: tasks}});
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		expect(runs(session)[0]).toBe(`baseline: ${bCommand}`);
		expect(runs(session).filter(run => run.startsWith('baseline') || run.includes('packages/a'))).toHaveLength(1);
	});

	test('is judged by the tests of each package that it changes', async () => {
		await using session = await opened();
		const alsoA = ['write', {path: 'packages/a/test/more.test.js', content: testFile(['a breaks', false])}] as const;
		session.fake.script(calls(['write', naming], ['write', code], alsoA), says('Done.'), says('Yes.'), says('Yes.'));
		await send(session, start);
		expect(ends(session)).toEqual(['failed: says done, 1 red']);
		expect(names(judged(session)?.newFailures)).toEqual(['a breaks']);
		expect(entry(session)?.command ?? session.session.store.state().tests.last?.report.command).toBe(`(${bCommand}) && (${aCommand})`);
	});

	test('whose files a command changed has no baseline: that is told, and every failure is new', async () => {
		await using session = await opened();
		answerWith(session, () => ({key: 'y'}));
		const command = "sed -i 's/b holds/b held/' packages/b/test/old.test.js";
		session.fake.script(calls(['run', {command}], ['write', naming], ['write', code]), says('Done.'), says('Yes.'), says('Yes.'));
		await send(session, start);
		expect(ends(session)).toEqual(['failed: says done, 1 red']);
		expect(names(judged(session)?.newFailures)).toEqual(['b fails']);
		expect(warnings(session)).toEqual([
			`How "${bCommand}" was before is not known, so every failure of it counts as new: packages/b/test/old.test.js was changed by something else than the agent’s edits`,
		]);
	});

	test('by another script than before has no baseline: only the script that was approved is ever run, also in a copy', async () => {
		const folder = await tempFolder();
		const ran = folder.at('ran');
		const script = (name: string) => packageFile('b', `node -e "fs.appendFileSync('${ran}', '${name} ')" && node --test`);
		for (const [path, content] of Object.entries({...monorepo, 'packages/b/package.json': script('old')})) {
			await folder.write(`project/${path}`, content);
		}

		await using session = await opened({folder});
		answerWith(session, () => ({key: 'y'}));
		const edits = calls(['write', naming], ['write', code], ['write', {path: 'packages/b/package.json', content: script('new')}]);
		session.fake.script(calls(['read', {path: 'packages/b/package.json'}]), edits, says('Done.'), says('Yes.'), says('Yes.'));
		await send(session, start);
		expect(names(judged(session)?.newFailures)).toEqual(['b fails']);
		expect(warnings(session)).toEqual([expect.stringContaining('every failure of it counts as new: its script was another one then')]);
		expect(new Set(readFileSync(ran, 'utf8').trim().split(' '))).toEqual(new Set(['new']));
	});

	test('keeps the baseline of that package for its next attempt', async () => {
		await using session = await opened({options: {answerFor: answerForNobody}});
		session.fake.script(
			calls(['write', {...naming, content: multiplyTest(7)}], ['write', code]),
			says('Done.'),
			says('Yes.'),
			says('Yes.'),
			says('Yes.'),
		);
		await send(session, start);
		expect(ends(session)).toEqual(['failed: says done, 1 red']);
		await using again = await session.reopen([calls(['read', {path: naming.path}]), calls(['write', naming]), says('Done.')]);
		await send(again, {type: 'open-spec', name: 'products'}, start);
		expect(ends(again)).toEqual(['done: [1.1] passing']);
		expect(names(judged(again)?.oldFailures)).toEqual(['b fails']);
		expect(warnings(again)).toEqual([]);
	});

	test('cannot lose that package’s tests by another script, or with the script', async () => {
		const tasks = '# P\n\n## Tasks\n\n- [ ] 1.1 Multiply in `packages/b/src/multiply.js`\n  - _Requirements: 1.1_\n';
		const files = {
			[`${specFolder}/tasks.md`]: tasks,
			'package.json': packageFile('root', 'node --test ./test/root.test.js ./test/multiply.test.js'),
			'test/root.test.js': testFile(['root holds', true]),
			'packages/b/package.json': packageFile('b', 'node --test checks/old.js'),
			'packages/b/checks/old.js': testFile(['b holds', true]),
			'packages/b/test/old.test.js': '',
		};
		const atRoot = {path: 'test/multiply.test.js', content: naming.content.replace('../src', '../packages/b/src')};
		for (const [content, test11] of [
			[packageFile('b', 'node --test test/multiply.test.js'), naming],
			['{"name": "b", "type": "module"}\n', atRoot],
		] as const) {
			await using session = await opened({files});
			answerWith(session, () => ({key: 'y'}));
			const edits = calls(['write', test11], ['write', code], ['write', {path: 'packages/b/package.json', content}]);
			session.fake.script(calls(['read', {path: 'packages/b/package.json'}]), edits, says('Done.'), says('Yes.'), says('Yes.'));
			await send(session, start);
			expect(ends(session)).toEqual(['failed: says done, 1 red']);
			expect(names(judged(session)?.newFailures)).toEqual(['b holds']);
		}
	});

	test('that goes on after it was interrupted is told from what was before its first attempt', async () => {
		await using session = await opened({options: {answerFor: answerForNobody}});
		const breaks = ['write', {path: 'packages/b/test/old.test.js', content: testFile(['b holds', false], ['b fails', false])}] as const;
		session.fake.script(
			calls(['read', {path: 'packages/b/test/old.test.js'}]),
			calls(['write', naming], ['write', code], breaks),
			refuses(),
		);
		await session.session.send(start);
		expect(ends(session)).toEqual([expect.stringContaining('interrupted')]);
		await using again = await session.reopen([says('Done.'), says('It is.'), says('Yes.')]);
		await send(again, {type: 'open-spec', name: 'products'}, start);
		expect(ends(again)).toEqual(['failed: says done, 1 red']);
		expect(names(judged(again)?.newFailures)).toEqual(['b holds']);
		expect(names(judged(again)?.oldFailures)).toEqual(['b fails']);
		expect(warnings(again)).toEqual([]);
	});

	test('in a package without tests is judged by no other package’s: a person decides', async () => {
		await using session = await opened({files: {'packages/c/package.json': '{"name": "c"}\n'}});
		session.fake.script(calls(['write', {path: 'packages/c/x.js', content: 'export const x = 1;\n'}]), says('Tests.'), says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['waiting: no test command covers what it changed']);
		expect(runs(session)).toEqual([`baseline: ${aCommand}`]);
	});

	test('is proven by taking its code back in a copy, with that package’s command', async () => {
		await using session = await opened({options: {provesTasks: true}});
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		await session.session.settled();
		const ledger = session.session.store.state().spec?.ledger ?? [];
		expect(ledger.findLast(line => line.type === 'proof')).toMatchObject({evidence: [{criterion: '1.1', outcome: 'fails'}]});
		expect(entry(session)?.grade).toBe('proven');
	});

	test('that it brings itself has nothing before it', async () => {
		await using session = await opened();
		const brings = ['write', {path: 'packages/c/package.json', content: packageFile('c')}] as const;
		const inC = (path: string) => path.replace('packages/b', 'packages/c');
		const asked = answerWith(session, () => ({key: 'y'}));
		session.fake.script(
			calls(brings, ['write', {...naming, path: inC(naming.path)}], ['write', {...code, path: inC(code.path)}]),
			says('Done.'),
		);
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		expect(asked.map(({title}) => title)).toEqual(['Run "cd packages/c && npm test" after each change?']);
		expect([warnings(session), entry(session)?.before]).toEqual([[], undefined]);
	});
});

describe('where the root has a command that only its exit code is known of', () => {
	const files = {
		'package.json': packageFile('root', 'sh check.sh'),
		'check.sh': 'test ! -e packages/b/src/broken.js\n',
	};

	test('the package’s tests run first, then the root’s own', async () => {
		await using session = await opened({files});
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		expect(runs(session).slice(-2)).toEqual([`task: ${bCommand}`, 'task: npm test']);
	});

	test('red in the root’s own is red', async () => {
		await using session = await opened({files});
		const breaks = ['write', {path: 'packages/b/src/broken.js', content: '//\n'}] as const;
		session.fake.script(calls(['write', naming], ['write', code], breaks), says('Done.'), says('Yes.'), says('Yes.'));
		await send(session, start);
		expect(ends(session)).toEqual(['failed: says done, 1 red']);
		expect(names(judged(session)?.newFailures)).toEqual(['npm test']);
	});

	test('a command that a person named stands alone', async () => {
		await using session = await opened({files});
		answerWith(session, () => ({key: 'y'}));
		await send(session, {type: 'set-test-command', command: 'node --test packages/b/test/multiply.test.js'});
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		expect(runs(session).filter(run => run.includes('npm test'))).toEqual([]);
	});
});

describe('the command of another package', () => {
	const more = {'packages/c/package.json': packageFile('c'), 'packages/d/package.json': packageFile('d')};

	test('is shown with the trust question, and a yes to that is a yes to all of them as they stand', async () => {
		await using session = await opened({files: more, options: {trust: 'ask'}});
		const asked = answerWith(session, ({kind}) => ({key: kind === 'trust' ? 'y' : 'n'}));
		await send(session, {type: 'command', text: '/trust'});
		expect(asked[0]?.lines.slice(1, -1)).toEqual([
			`tests: ${aCommand}  (runs: node --test)`,
			`tests: ${bCommand}  (runs: node --test)`,
			`tests: cd packages/c && npm test  (runs: node --test)`,
			'and 1 more, the test commands of other packages',
		]);
		await approve(session);
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect([asked.length, ends(session)]).toEqual([1, ['done: [1.1] passing']]);
	});

	test('that the model edited is asked about, and not run without a yes', async () => {
		await using session = await opened({options: {answerFor: answerForNobody}});
		const content = packageFile('b', 'touch ../../ran && node --test');
		session.fake.script(
			calls(['read', {path: 'packages/b/package.json'}]),
			calls(['write', {path: 'packages/b/package.json', content}]),
			says('Done.'),
		);
		const outcome = await session.session.send(start);
		expect(outcome).toMatchObject({
			ok: false,
			error: {message: `The test command "${bCommand}" is not approved as it stands`, exitCode: 4},
		});
		expect(existsSync(join(session.root, 'ran'))).toBe(false);
		expect(ends(session)).toEqual([expect.stringContaining('interrupted: ')]);
	});
});

describe('what another package’s tests showed', () => {
	const row = (session: TestSession) => liveMatrix(session.session.store.state()).rows[0];
	async function built(): Promise<TestSession> {
		const session = await opened();
		session.fake.script(builds, says('Done.'));
		await send(session, start);
		expect(ends(session)).toEqual(['done: [1.1] passing']);
		return session;
	}

	test('stands after a run of this one, also in a session that has seen no other run', async () => {
		await using session = await built();
		const inA = calls(['write', {path: 'packages/a/src/x.js', content: 'export const x = 1;\n'}]);
		session.fake.script(inA, says('Done.'));
		await send(session, {type: 'say', stage: 'vibe', text: 'go'});
		expect(row(session)).toMatchObject({grade: 'passing', lastResult: 'passed'});
		await using again = await session.reopen([
			calls(['write', {path: 'packages/a/src/y.js', content: 'export const y = 1;\n'}]),
			says('Done.'),
		]);
		await send(again, {type: 'open-spec', name: 'products'}, {type: 'say', stage: 'vibe', text: 'go'});
		expect(runs(again).at(-1)).toBe(`vibe: ${aCommand}`);
		expect(row(again)).toMatchObject({grade: 'passing', lastResult: 'passed'});
	});

	test('is asked for again with its own command', async () => {
		await using session = await built();
		await using again = await session.reopen();
		await send(again, {type: 'open-spec', name: 'products'}, {type: 'run-tests', criterion: '1.1'});
		expect(runs(again)).toEqual([expect.stringContaining(`asked: ${bCommand}`)]);
		expect(again.session.store.state().tests.last?.report.counts).toMatchObject({passed: 1, failed: 0});
	});

	test('is checked by verify with its own command', async () => {
		await using session = await built();
		await using again = await session.reopen();
		await send(again, {type: 'open-spec', name: 'products'}, {type: 'verify'});
		expect(runs(again).filter(run => !run.includes('again'))).toEqual([expect.stringContaining(`asked: ${bCommand}`)]);
		await again.write('packages/b/test/multiply.test.js', testFile(['other', true]));
		await send(again, {type: 'verify'});
		expect(row(again)?.grade).toBe('red');
	});

	test('is run by a person with all the others', async () => {
		await using session = await built();
		await send(session, {type: 'run-tests'});
		expect(runs(session).slice(-2)).toEqual([`asked: ${aCommand}`, `asked: ${bCommand}`]);
		expect(names(session.session.store.state().tests.last?.comparison?.newFailures)).toEqual([]);
	});
});

test('a free turn in a package is told from what failed in it before', async () => {
	await using session = await opened();
	session.fake.script(calls(['write', {path: 'packages/b/test/new.test.js', content: testFile(['b breaks', false])}]), says('Done.'));
	await send(session, {type: 'say', stage: 'vibe', text: 'go'});
	expect(runs(session).filter(run => run.startsWith('vibe'))).toEqual([expect.stringContaining(bCommand)]);
	expect(names(judged(session)?.newFailures)).toEqual(['b breaks']);
	await using again = await session.reopen([
		calls(['read', {path: 'packages/b/test/old.test.js'}]),
		calls(['write', {path: 'packages/b/test/old.test.js', content: `${oldTests}\n// more\n`}]),
		says('Done.'),
	]);
	await send(again, {type: 'say', stage: 'vibe', text: 'go'});
	expect([names(judged(again)?.newFailures), names(judged(again)?.oldFailures)]).toEqual([[], ['b fails']]);
});

test('a free turn asks once about the command of its package, and does not run it after a no', async () => {
	await using session = await opened();
	await session.write('packages/b/package.json', packageFile('b', 'touch ../../ran && node --test'));
	const asked = answerWith(session, () => ({key: 'n'}));
	const turn = (name: string) => [calls(['write', {path: `packages/b/${name}.js`, content: '//\n'}]), says('Done.')];
	session.fake.script(...turn('one'), ...turn('two'));
	const say = {type: 'say', stage: 'vibe', text: 'go'} as const;
	expect(await session.session.send(say)).toMatchObject({ok: false, error: {exitCode: 4}});
	expect(await session.session.send(say)).toEqual({ok: true});
	expect(asked.map(({title}) => title)).toEqual([`Run "${bCommand}" after each change?`]);
	expect(existsSync(join(session.root, 'ran'))).toBe(false);
});

test('tasks of several packages whose whole run came later are each settled by their own package’s tests', async () => {
	const folder = await tempFolder();
	const tasks = '# P\n\n## Tasks\n\n- [ ] 1. First in `packages/a/x.js`\n- [ ] 2. Second\n- [ ] 3. Third\n';
	for (const [path, content] of Object.entries({...monorepo, [`${specFolder}/tasks.md`]: tasks})) {
		await folder.write(`project/${path}`, content);
	}

	await folder.write('kiro/config/settings.json', '{"tests": {"fullUnderMs": 0}}\n');
	await using session = await opened({folder});
	const adds = (path: string, name: string) => [calls(['write', {path, content: testFile([name, true])}]), says('Done.')];
	const [inA, inB, also] = ['packages/a/test/x.test.js', 'packages/b/test/y.test.js', 'packages/a/test/z.test.js'];
	session.fake.script(...adds(inA, 'x'), ...adds(inB, 'y'), ...adds(also, 'z'));
	await send(session, {type: 'run-tasks', tasks: 'all'});
	expect(eventsOf(session, 'task.finished').map(({task, outcome}) => `${task} ${outcome}`)).toEqual([
		'1 waiting',
		'2 waiting',
		'3 waiting',
		'1 done',
		'2 done',
		'3 done',
	]);
	expect(runs(session).slice(-2)).toEqual([`task: ${aCommand}`, `task: ${bCommand}`]);
	const ledger = session.session.store.state().spec?.ledger.flatMap(line => (line.type === 'task' ? [line] : [])) ?? [];
	expect(ledger.slice(-3).map(({command, after}) => [command, after])).toEqual([
		[aCommand, {passed: 3, failed: 0, skipped: 0}],
		[bCommand, {passed: 2, failed: 1, skipped: 0}],
		[aCommand, {passed: 3, failed: 0, skipped: 0}],
	]);
});
