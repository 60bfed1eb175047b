import {posix} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {TestCommandFact} from '../protocol/event.ts';
import {countCollected, countTests, type TestCase, type TestFailure, type TestReport} from '../protocol/test-report.ts';
import {counterexampleIn} from './counterexample.ts';
import {plain} from './failure.ts';
import type {TestPlan} from './plan-test-run.ts';
import type {FoundTest, ProjectFiles, Runner} from './runner.ts';
import {runnerOf} from './runners.ts';
import {tap} from './tap.ts';
import {withSource} from './with-source.ts';

export type FinishedTestRun = {
	readonly fact: Pick<TestCommandFact, 'runner'>;
	readonly plan: Pick<TestPlan, 'shown' | 'folder'>;
	readonly scope: TestReport['scope'];
	/** Absolute real path of the workspace root. */
	readonly root: string;
	readonly outcome: 'exited' | 'timed-out' | 'stopped' | 'not-started';
	readonly exitCode?: number | undefined;
	/** What the command printed. */
	readonly output: string;
	readonly durationMs: number;
	/** The text of the report file, when the runner wrote one. */
	readonly report?: string;
	/** The project's files: what a runner does not tell of a test, its source may. */
	readonly read?: ProjectFiles['read'] | undefined;
	readonly list?: ProjectFiles['list'] | undefined;
};

const maxOutput = 8000;

function pathOf(path: string): string {
	try {
		return path.startsWith('file://') ? fileURLToPath(path) : path;
	} catch {
		return '';
	}
}

/** A path as a runner gives it, relative to the root; '' for one that lies elsewhere. */
function relativeTo(root: string, folder: string | undefined, path: string): string {
	const plainPath = pathOf(path);
	if (plainPath === '' || (plainPath.startsWith('/') && !plainPath.startsWith(`${root}/`))) {
		return '';
	}

	const relative = plainPath.startsWith('/') ? plainPath.slice(root.length + 1) : posix.join(folder ?? '', plainPath);
	return relative.startsWith('../') ? '' : relative;
}

/** Reports are kept, shown and told to the model: none says where on this machine the project lies. */
function withoutRoot(root: string, text: string): string {
	return text.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '');
}

type Placing = {readonly root: string; readonly toRelative: (path: string) => string};

function placed({file, line, message, detail, expected, actual, ...nature}: TestFailure, {root, toRelative}: Placing): TestFailure {
	const place = file === undefined ? '' : toRelative(file);
	const counterexample = counterexampleIn({message, ...(detail !== undefined && {detail})});
	return {
		message: withoutRoot(root, message),
		...nature,
		...(expected !== undefined && {expected: withoutRoot(root, expected)}),
		...(actual !== undefined && {actual: withoutRoot(root, actual)}),
		...(counterexample !== undefined && {counterexample: withoutRoot(root, counterexample)}),
		...(detail !== undefined && {detail: withoutRoot(root, detail)}),
		...(place !== '' && {file: place, ...(line !== undefined && {line})}),
	};
}

/** Gives every test its id: file, full name, and from the second equal on its ordinal. */
function withIds(found: readonly FoundTest[], placing: Placing): readonly TestCase[] {
	const seen = new Map<string, number>();
	const given = new Set<string>();
	return found.map(({file, failure, ...test}) => {
		const place = placing.toRelative(file);
		const base = place === '' ? test.name : `${place} > ${test.name}`;
		let count = (seen.get(base) ?? 0) + 1;
		let id = count === 1 ? base : `${base} #${count}`;
		// A name may end like an ordinal by itself.
		while (given.has(id)) {
			count++;
			id = `${base} #${count}`;
		}

		seen.set(base, count);
		given.add(id);
		return {
			id,
			file: place,
			...test,
			...(failure && {failure: placed(failure, placing)}),
		};
	});
}

function problemOf({outcome, exitCode}: FinishedTestRun, tests: readonly TestCase[] | undefined): TestReport['problem'] {
	if (outcome !== 'exited') {
		return outcome;
	}

	// A shell says 127 for a program it cannot find and 126 for one it may not start.
	if (tests === undefined && (exitCode === 127 || exitCode === 126)) {
		return 'not-started';
	}

	return tests?.length === 0 ? 'no-tests' : undefined;
}

/** How runners say that there is nothing to run when they write no report about it. */
const saysNoTests = /no tests? (?:files? )?found|no tests ran|^Result: NOTESTS$|Could not find '.*'/im;

/** A command that nothing is known of may print TAP; what was kept of a long output says too little about what was left out. */
const maxPrintedTap = 60_000;

type Results = {readonly runner: Runner; readonly found: readonly FoundTest[] | undefined};

async function resultsOf({fact, report, output}: FinishedTestRun): Promise<Results> {
	const runner = runnerOf(fact.runner);
	if (runner.id === 'exit-code') {
		const isTap = output.length < maxPrintedTap && /^1\.\.\d+/m.test(output) && /^(?:not )?ok \d/m.test(output);
		const found = isTap ? await tap.parse(output) : undefined;
		return found === undefined ? {runner, found} : {runner: tap, found};
	}

	const found = report === undefined ? undefined : await runner.parse(report);
	const saysNone = found === undefined && (saysNoTests.test(plain(output)) || saysNoTests.test(report ?? ''));
	return {runner, found: saysNone ? [] : found};
}

async function testsOf(run: FinishedTestRun, found: readonly FoundTest[]): Promise<readonly TestCase[]> {
	const {root, plan, read, list = async () => []} = run;
	const named = withIds(found, {root, toRelative: path => relativeTo(root, plan.folder, path)});
	return read === undefined ? named : withSource(named, {read, list, folder: plan.folder ?? ''});
}

/**
 * Makes the report of a finished run. Tests are named where the runner's report can be read; else only the exit code is known, which is also
 * what a runner leaves that broke off before it wrote a report. Never throws, whatever a runner wrote.
 */
export async function parseTestRun(run: FinishedTestRun): Promise<TestReport> {
	const {plan, scope, root, exitCode, output, durationMs} = run;
	const {runner, found} = await resultsOf(run);
	const tests = found === undefined ? undefined : await testsOf(run, found);
	const text = withoutRoot(root, plain(output));
	const problem = problemOf(run, tests);
	return {
		runner: runner.id,
		command: plan.shown,
		scope,
		detail: tests === undefined ? 'exit-code' : 'named',
		tests: tests ?? [],
		counts: countTests(tests ?? []),
		collected: countCollected(tests ?? []),
		exitCode,
		durationMs,
		...(problem !== undefined && {problem}),
		output: text.length > maxOutput ? `…${text.slice(-maxOutput)}` : text,
	};
}
