import {execFileSync} from 'node:child_process';
import {symlinkSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type CliStage, openCli} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {type LiarProject, liarProjects} from './liar-projects.ts';

const requirements = `# Requirements Document

## Requirements

### Requirement 1: Counting

#### Acceptance Criteria

1. WHEN two numbers are given, THE Calc SHALL return their sum
2. WHEN a number is given, THE Calc SHALL return it twice

### Requirement 2: Signs

#### Acceptance Criteria

1. WHEN a number is given, THE Calc SHALL return it negated
2. WHEN a number is given, THE Calc SHALL return its square
`;

const tasks = `# Implementation Plan: Calc

## Tasks

- [ ] 1. Add
  - _Requirements: 1.1_
- [ ] 2. Twice
  - _Requirements: 1.2_
- [ ] 3. Negate
  - _Requirements: 2.1_
- [ ] 4. Square
  - _Requirements: 2.2_
`;

function isInstalled(program: string): boolean {
	try {
		execFileSync(program, [program === 'go' ? 'version' : '--version'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

const writes = (...files: readonly {readonly path: string; readonly content: string}[]) =>
	calls(...files.map(file => ['write', file] as const));

async function openLiar({files, links = {}}: LiarProject): Promise<CliStage> {
	const stage = await openCli({
		files: {...files, '.kiro/specs/calc/requirements.md': requirements, '.kiro/specs/calc/tasks.md': tasks},
		// A toolchain that is installed for the person is not in the home of the test.
		env: {RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'), CARGO_NET_OFFLINE: 'true', PYTHONDONTWRITEBYTECODE: '1'},
	});
	for (const [name, target] of Object.entries(links)) {
		symlinkSync(target, stage.at(name));
	}

	await mkdir(stage.folder.at('kiro/config'), {recursive: true});
	await writeFile(stage.folder.at('kiro/config/settings.json'), '{"repairRounds": 1}\n');
	const rev = (await stage.cli('approve', 'calc', 'tasks', '--trust')).stdout.trim();
	expect(await stage.cli('approve', 'calc', 'tasks', '--rev', rev, '--trust')).toMatchObject({code: 0});
	return stage;
}

const boxes = async (stage: CliStage) => (await readFile(stage.at('.kiro/specs/calc/tasks.md'), 'utf8')).match(/^- \[.\] \d/gm);

type Row = {readonly criterion: string; readonly grade: string; readonly revert?: string};

async function matrixOf(stage: CliStage): Promise<readonly string[]> {
	const {stdout} = await stage.cli('matrix', '--spec', 'calc', '--json');
	const {specs} = JSON.parse(stdout) as {readonly specs: readonly {readonly rows: readonly Row[]}[]};
	return (specs[0]?.rows ?? []).map(
		({criterion, grade, revert}) => `${criterion} ${grade}${revert === undefined ? '' : `, reverted: ${revert}`}`,
	);
}

describe.each(Object.entries(liarProjects))('a model that wants to look finished, with %s', (name, project) => {
	test.skipIf(!isInstalled(project.needs))(
		`is believed only what ${name} showed`,
		async () => {
			await using stage = await openLiar(project);
			const run = (task: string) => stage.cli('run', '--spec', 'calc', '--task', task, '--trust');
			const {honest, wrong, empty} = project;
			stage.fake.script(
				writes(honest.tests, honest.stub),
				says('The tests are there.'),
				calls(['read', {path: honest.code.path}], ['write', honest.code]),
				says('Done.'),
			);
			expect(await run('1')).toMatchObject({code: 0});
			// Around a subtest of Go another test fails, which is no test of its own.
			expect(JSON.stringify(stage.fake.requests)).not.toContain('naming no criterion of this task');
			stage.fake.script(
				writes(wrong.tests, wrong.stub),
				says('The tests are there.'),
				calls(['read', {path: wrong.code.path}], ['write', wrong.code], ['end_turn', {message: 'Done, all tests pass.'}]),
				says('They really do.'),
			);
			expect(await run('2')).toMatchObject({code: 5, stderr: expect.stringMatching(/says done, \d red/)});
			// Taken back by hand, so that the next tasks begin on green.
			await writeFile(stage.at(wrong.tests.path), '');
			execFileSync('rm', [stage.at(wrong.tests.path)]);
			stage.fake.script(calls(['read', {path: empty.code.path}], ['write', empty.tests], ['write', empty.code]), says('Done.'));
			expect(await run('3')).toMatchObject({code: 0});
			// Without its code a Go package does not build, and without a parser for Go there is no stub to put in its place.
			expect(await matrixOf(stage)).toEqual([
				'1.1 proven, reverted: fails',
				'1.2 red',
				`2.1 passing, reverted: ${name === 'go' ? 'unknown' : 'passes'}`,
				'2.2 unproven',
			]);
			stage.fake.script(calls(['run', {command: `rm ${honest.tests.path}`}]), says('Done.'));
			expect(await stage.cli('run', '--spec', 'calc', '--task', '4', '--trust', '--allow', `rm ${honest.tests.path}`)).toMatchObject({
				code: 5,
				stderr: expect.stringContaining('changed what other evidence rests on'),
			});
			stage.fake.assertDone();
			expect(await boxes(stage)).toEqual(['- [x] 1', '- [-] 2', '- [x] 3', '- [-] 4']);
			// The deleted test took its proof with it.
			expect((await matrixOf(stage))[0]).toMatch(/^1\.1 unproven/);
		},
		240_000,
	);
});
