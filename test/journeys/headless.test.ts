import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import type {DocumentStage} from '../../source/protocol/ledger-entry.ts';
import {
	answers,
	call,
	calls,
	type FakeAnthropic,
	overloaded,
	rateLimited,
	type Scripted,
	says,
	startFakeAnthropic,
	text,
} from '../support/fake-anthropic.ts';
import {type CliRun, runCli} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, nodeProject, smallSpec} from '../support/test-session.ts';

type Stage = AsyncDisposable & {
	readonly folder: TempFolder;
	readonly fake: FakeAnthropic;
	readonly cli: (...args: readonly string[]) => Promise<CliRun>;
	/** As `cli`, with text on standard input. */
	readonly piped: (input: string, ...args: readonly string[]) => Promise<CliRun>;
};

async function openProject(script: readonly Scripted[] = [], env: Readonly<Record<string, string>> = {}): Promise<Stage> {
	const folder = await tempFolder();
	const fake = await startFakeAnthropic(script);
	for (const [path, content] of Object.entries(nodeProject)) {
		await folder.write(`project/${path}`, content);
	}

	const piped = (input: string, ...args: readonly string[]) =>
		runCli(args, {
			cwd: folder.at('project'),
			home: folder.path,
			input,
			env: {ANTHROPIC_BASE_URL: fake.url, ANTHROPIC_API_KEY: fake.key, KIRO_TUI_PROFILE: 'anthropic', ...env},
		});
	return {
		folder,
		fake,
		cli: (...args) => piped('', ...args),
		piped,
		async [Symbol.asyncDispose]() {
			await fake.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

const writes = (document: DocumentStage) =>
	answers([text(`The ${document}.`), call('write_document', {document, content: smallSpec[document]})]);

/** Approves a document the way a script does: asks for the hash, then names it. */
async function approve({cli}: Stage, stage: DocumentStage) {
	const asked = await cli('approve', 'products', stage, '--trust');
	expect(asked.code).toBe(3);
	const rev = asked.stdout.trim();
	expect(rev).toMatch(/^[0-9a-f]{12}$/);
	expect(await cli('approve', 'products', stage, '--rev', rev, '--trust')).toMatchObject({code: 0});
}

function lastLine(run: CliRun): unknown {
	return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
}

describe('without a screen', () => {
	test('steering files that say when they count are read, and only those that do reach the model', async () => {
		await using stage = await openProject([says('Hello.')]);
		await stage.folder.write('project/.kiro/steering/style.md', '---\ninclusion: always\n---\nIndent with tabs.\n');
		await stage.folder.write(
			'project/.kiro/steering/sql.md',
			"---\ninclusion: fileMatch\nfileMatchPattern: '**/*.sql'\n---\nIndent with spaces.\n",
		);
		expect(await stage.cli('-p', 'hello', '--trust')).toMatchObject({code: 0, stdout: expect.stringContaining('Hello.')});
		const [request] = stage.fake.requests.map(({body}) => JSON.stringify(body));
		expect([request?.includes('Indent with tabs.'), request?.includes('Indent with spaces.')]).toEqual([true, false]);
	});

	test('an idea becomes tested code: new, approve, run, status', async () => {
		await using stage = await openProject([writes('requirements'), says('Look at it.')]);
		const {cli, fake} = stage;
		expect(await cli('new', 'products', 'multiply numbers', '--trust')).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('Look at it.'),
		});
		expect(await cli('new', 'products', 'again', '--trust')).toMatchObject({code: 2});
		await approve(stage, 'requirements');
		fake.script(writes('design'), says('Look.'));
		expect(await cli('-p', 'write the design', '--spec', 'products', '--stage', 'design', '--trust')).toMatchObject({code: 0});
		await approve(stage, 'design');
		fake.script(writes('tasks'), says('Look.'));
		expect(await cli('-p', 'write the tasks', '--spec', 'products', '--stage', 'tasks', '--trust')).toMatchObject({code: 0});
		expect(await cli('run', '--spec', 'products', '--all', '--trust')).toMatchObject({
			code: 3,
			stderr: expect.stringContaining('tasks.md is not approved'),
		});
		await approve(stage, 'tasks');
		fake.script(
			calls(
				['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
				['write', {path: 'src/multiply.js', content: multiplyCode}],
			),
			says('Done.'),
		);
		const run = await cli('run', '--spec', 'products', '--all', '--trust', '-o', 'stream-json');
		fake.assertDone();
		expect({code: run.code, result: lastLine(run)}).toMatchObject({
			code: 0,
			result: {
				type: 'result',
				status: 'done',
				exit_code: 0,
				tests: {passed: 2, failed: 0, new_failures: []},
				evidence: [{task: '1.1', outcome: 'done', grade: 'passing'}],
				permission_denials: [],
			},
		});
		const status = await cli('status', '--json');
		expect(JSON.parse(status.stdout)).toEqual({
			specs: [
				{
					name: 'products',
					path: '.kiro/specs/products',
					stage: 'vibe',
					tasks: {total: 1, done: 1, optional: 0},
					approvals: {requirements: 'approved', design: 'approved', tasks: 'approved'},
					problems: [expect.objectContaining({file: 'requirements.md', code: 'no-unwanted-behaviour'})],
				},
			],
		});
	}, 60_000);

	test('an untrusted folder is exit 4, and nothing of it was run or sent', async () => {
		await using stage = await openProject();
		await stage.folder.write('project/package.json', '{"scripts": {"test": "touch canary"}}');
		for (const args of [
			['-p', 'hello'],
			['new', 'a', 'b'],
			['run', '--spec', 'a'],
			['approve', 'a', 'design'],
		]) {
			expect(await stage.cli(...args)).toMatchObject({code: 4, stderr: expect.stringContaining('--trust')});
		}

		expect(stage.fake.requests).toEqual([]);
		await expect(readFile(stage.folder.at('project/canary'))).rejects.toThrow('ENOENT');
	});

	test('no key is exit 7 and says what to set', async () => {
		await using stage = await openProject([], {ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: ''});
		expect(await stage.cli('-p', 'hello', '--trust')).toMatchObject({code: 7, stderr: expect.stringContaining('ANTHROPIC_API_KEY')});
	});

	test('a limit that resets in an hour is told at once: exit 8, one request', async () => {
		await using stage = await openProject([rateLimited(3600)]);
		const run = await stage.cli('-p', 'hello', '--trust');
		expect({code: run.code, requests: stage.fake.requests.length}).toEqual({code: 8, requests: 1});
		expect(run.stderr).toContain('takes requests again in');
	});

	test('an overloaded service is given up after the limit of waiting, exit 8', async () => {
		await using stage = await openProject([overloaded(), overloaded(), overloaded()], {KIRO_TUI_MAX_WAIT_MS: '0'});
		const run = await stage.cli('-p', 'hello', '--trust', '-o', 'json');
		expect({code: run.code, result: lastLine(run)}).toMatchObject({code: 8, result: {status: 'failed', exit_code: 8}});
	});

	test('a command that would ask is denied and reported', async () => {
		await using stage = await openProject([calls(['run', {command: 'touch canary'}]), says('I could not.')]);
		const run = await stage.cli('-p', 'touch it', '--trust', '-o', 'json');
		expect({code: run.code, result: lastLine(run)}).toMatchObject({
			code: 4,
			result: {permission_denials: [{tool: 'run', subject: 'touch canary'}]},
		});
		await expect(readFile(stage.folder.at('project/canary'))).rejects.toThrow('ENOENT');
	});

	test('a document that is written all the same did not need what was denied', async () => {
		await using stage = await openProject([
			calls(['package', {name: 'left-pad', ecosystem: 'npm'}]),
			calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]),
			says('Look at it.'),
		]);
		const run = await stage.cli('new', 'products', 'multiply', '--route', 'feature', '--trust', '-o', 'json');
		expect({code: run.code, result: lastLine(run)}).toMatchObject({code: 0, result: {permission_denials: [{tool: 'package'}]}});
	});

	test('--allow lets exactly that command through', async () => {
		await using stage = await openProject([calls(['run', {command: 'touch canary'}]), says('Done.')]);
		expect(await stage.cli('-p', 'touch it', '--trust', '--allow', 'touch canary')).toMatchObject({code: 0});
		expect(await readFile(stage.folder.at('project/canary'), 'utf8')).toBe('');
	});

	test('new failures after a message are exit 5', async () => {
		await using stage = await openProject([
			calls(['write', {path: 'test/red.test.js', content: multiplyTest(7)}], ['write', {path: 'src/multiply.js', content: multiplyCode}]),
			says('Done.'),
		]);
		const run = await stage.cli('-p', 'multiply', '--trust', '-o', 'json');
		expect({code: run.code, result: lastLine(run)}).toMatchObject({
			code: 5,
			result: {tests: {failed: 1, new_failures: [expect.stringContaining('multiplies')]}},
		});
	});

	test('a changed test script is asked about again: exit 4, not run', async () => {
		await using stage = await openProject([
			calls(['read', {path: 'package.json'}]),
			calls(['write', {path: 'package.json', content: '{"type": "module", "scripts": {"test": "touch canary"}}'}]),
			says('Done.'),
		]);
		await mkdir(stage.folder.at('project/.kiro/specs/products'), {recursive: true});
		for (const document of ['requirements', 'design', 'tasks'] as const) {
			await writeFile(stage.folder.at(`project/.kiro/specs/products/${document}.md`), smallSpec[document]);
		}

		await approve(stage, 'tasks');
		expect(await stage.cli('run', '--spec', 'products', '--all', '--trust')).toMatchObject({
			code: 4,
			stderr: expect.stringContaining('not approved'),
		});
		await expect(readFile(stage.folder.at('project/canary'))).rejects.toThrow('ENOENT');
	});

	test('what went wrong is told once', async () => {
		await using stage = await openProject();
		await stage.folder.write('project/.kiro/specs/products/tasks.md', smallSpec.tasks);
		const {code, stderr} = await stage.cli('new', 'products', 'multiply', '--trust');
		expect(code).toBe(2);
		expect(stderr.match(/There is a spec called products already/g)).toHaveLength(1);
		expect(stderr).toContain('--spec products');
	});

	test('standard input is appended to the message', async () => {
		await using stage = await openProject([says('I read it.')]);
		expect(await stage.piped('the log says 42\n', '-p', 'explain this', '--trust')).toMatchObject({code: 0});
		expect(JSON.stringify(stage.fake.requests[0]?.body.messages)).toContain('the log says 42');
	});

	test('an unknown spec, task or stage is exit 2 with the nearest names', async () => {
		await using stage = await openProject();
		await stage.folder.write('project/.kiro/specs/products/tasks.md', smallSpec.tasks);
		expect(await stage.cli('run', '--spec', 'product', '--trust')).toMatchObject({code: 2, stderr: expect.stringContaining('products')});
		await approve(stage, 'tasks');
		expect(await stage.cli('run', '--spec', 'products', '--task', '1.2', '--trust')).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('1.1'),
		});
		expect(await stage.cli('approve', 'products', 'task', '--trust')).toMatchObject({code: 2, stderr: expect.stringContaining('tasks')});
	});
});
