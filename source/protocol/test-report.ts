/** One test of a run. Its id is file + full name + ordinal among equals: `file > name` and, from the second equal on, ` #2`. */
export type TestCase = {
	readonly id: string;
	/** Relative to the workspace root when the runner tells; '' when it does not. */
	readonly file: string;
	readonly name: string;
	readonly status: 'passed' | 'failed' | 'skipped';
	readonly durationMs?: number;
	readonly failure?: TestFailure;
};

export type TestFailure = {
	readonly message: string;
	/** An assertion inside the test's body; a syntax or import error, or a file that does not load, is `load`; `other` when unknown. */
	readonly kind: 'assertion' | 'load' | 'other';
	readonly file?: string;
	readonly line?: number;
	/** A shortened stack or diff, plain text, at most 40 lines. */
	readonly detail?: string;
};

export type TestCounts = {readonly passed: number; readonly failed: number; readonly skipped: number};

/** What the program saw of one run of the project's tests. */
export type TestReport = {
	readonly runner: string;
	/** The command as a person would type it. */
	readonly command: string;
	readonly scope: 'all' | 'related';
	/** `named`: single tests are known. `exit-code`: only the exit code is, so the run is at most *unproven*. */
	readonly detail: 'named' | 'exit-code';
	readonly tests: readonly TestCase[];
	readonly counts: TestCounts;
	readonly exitCode: number | undefined;
	readonly durationMs: number;
	/** Why there is no usable result: timed out, stopped, not started, no test collected. */
	readonly problem?: 'timed-out' | 'stopped' | 'not-started' | 'no-tests';
	/** The tail of what the runner printed, for a person and for the model when nothing is named. */
	readonly output: string;
};

/** Counts by status; also the way a runner's parser fills `counts`. */
export function countTests(tests: readonly TestCase[]): TestCounts {
	const count = (status: TestCase['status']) => tests.filter(test => test.status === status).length;
	return {passed: count('passed'), failed: count('failed'), skipped: count('skipped')};
}

export type Comparison = {
	/** Fails or does not load now and did not in the baseline, or passed there and is absent or skipped now (formats.md). */
	readonly newFailures: readonly TestCase[];
	/** Failing in the baseline and still failing: not blamed on the task. */
	readonly oldFailures: readonly TestCase[];
	readonly fixed: readonly TestCase[];
	/** Failed, and passed when they were run again alone: neither a failure of the task nor evidence of anything. */
	readonly flaky?: readonly TestCase[];
};
