import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {textHashesOf} from '../../source/session/sync-artifacts.ts';
import {digestOf} from '../../source/workspace/digest.ts';
import {runCli} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec} from '../support/test-session.ts';

const ticked = smallSpec.tasks.replaceAll('[ ]', '[x]');

/** Task 1.1 was done with other bytes of src/multiply.js than those that are there. */
const changedLine = {
	v: 1,
	id: 'one',
	at: '2026-01-01T00:00:00.000Z',
	by: 'Ada',
	type: 'task',
	task: '1.1',
	textHash: textHashesOf(ticked)['1.1'],
	outcome: 'done',
	grade: 'passing',
	criteria: ['1.1'],
	command: 'npm test',
	after: {passed: 2, failed: 0, skipped: 0},
	red: [],
	green: ['test/multiply.test.js > multiplies [1.1]'],
	files: [{path: 'src/multiply.js', after: digestOf('other bytes')}],
	durationMs: 60_000,
};

type Stage = AsyncDisposable & {
	readonly folder: TempFolder;
	readonly cli: (...args: readonly string[]) => ReturnType<typeof runCli>;
	readonly ledger: () => Promise<readonly Record<string, unknown>[]>;
};

/** A project with a spec that was written, and ticked, elsewhere. */
async function openForeign(files: Readonly<Record<string, string>> = {}): Promise<Stage> {
	const folder = await tempFolder();
	const all = {
		...nodeProject,
		'src/multiply.js': multiplyCode,
		'test/multiply.test.js': multiplyTest(6),
		'.kiro/specs/products/requirements.md': smallSpec.requirements,
		'.kiro/specs/products/design.md': smallSpec.design,
		'.kiro/specs/products/tasks.md': ticked,
		...files,
	};
	for (const [path, content] of Object.entries(all)) {
		await folder.write(`project/${path}`, content);
	}

	return {
		folder,
		cli: (...args) => runCli(args, {cwd: folder.at('project'), home: folder.path}),
		async ledger() {
			const text = await readFile(folder.at('project/.kiro/specs/products/ledger.jsonl'), 'utf8').catch(() => '');
			return text
				.split('\n')
				.filter(line => line !== '')
				.map(line => JSON.parse(line));
		},
		[Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
	};
}

describe('the matrix without a screen', () => {
	test('tells a spec written elsewhere by its names alone, runs nothing and needs no trust', async () => {
		await using stage = await openForeign({'package.json': '{"type": "module", "scripts": {"test": "touch canary && node --test"}}'});
		const run = await stage.cli('matrix', '--json');
		expect({code: run.code, matrix: JSON.parse(run.stdout)}).toEqual({
			code: 0,
			matrix: {
				v: 1,
				specs: [
					{
						spec: 'products',
						path: '.kiro/specs/products',
						rows: [
							{
								criterion: '1.1',
								text: 'WHEN two numbers are given, THE Sums SHALL return their product',
								line: 9,
								grade: 'unproven',
								lastResult: 'unknown',
								isFlaky: false,
								tests: [{name: 'multiplies [1.1]', file: 'test/multiply.test.js', line: 5, status: 'unknown'}],
								tasks: [expect.objectContaining({number: '1.1', marker: 'x', isDone: true, grade: 'unproven', isByHand: false})],
								properties: [],
								changedFiles: [],
								byHand: [],
								survivors: [],
							},
						],
						tasks: [expect.objectContaining({id: '1.1', criteria: ['1.1']})],
						byHand: [],
						doubts: [{task: '1.1', criterion: '1.1', why: 'no-evidence'}],
					},
				],
			},
		});
		await expect(readFile(stage.folder.at('project/canary'))).rejects.toThrow('ENOENT');
	});

	test('tells criteria whole in a pipe, and is a table for a pull request with --markdown', async () => {
		await using stage = await openForeign({
			'.kiro/specs/products/requirements.md': smallSpec.requirements.replace('product', `product ${'and 产品 more '.repeat(12)}\u001B[31m`),
		});
		const text = await stage.cli('matrix');
		expect(text).toMatchObject({code: 0, stderr: ''});
		expect(text.stdout).toContain('products: 0 of 1 criteria proven or passing');
		expect(text.stdout).not.toContain('\u001B');
		expect(text.stdout).toMatch(/1\.1 .*WHEN two numbers are given, THE Sums SHALL return their (?:product and 产品 more )+/);

		const markdown = await stage.cli('matrix', '--markdown', '--spec', 'products');
		expect(markdown.stdout).toContain('| id | criterion | evidence | tests | when | tasks | cost |');
	});

	test('answers an unknown spec with the nearest, and exit 2', async () => {
		await using stage = await openForeign();
		for (const command of ['matrix', 'report', 'pr']) {
			expect(await stage.cli(command, '--spec', 'product')).toMatchObject({code: 2, stderr: expect.stringContaining('Nearest: products')});
		}

		expect(await stage.cli('verify', '--spec', 'product', '--trust')).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('Nearest: products'),
		});
	});
});

describe('verify', () => {
	test('passes a spec without a ledger when a test names each criterion of what is ticked', async () => {
		await using stage = await openForeign();
		const run = await stage.cli('verify', '--trust');
		expect(run).toMatchObject({code: 0, stdout: expect.stringContaining('products: 1 of 1 criteria proven or passing')});
		expect(await stage.ledger()).toEqual([]);
	});

	test('is exit 5 when a ticked task is red, or nothing shows it', async () => {
		await using stage = await openForeign({'test/multiply.test.js': multiplyTest(7)});
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('task 1.1: a test of 1.1 fails')});
		await stage.folder.write('project/test/multiply.test.js', multiplyTest(6).replace(' [1.1]', ''));
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('task 1.1: no evidence for 1.1')});
		await stage.folder.write('project/.kiro/specs/products/tasks.md', smallSpec.tasks);
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0});
	});

	test('without names of tests, or without a test command, only the ledger tells', async () => {
		const scripts = (command: string) => JSON.stringify({type: 'module', scripts: {test: command}});
		await using stage = await openForeign({'package.json': scripts('node src/sum.js')});
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('task 1.1: no evidence for 1.1')});
		await stage.folder.write('project/package.json', scripts('node src/sum.js && exit 3'));
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('exit code 3')});
		await rm(stage.folder.at('project/test'), {recursive: true});
		await stage.folder.write('project/package.json', '{}');
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 5, stderr: expect.stringContaining('no test command')});
	});

	test('a ledger of a newer version is only read, and the verdict stands', async () => {
		await using stage = await openForeign();
		await stage.folder.write('project/.kiro/specs/products/ledger.jsonl', `${JSON.stringify(changedLine)}\n{"v":2}\n`);
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0, stderr: expect.stringContaining('not recorded')});
		expect(await stage.ledger()).toHaveLength(2);
	});

	test('needs trust as a run does', async () => {
		await using stage = await openForeign();
		expect(await stage.cli('verify')).toMatchObject({code: 4, stderr: expect.stringContaining('--trust')});
	});

	test('counts a task that a person accepted, and shows who and why for ever', async () => {
		await using stage = await openForeign({'test/multiply.test.js': '', '.kiro/specs/products/tasks.md': smallSpec.tasks});
		await using opened = await openTestSession({folder: {...stage.folder, [Symbol.asyncDispose]: async () => undefined}});
		await opened.session.send({type: 'open-spec', name: 'products'});
		await opened.session.send({type: 'command', text: '/accept 1.1 seen on the device'});
		await opened.session.close();
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0, stdout: expect.stringContaining('seen on the device')});
		const tasks = join(stage.folder.path, 'project/.kiro/specs/products/tasks.md');
		await writeFile(tasks, smallSpec.tasks);
		expect((await stage.cli('matrix')).stdout).toContain('task 1.1 accepted by hand by');
	});

	test('records that criteria whose files changed pass again, once', async () => {
		await using stage = await openForeign();
		await stage.folder.write('project/.kiro/specs/products/ledger.jsonl', `${JSON.stringify(changedLine)}\n`);
		expect(JSON.parse((await stage.cli('matrix', '--json', '--unproven')).stdout).specs[0].rows).toMatchObject([
			{criterion: '1.1', grade: 'unproven', unprovenSince: expect.any(String), changedFiles: ['src/multiply.js']},
		]);
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0});
		expect((await stage.ledger()).slice(1)).toMatchObject([
			{type: 'check', criteria: [{criterion: '1.1'}], files: [{path: 'src/multiply.js', after: digestOf(multiplyCode)}]},
		]);
		expect(await stage.cli('verify', '--trust')).toMatchObject({code: 0});
		expect(await stage.ledger()).toHaveLength(2);
		expect(JSON.parse((await stage.cli('matrix', '--json', '--unproven')).stdout).specs[0].rows).toEqual([]);
	});
});

test('pr and report are told from the files alone, the same bytes each time', async () => {
	await using stage = await openForeign();
	await mkdir(stage.folder.at('project/.kiro/specs/other'), {recursive: true});
	expect(await stage.cli('pr')).toMatchObject({code: 2, stderr: expect.stringContaining('--spec')});
	const [one, other] = [await stage.cli('pr', '--spec', 'products'), await stage.cli('pr', '--spec', 'products')];
	expect(one).toEqual(other);
	expect(one.stdout).toMatch(
		/^# Products\n[\s\S]*## What[\s\S]*## Why[\s\S]*## How\n\nA function `multiply`[\s\S]*## Evidence[\s\S]*## Not proven[\s\S]*## Accepted by hand/,
	);
	expect(await stage.cli('report', '--spec', 'products')).toMatchObject({code: 0, stdout: 'products: no ledger yet\n'});
});
