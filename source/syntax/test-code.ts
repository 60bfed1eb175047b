/** Why an assertion may not be reached, or may fail unseen. */
export type Hindrance = 'try' | 'condition' | 'return' | 'not-awaited';

/** One assertion, taken apart. Pieces of code are plain (see `plainCode`), so that formatting makes no difference. */
export type AssertionCode = {
	/** 1-based. */
	readonly line: number;
	/** As written, on one line, cut when it is long. */
	readonly written: string;
	/** What is checked. */
	readonly subject: string;
	/** The same, with local variables replaced by what they were given. */
	readonly resolvedSubject: string;
	/** How: `toBe`, `not.toContain`, `strictEqual`, `==`. */
	readonly matcher: string;
	/** What it is compared with, local variables replaced; '' when the matcher says it all. */
	readonly expected: string;
	/** 0 cannot fail, 1 says almost nothing, to 5 exact with types; equal numbers do not tell which is stronger. */
	readonly strength: number;
	readonly hindrances: readonly Hindrance[];
};

export type TestModifierKind = 'skipped' | 'focused' | 'expected-to-fail';

/** A mark that changes whether a test runs and counts; one of a suite is carried by each of its tests. */
export type TestModifier = {
	readonly kind: TestModifierKind;
	/** Full name of the test or suite that it stands at; '' for the whole file. */
	readonly owner: string;
	/** 1-based. */
	readonly line: number;
	/** As a person would name it: `it.skip`, `@pytest.mark.xfail`. */
	readonly written: string;
};

/** One row of a table of cases. */
export type TestRow = {readonly line: number; readonly code: string};

export type TestCode = {
	/** Suites and test joined by ` > `. */
	readonly name: string;
	/** 1-based, of the first and the last line. */
	readonly line: number;
	readonly endLine: number;
	/** The plain code of what the test does; equal for a test that was only renamed or moved. '' when there is none. */
	readonly body: string;
	readonly modifiers: readonly TestModifier[];
	readonly assertions: readonly AssertionCode[];
	readonly rows: readonly TestRow[];
};

/** A test file as read. */
export type TestFileCode = {
	readonly tests: readonly TestCode[];
	/** Assertions in functions that tests share, and in set-up. */
	readonly shared: readonly AssertionCode[];
};
