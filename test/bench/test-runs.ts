import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {delimiter, dirname} from 'node:path';
import {runCommand} from '../../source/process/run.ts';
import type {TestReport} from '../../source/protocol/test-report.ts';
import {parseTestRun, planTestRun} from '../../source/test-runners/index.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {compare, type Row} from './measure.ts';

const resultCount = 50_000;
const fact = {command: 'npm test', runner: 'node-test', resolvesTo: 'node --test'} as const;

function environment(home: string): Record<string, string> {
	return {PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter), HOME: home, LANG: 'C.UTF-8'};
}

/** The project's tests as the program runs them: planned, in a process group of their own, the report read. */
async function runOurs(folder: TempFolder): Promise<TestReport> {
	const reportFile = folder.at('report');
	const plan = planTestRun({fact, scope: {kind: 'all'}, reportFile});
	const result = await runCommand({
		command: plan.command,
		cwd: folder.at('project'),
		env: {...environment(folder.path), ...plan.env},
		timeoutMs: 30_000,
		signal: new AbortController().signal,
	});
	return parseTestRun({fact, plan, scope: 'all', root: folder.at('project'), ...result, report: await readFile(reportFile, 'utf8')});
}

/** The runner alone. Resolves with its exit code. */
function runBare(folder: TempFolder): Promise<number | null> {
	const child = spawn('node', ['--test'], {cwd: folder.at('project'), env: environment(folder.path), stdio: ['ignore', 'pipe', 'pipe']});
	child.stdout.resume();
	child.stderr.resume();
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
}

async function wholeRunRow(): Promise<Row> {
	await using folder = await tempFolder();
	await folder.write('project/package.json', '{"type": "module", "scripts": {"test": "node --test"}}\n');
	const body = "import assert from 'node:assert/strict';\nimport test from 'node:test';\n\ntest('adds', () => assert.equal(1 + 2, 3));\n";
	await folder.write('project/test/one.test.js', body);
	await folder.write('project/test/two.test.js', body);
	const {counts, detail} = await runOurs(folder);
	if (counts.passed !== 2 || detail !== 'named' || (await runBare(folder)) !== 0) {
		throw new Error(`The tiny project gave ${JSON.stringify(counts)}, ${detail}`);
	}

	// Awaited here: the folder goes when this function ends.
	return await compare({
		name: 'a test run of two small files, with its report',
		run: () => runOurs(folder),
		floorName: 'node --test alone',
		floor: () => runBare(folder),
		clock: 'wall',
		must: 2,
		samples: 11,
	});
}

const isFailed = (index: number): boolean => index % 500 === 0;
const fileOf = (index: number): string => `test/part-${Math.floor(index / 100)}.test.ts`;
const message = 'AssertionError: expected 3 to be 4\n    at /work/project/test/part.test.ts:12:5\n    at run (node:internal/test:1:1)';

/** What jest writes with `--json`. */
function jsonReport(): string {
	const results = Array.from({length: resultCount}, (_, index) => ({
		ancestorTitles: ['the part', 'when it is asked'],
		fullName: `the part when it is asked gives answer ${index}`,
		status: isFailed(index) ? 'failed' : 'passed',
		title: `gives answer ${index} [1.${index % 9}]`,
		duration: index % 40,
		failureMessages: isFailed(index) ? [message] : [],
		location: {line: index % 300, column: 3},
		meta: {},
	}));
	const testResults = Array.from({length: resultCount / 100}, (_, file) => ({
		name: `/work/project/${fileOf(file * 100)}`,
		status: 'passed',
		message: '',
		assertionResults: results.slice(file * 100, file * 100 + 100),
	}));
	return JSON.stringify({success: false, testResults});
}

/** What pytest and many others write. */
function junitReport(): string {
	const cases = Array.from({length: resultCount}, (_, index) => {
		const inside = isFailed(index) ? `><failure message="assert 3 == 4">${message}</failure></testcase>` : ' />';
		return `<testcase classname="tests.test_part" name="test_answer_${index}" file="tests/test_part_${index % 500}.py" line="${index % 300}" time="0.004"${inside}`;
	});
	return `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" tests="${resultCount}">${cases.join('')}</testsuite></testsuites>`;
}

/** What our reporter writes for vitest. */
function vitestReport(): string {
	const lines = Array.from({length: resultCount}, (_, index) => {
		const error = isFailed(index)
			? {name: 'AssertionError', message: 'expected 3 to be 4', stack: message, expected: '4', actual: '3'}
			: undefined;
		const place = {file: `/work/project/${fileOf(index)}`, suites: ['the part'], line: index % 300, ms: index % 40, hook: false};
		return JSON.stringify({
			...place,
			name: `gives answer ${index} [1.${index % 9}]`,
			state: isFailed(index) ? 'fail' : 'pass',
			error,
			type: 'test',
		});
	});
	return lines.join('\n');
}

/** What `go test -json` prints. */
function goReport(): string {
	const lines = Array.from({length: resultCount}, (_, index) => {
		const base = {Package: `example.com/part${Math.floor(index / 100)}`, Test: `TestPart/gives_answer_${index}`};
		const end = isFailed(index) ? 'fail' : 'pass';
		const said = isFailed(index) ? '    part_test.go:12: got 3, want 4\n' : `    --- PASS: ${base.Test} (0.00s)\n`;
		return [
			{...base, Action: 'run'},
			{...base, Action: 'output', Output: said},
			{...base, Action: end, Elapsed: 0},
		].map(line => JSON.stringify(line));
	});
	return lines.flat().join('\n');
}

/** What bats and others print. */
function tapReport(): string {
	const points = Array.from({length: resultCount}, (_, index) =>
		isFailed(index)
			? `not ok ${index + 1} gives answer ${index}\n# (in test file test/part.bats, line 12)\n#   \`false' failed`
			: `ok ${index + 1} gives answer ${index}`,
	);
	return `1..${resultCount}\n${points.join('\n')}\n`;
}

async function reportOf(runner: 'vitest' | 'jest' | 'junit' | 'go-test' | 'tap', report: string): Promise<TestReport> {
	const run = {outcome: 'exited', exitCode: 1, output: '', durationMs: 1, scope: 'all', root: '/work/project'} as const;
	const parsed = await parseTestRun({...run, fact: {runner}, plan: {shown: 'npm test'}, report});
	if (parsed.tests.length !== resultCount || parsed.counts.failed !== resultCount / 500) {
		throw new Error(`${runner}: ${parsed.tests.length} tests, ${parsed.counts.failed} failed`);
	}

	return parsed;
}

/** Running a project's tests and reading what they say. */
export async function testRunRows(): Promise<readonly Row[]> {
	const json = jsonReport();
	const lines = vitestReport();
	const go = goReport();
	const tap = tapReport();
	const xml = junitReport();
	// What it costs to read the lines and no more.
	const floorOf = (report: string) => ({...floor, floor: () => report.split('\n').map(line => JSON.parse(line))});
	const floor = {floorName: 'JSON.parse of as many', clock: 'processor' as const, floor: () => JSON.parse(json), samples: 7};
	return [
		await wholeRunRow(),
		await compare({name: '50,000 results of vitest, read', run: () => reportOf('vitest', lines), ...floorOf(lines), must: 8}),
		await compare({name: '50,000 results of jest, read', run: () => reportOf('jest', json), ...floor, must: 6}),
		await compare({name: '50,000 results of go test, read', run: () => reportOf('go-test', go), ...floorOf(go), must: 12}),
		await compare({name: '50,000 results in TAP, read', run: () => reportOf('tap', tap), ...floor, must: 6}),
		await compare({name: '50,000 results in JUnit XML, read', run: () => reportOf('junit', xml), ...floor, must: 25}),
	];
}
