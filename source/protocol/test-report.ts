/** One test of a run. Its id is file + full name + ordinal among equals: `file > name` and, from the second equal on, ` #2`. */
export type TestCase = {
	readonly id: string;
	/** Relative to the workspace root when the runner tells; '' when it does not. */
	readonly file: string;
	/** The suites around it and its own name: `add > adds two numbers`. */
	readonly name: string;
	/** The names of the suites around it, outermost first; absent when there is none or the runner does not tell. */
	readonly suites?: readonly string[];
	/** Where it stands in its file, counted from 1, when the runner tells or the source shows it. */
	readonly line?: number;
	readonly status: 'passed' | 'failed' | 'skipped';
	readonly durationMs?: number;
	readonly failure?: TestFailure;
};

/**
 * What a failure is. `assertion`: an expectation of a test does not hold. `error`: anything else was thrown, a panic and an `init` that ends the
 * process among them. `timeout`: it took longer than the runner allows. `not-collected`: a syntax or import error, a build that fails, a file
 * without tests: nothing of it ran.
 */
type FailureKind = 'assertion' | 'error' | 'timeout' | 'not-collected';

export type TestFailure = {
	readonly message: string;
	readonly kind: FailureKind;
	/**
	 * The failure came out of the test's own body: it was collected and started. False for hooks and fixtures, for what a failed subtest does to
	 * its parent, for modules and exports that are missing, and for panics that take the process down.
	 */
	readonly inBody: boolean;
	/** Only a test inside this one failed: that one is told by itself, and this says nothing more. */
	readonly isOfSubtest?: true;
	/** Where it failed, relative to the root. */
	readonly file?: string;
	/** Counted from 1. */
	readonly line?: number;
	/** What the assertion wanted and what it got, as the runner prints them; at most 2,000 characters each. */
	readonly expected?: string;
	readonly actual?: string;
	/** The smallest input for which a property does not hold, on one line. */
	readonly counterexample?: string;
	/** A shortened stack or diff, plain text, at most 40 lines. */
	readonly detail?: string;
};

/** A failure on one line: the input that a property does not hold for, else the first line of the message. */
export function failureLine(failure: TestFailure | undefined): string {
	const {counterexample, message = ''} = failure ?? {};
	return counterexample === undefined ? (message.split('\n')[0] ?? '') : `counterexample: ${counterexample}`;
}

export type TestCounts = {readonly passed: number; readonly failed: number; readonly skipped: number};

/** What the program saw of one run of the project's tests. */
export type TestReport = {
	readonly runner: string;
	/** The command as a person would type it. */
	readonly command: string;
	/** The project's test command that this is a run of, where `command` names some of its tests besides. */
	readonly testCommand?: string;
	readonly scope: 'all' | 'related';
	/** `named`: single tests are known. `exit-code`: only the exit code is, so the run is at most *unproven*. */
	readonly detail: 'named' | 'exit-code';
	readonly tests: readonly TestCase[];
	readonly counts: TestCounts;
	/** How many tests the runner found: those above without what stands for files that were not collected. */
	readonly collected: number;
	readonly exitCode: number | undefined;
	readonly durationMs: number;
	/** Why there is no usable result: timed out, stopped, not started, no test collected. */
	readonly problem?: 'timed-out' | 'stopped' | 'not-started' | 'no-tests';
	/** The tail of what the runner printed, for a person and for the model when nothing is named. */
	readonly output: string;
	/** The runs that it is made of, where more than one test command was run. */
	readonly parts?: readonly TestReport[];
};

/** How a run ended. */
export type RunResult = Pick<TestReport, 'counts' | 'detail' | 'exitCode' | 'problem'>;

/** Counts by status; also the way a runner's parser fills `counts`. */
export function countTests(tests: readonly TestCase[]): TestCounts {
	const count = (status: TestCase['status']) => tests.filter(test => test.status === status).length;
	return {passed: count('passed'), failed: count('failed'), skipped: count('skipped')};
}

/** How many of these are tests; the others stand for files and packages of which nothing was collected. */
export function countCollected(tests: readonly TestCase[]): number {
	return tests.filter(test => test.failure?.kind !== 'not-collected').length;
}

export type Comparison = {
	/** Fails or does not load now and did not in the baseline, or passed there and is absent or skipped now (formats.md). */
	readonly newFailures: readonly TestCase[];
	/** Failing in the baseline and still failing: not blamed on the task. */
	readonly oldFailures: readonly TestCase[];
	readonly fixed: readonly TestCase[];
	/** Failed, and passed when they were run again alone: neither a failure of the task nor evidence of anything. */
	readonly flaky?: readonly TestCase[];
	/** Failing as they should: tests that reproduce a bug which is not fixed yet. */
	readonly expected?: readonly TestCase[];
};
