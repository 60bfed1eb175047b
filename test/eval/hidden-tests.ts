import {existsSync} from 'node:fs';
import {cp, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {runCommand} from '../../source/process/run.ts';
import {detectTestCommand, parseTestRun, planTestRun} from '../../source/test-runners/index.ts';
import type {EvalCase} from './case.ts';
import type {Scratch} from './scratch.ts';

const limitMs = 180_000;

export type HiddenResult = {
	readonly passed: number;
	readonly total: number;
	readonly failed: readonly string[];
	/** Tests of planted traps and of scripted edits, by the word in their names. */
	readonly tags: Readonly<Record<string, {readonly passed: number; readonly total: number}>>;
	/** What the command printed at its end, when no single test is known. */
	readonly problem?: string;
};

/** Copies the hidden tests over the project and runs them. */
export async function runHiddenTests({folder, hidden}: EvalCase, {root, env}: Scratch): Promise<HiddenResult> {
	await cp(join(folder, 'hidden'), root, {recursive: true});
	const read = async () => undefined;
	const found = await detectTestCommand({list: async () => [], read}, hidden.command);
	if (found === undefined) {
		throw new Error(`No command in ${folder}`);
	}

	const reportFile = join(root, '..', 'hidden-report');
	const plan = planTestRun({fact: found, scope: {kind: 'all'}, reportFile});
	const result = await runCommand({
		command: plan.command,
		cwd: root,
		env: {...env, ...plan.env},
		timeoutMs: limitMs,
		signal: new AbortController().signal,
		onOutput() {},
	});
	const report = plan.reads === 'report-file' && existsSync(reportFile) ? await readFile(reportFile, 'utf8') : undefined;
	const parsed = await parseTestRun({
		fact: found,
		plan,
		scope: 'all',
		root,
		read,
		list: async () => [],
		...result,
		...(report !== undefined && {report}),
	});
	const told = parsed.tests.filter(test => test.status !== 'skipped');
	const failed = told.filter(test => test.status === 'failed').map(test => test.name);
	const {passed} = parsed.counts;
	const tagged = ['trap', 'edit'].map(tag => {
		const own = told.filter(({name}) => new RegExp(`(?<![a-z])${tag}(?![a-z])`, 'i').test(name));
		return [tag, {passed: own.filter(({status}) => status === 'passed').length, total: own.length}] as const;
	});
	const tags = Object.fromEntries(tagged.filter(([, {total}]) => total > 0));
	const isKnown = parsed.detail === 'named' && passed + failed.length > 0;
	return {passed, total: passed + failed.length, failed, tags, ...(!isKnown && {problem: result.output.slice(-600)})};
}
