import {spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {homedir, hostname, tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {parseTestRun, planTestRun} from '../../../source/test-runners/index.ts';
import {mochaReporter} from '../../../source/test-runners/mocha-reporter.ts';
import {djangoReporter, unittestReporter} from '../../../source/test-runners/unittest-reporter.ts';
import {type Sample, type SampleRun, samples} from './samples.ts';

/** One recorded run, as `recorded/<folder>/recorded.json` tells it. */
export type RecordedRun = {
	readonly name: string;
	/** As a person would type it. */
	readonly command: string;
	/** What was started, without the text of our own reporters. */
	readonly started: string;
	readonly exitCode: number;
	/** The file with what the runner reported; absent when it reported nothing. */
	readonly report?: string;
	/** The file with what it printed, where that is all there is. */
	readonly output?: string;
};

type Recorded = {readonly version: string; readonly date: string; readonly runs: readonly RecordedRun[]};

const recorded = join(import.meta.dirname, '..', 'recorded');
const extensions: Readonly<Record<string, string>> = {
	vitest: 'jsonl',
	jest: 'json',
	mocha: 'jsonl',
	'bun-test': 'txt',
	'node-test': 'jsonl',
	pytest: 'xml',
	unittest: 'jsonl',
	'django-test': 'jsonl',
	junit: 'xml',
	tap: 'tap',
};

/** Debian's Python comes with the pytest of its packages, and what stands in the person's own PATH first may not have one. */
const path = [join(import.meta.dirname, '../../../node_modules/node/bin'), '/usr/bin', dirname(process.execPath), process.env.PATH ?? ''];

function bash(command: string, {cwd, env = {}}: {readonly cwd: string; readonly env?: NodeJS.ProcessEnv}) {
	const own = {
		PATH: [join(cwd, 'node_modules/.bin'), join(cwd, '../node_modules/.bin'), ...path].join(delimiter),
		HOME: homedir(),
		LANG: 'C.UTF-8',
	};
	return spawnSync('bash', ['-c', command], {
		cwd,
		env: {...own, ...env},
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: 60_000,
	});
}

/** What a fixture may not say: where it was made, and on which machine. */
function withoutMachine(text: string, root: string): string {
	return [
		[root, '/project'],
		[realpathSync(join(import.meta.dirname, '../../..')), '/kiro-tui'],
		[homedir(), '/home/person'],
		[hostname(), 'machine'],
	].reduce((kept, [from = '', to = '']) => kept.replaceAll(from, to), text);
}

type Place = {readonly sample: Sample; readonly root: string; readonly target: string};

async function testNamed(ending: string, all: RecordedRun, {sample, target}: Place) {
	const text = readFileSync(join(target, all.report ?? ''), 'utf8');
	const run = {scope: 'all', root: '/project', outcome: 'exited', output: '', durationMs: 0, plan: {shown: ''}} as const;
	const {tests} = await parseTestRun({...run, fact: {runner: sample.runner}, report: text});
	const found = tests.find(test => test.id.endsWith(ending));
	if (found === undefined) {
		throw new Error(`${sample.folder}: no test ends in ${ending}`);
	}

	return found;
}

async function recordRun(run: SampleRun, all: RecordedRun | undefined, place: Place): Promise<RecordedRun> {
	const {sample, root, target} = place;
	const command = run.command ?? sample.command;
	const reportFile = join(root, '..', 'report');
	const scope =
		run.only === undefined || all === undefined
			? ({kind: 'all'} as const)
			: ({kind: 'tests', tests: [await testNamed(run.only, all, place)]} as const);
	const plan = planTestRun({fact: {command, runner: sample.runner, resolvesTo: command}, scope, reportFile});
	rmSync(reportFile, {force: true});
	const result = bash(plan.command, {cwd: join(root, run.folder ?? ''), env: plan.env});
	const from = plan.ownReport === undefined ? reportFile : join(root, plan.ownReport);
	const hasReport = existsSync(from);
	const file = hasReport ? `${run.name}.${extensions[sample.runner] ?? 'txt'}` : `${run.name}.output.txt`;
	writeFileSync(join(target, file), withoutMachine(hasReport ? readFileSync(from, 'utf8') : result.stdout + result.stderr, root));
	rmSync(from, {force: true});
	return {
		name: run.name,
		command: run.folder === undefined ? command : `cd ${run.folder} && ${command}`,
		started: withoutMachine(plan.command.replaceAll(reportFile, 'report').replaceAll(/data:text\/javascript,[^']*/g, 'data:…').replace(unittestReporter, '…').replace(djangoReporter, '…').replace(mochaReporter, '…'), root),
		exitCode: result.status ?? -1,
		...(hasReport ? {report: file} : {output: file}),
	};
}

async function recordSample(sample: Sample, root: string): Promise<string> {
	cpSync(join(import.meta.dirname, sample.folder), root, {recursive: true});
	if (existsSync(join(root, 'package.json'))) {
		// With the person's own settings, which may be needed to reach a registry.
		const scripts = sample.installsByScript === true ? '' : ' --ignore-scripts';
		bash(`npm install --no-audit --no-fund --no-package-lock${scripts}`, {cwd: root, env: process.env});
	}

	const version = bash(sample.version, {cwd: root});
	if (version.status !== 0) {
		return `${sample.folder}: not on this machine; its fixtures stay as they are`;
	}

	const target = join(recorded, sample.folder);
	mkdirSync(target, {recursive: true});
	for (const file of readdirSync(target)) {
		rmSync(join(target, file), {recursive: true});
	}

	const runs: RecordedRun[] = [];
	for (const run of sample.runs) {
		runs.push(await recordRun(run, runs[0], {sample, root, target}));
	}

	const said = withoutMachine(version.stdout.trim().split('\n')[0] ?? '', root);
	const about: Recorded = {version: said, date: new Date().toISOString().slice(0, 10), runs};
	writeFileSync(join(target, 'recorded.json'), `${JSON.stringify(about, undefined, '\t')}\n`);
	return `${sample.folder}: ${said}, ${runs.length} runs`;
}

const wanted = process.argv.slice(2);
for (const sample of samples.filter(({folder}) => wanted.length === 0 || wanted.includes(folder))) {
	const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'kiro-record-')));
	try {
		process.stdout.write(`${await recordSample(sample, join(temporary, 'project'))}\n`);
	} finally {
		rmSync(temporary, {recursive: true, force: true});
	}
}
