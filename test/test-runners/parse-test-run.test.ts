import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {type FinishedTestRun, parseTestRun, planTestRun} from '../../source/test-runners/index.ts';

const base: FinishedTestRun = {
	fact: {runner: 'vitest'},
	plan: {shown: 'npm test'},
	scope: 'all',
	root: '/project',
	outcome: 'exited',
	exitCode: 1,
	output: '',
	durationMs: 5,
};

const folders: string[] = [];

afterEach(() => {
	for (const folder of folders.splice(0)) {
		rmSync(folder, {recursive: true, force: true});
	}
});

describe('the report of a run', () => {
	test('knows only the exit code when a runner broke off before it wrote a report', async () => {
		expect(await parseTestRun({...base, output: 'Error: \u001B[31mbad config\u001B[39m in /project/vite.config.ts'})).toEqual({
			runner: 'vitest',
			command: 'npm test',
			scope: 'all',
			detail: 'exit-code',
			tests: [],
			counts: {passed: 0, failed: 0, skipped: 0},
			collected: 0,
			exitCode: 1,
			durationMs: 5,
			output: 'Error: bad config in vite.config.ts',
		});
	});

	test('never takes zero tests for a result', async () => {
		const {problem: empty} = await parseTestRun({...base, exitCode: 0, report: ''});
		const {problem: said} = await parseTestRun({...base, fact: {runner: 'jest'}, output: 'No tests found, exiting with code 1'});
		const {problem: go} = await parseTestRun({
			...base,
			fact: {runner: 'go-test'},
			exitCode: 0,
			report: '{"Action":"skip","Package":"x"}\n',
		});
		const {problem: node} = await parseTestRun({...base, fact: {runner: 'node-test'}, exitCode: 0, report: ''});
		expect([empty, said, go, node]).toEqual(['no-tests', 'no-tests', 'no-tests', 'no-tests']);
	});

	test('says why there is none: not started, timed out, stopped', async () => {
		const problems = await Promise.all([
			parseTestRun({...base, exitCode: 127}),
			parseTestRun({...base, outcome: 'timed-out', exitCode: undefined}),
			parseTestRun({...base, outcome: 'stopped', exitCode: undefined, report: ''}),
		]);
		expect(problems.map(({problem}) => problem)).toEqual(['not-started', 'timed-out', 'stopped']);
	});

	test('takes a report that is no report for none', async () => {
		for (const runner of ['vitest', 'node-test', 'pytest', 'go-test', 'cargo-test', 'junit']) {
			const {detail, tests} = await parseTestRun({...base, fact: {runner}, report: '<html>oops'});
			expect([runner, detail, tests]).toEqual([runner, 'exit-code', []]);
		}
	});

	test('sees a hook that failed around tests that pass', async () => {
		const report = JSON.stringify({
			testResults: [
				{
					name: '/project/a.test.ts',
					status: 'failed',
					message: 'Error: disk',
					assertionResults: [{ancestorTitles: [], title: 'a', status: 'passed'}],
				},
			],
		});
		const {tests} = await parseTestRun({...base, fact: {runner: 'jest'}, report});
		expect(tests.map(({id, status}) => `${status} ${id}`)).toEqual([
			'passed a.test.ts > a',
			'failed a.test.ts > the hooks of the file pass',
		]);
	});

	test('places files of a package below the root, and none that lie elsewhere', async () => {
		const report =
			'<testsuites><testsuite name="s"><testcase classname="k" name="a" file="t/a.js" time="0.5"/><testcase name="b" file="/else/b.js"/></testsuite></testsuites>';
		const {tests} = await parseTestRun({...base, fact: {runner: 'junit'}, plan: {shown: 'x', folder: 'packages/a'}, report});
		expect(tests).toEqual([
			{id: 'packages/a/t/a.js > k > a', file: 'packages/a/t/a.js', name: 'k > a', suites: ['k'], status: 'passed', durationMs: 500},
			{id: 'b', file: '', name: 'b', status: 'passed'},
		]);
	});

	test('places an error that a library raised where the project called it', async () => {
		const text = [
			'def test_load():',
			'>       assert load("") == {}',
			'',
			'tests/test_app.py:4: ',
			'_ _ _',
			'app.py:3: in load',
			'    return json.loads(t)',
			'/usr/lib/python3.11/json/decoder.py:355: JSONDecodeError',
		].join('\n');
		const report = `<testsuites><testsuite name="pytest"><testcase classname="tests.test_app" name="test_load" file="tests/test_app.py" line="3"><failure message="json.decoder.JSONDecodeError: Expecting value">${text.replaceAll('"', '&quot;').replace('>', '&gt;')}</failure></testcase></testsuite></testsuites>`;
		const {tests} = await parseTestRun({...base, fact: {runner: 'pytest'}, report});
		expect(tests[0]?.failure).toMatchObject({kind: 'error', inBody: true, file: 'app.py', line: 3});
	});

	test('reads build failures of newer go versions, and tags whose spaces go turned into underscores', async () => {
		const report = [
			{ImportPath: 'x/bad [x/bad.test]', Action: 'build-output', Output: '# x/bad [x/bad.test]\n'},
			{ImportPath: 'x/bad [x/bad.test]', Action: 'build-output', Output: 'bad/b_test.go:7:2: undefined: f\n'},
			{ImportPath: 'x/bad [x/bad.test]', Action: 'build-fail'},
			{Action: 'output', Package: 'x/bad', Output: 'FAIL\tx/bad [build failed]\n'},
			{Action: 'fail', Package: 'x/bad', FailedBuild: 'x/bad [x/bad.test]'},
			{Action: 'pass', Package: 'x/good', Test: 'TestA/keeps_it_[todo_1.2]'},
		];
		const {tests} = await parseTestRun({...base, fact: {runner: 'go-test'}, report: report.map(line => JSON.stringify(line)).join('\n')});
		expect(tests.map(({name, failure}) => [name, failure?.kind, failure?.message])).toEqual([
			['x/good.TestA/keeps_it_[todo 1.2]', undefined, undefined],
			['x/bad builds', 'not-collected', 'undefined: f'],
		]);
	});

	test('adds criterion ids from docstrings and comments to names that cannot carry them, and keeps the ids of tests', async () => {
		const sources: Readonly<Record<string, string>> = {
			'tests/test_a.py': [
				'# [1.9] a note far away',
				'',
				'def test_first():',
				'    """Keeps the list [1.1, 1.2]"""',
				'    assert [1.3] == [1.3]',
				'',
				'# [todo 2.1]',
				'@pytest.mark.slow',
				'async def test_second(',
				'    tmp_path,',
				'):',
				'    x = "[3.1]"',
			].join('\n'),
		};
		const report =
			'<testsuite><testcase classname="tests.test_a" name="test_first" file="tests/test_a.py"/><testcase classname="tests.test_a" name="test_second[a]" file="tests/test_a.py"/></testsuite>';
		const {tests} = await parseTestRun({...base, fact: {runner: 'pytest'}, report, read: async path => sources[path]});
		expect(tests.map(({id, name}) => [id, name])).toEqual([
			['tests/test_a.py > test_first', 'test_first [1.1, 1.2]'],
			['tests/test_a.py > test_second[a]', 'test_second[a] [todo 2.1]'],
		]);
	});

	test('of node’s real runner names its tests, although its own reporter goes to the screen', async () => {
		const root = realpathSync(mkdtempSync(join(tmpdir(), 'kiro-node-test-')));
		folders.push(root);
		const files = {
			'test/a.test.mjs':
				"import test from 'node:test';\nimport assert from 'node:assert';\ntest('keeps it [1.1]', () => {});\ntest('loses it', () => assert.equal(1, 2));\n",
			'test/b.test.mjs': "import './gone.mjs';\n",
		};
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(root, path)), {recursive: true});
			writeFileSync(join(root, path), text);
		}

		const fact = {command: 'npm test', runner: 'node-test', resolvesTo: 'node --test test/*.mjs'};
		const reportFile = join(root, "a report's file");
		const plan = planTestRun({fact, scope: {kind: 'all'}, reportFile});
		const {NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env} = process.env;
		const result = spawnSync('bash', ['-c', plan.command], {cwd: root, env: {...env, ...plan.env}, encoding: 'utf8'});
		const report = await parseTestRun({
			fact,
			plan,
			scope: 'all',
			root,
			outcome: 'exited',
			exitCode: result.status ?? undefined,
			output: result.stdout + result.stderr,
			durationMs: 1,
			report: readFileSync(reportFile, 'utf8'),
		});
		expect(report.tests.map(({id, status, failure}) => [status, id, failure?.kind, failure?.line])).toEqual([
			['passed', 'test/a.test.mjs > keeps it [1.1]', undefined, undefined],
			['failed', 'test/a.test.mjs > loses it', 'assertion', 4],
			['failed', 'test/b.test.mjs > the file loads', 'not-collected', undefined],
		]);
		expect(report.exitCode).toBe(1);
		expect(report.output).toContain('keeps it [1.1]');
	});
});
