import type {TestCase, TestFailure} from '../protocol/test-report.ts';

/** How detection sees a project: files are read and listed, nothing is run. */
export type ProjectFiles = {
	/** The text of a file, by its path relative to the root; undefined when it is absent or not text. */
	readonly read: (path: string) => Promise<string | undefined>;
	/** Every file, relative to the root with forward slashes, git-ignore aware. */
	readonly list: () => Promise<readonly string[]>;
};

export type RunnerId =
	| 'vitest'
	| 'jest'
	| 'mocha'
	| 'node-test'
	| 'bun-test'
	| 'pytest'
	| 'unittest'
	| 'django-test'
	| 'go-test'
	| 'cargo-test'
	| 'junit'
	| 'tap'
	| 'exit-code';

/** A test as its runner named it, with the file it told, as far as it did. */
export type NamedTest = {
	/** Relative to the folder the runner starts in; '' when it is not known. */
	readonly file: string;
	readonly name: string;
	readonly suites: readonly string[];
};

/** What is added to the arguments of a runner. */
export type RunWish = {
	/** Relative to the folder the runner starts in; empty runs everything. */
	readonly files: readonly string[];
	/** The tests to run by name, a subset of what the files hold; empty runs all of them. A runner may run more, never fewer. */
	readonly names: readonly NamedTest[];
	/** Absolute path where the runner may write its report. */
	readonly reportFile: string;
};

/** One test as a runner tells it; ids and ordinals are given later, for all runners alike. */
export type FoundTest = {
	/** As the runner names it: absolute, a file URL or relative to the folder it started in; '' when it does not tell. */
	readonly file: string;
	readonly name: string;
	/** The names of the suites around it, outermost first. */
	readonly suites?: readonly string[];
	/** Counted from 1. */
	readonly line?: number;
	readonly status: TestCase['status'];
	readonly durationMs?: number;
	readonly failure?: TestFailure;
};

/** The names of failed tests that stand for something else which failed: a run for them by name is a run of their file. */
export const standsFor = {
	fileLoads: 'the file loads',
	fileEnds: 'the file ends without an error',
	hooksPass: 'the hooks of the file pass',
	noneUnhandled: 'no error is left unhandled',
	runEnds: 'the run comes to its end',
} as const;

/** One way to run tests: pure, and all that is known of it is in its one file. */
export type Runner = {
	readonly id: RunnerId;
	/** How many words at the start of a command are this runner's program; 0 when they are another one's. */
	readonly programWords: (words: readonly string[]) => number;
	/** True for a file that this runner, with its own arguments, can be asked to run by itself. */
	readonly runsFile: (path: string, args: readonly string[]) => boolean;
	/**
	 * The arguments for a machine-readable run of these files: no watching, no stop at the first failure. Shell-safe words. The program is the
	 * first word of the runner's own.
	 */
	readonly argumentsFor: (args: readonly string[], wish: RunWish, program: string) => readonly string[];
	/** A file that the runner reads, written before it starts: its path is that of the report with this suffix. */
	readonly writes?: {readonly suffix: string; readonly text: string};
	/** A run of these files as a person would type it, where that is not their names behind the command. */
	readonly shownFor?: (command: string, files: readonly string[]) => string;
	/** True when the report is what the runner prints; then its whole output is written to the report file too. */
	readonly printsReport?: true;
	/** An awk program that makes a printed report readable while it runs. */
	readonly liveFilter?: string;
	/** The tests that a report tells of; undefined when it cannot be read. */
	readonly parse: (report: string) => readonly FoundTest[] | undefined | Promise<readonly FoundTest[] | undefined>;
};
