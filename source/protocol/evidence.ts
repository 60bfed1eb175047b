/** What a task or a criterion has shown. Weakest last. */
export type Grade = 'proven' | 'passing' | 'green' | 'unproven' | 'red';

/** How an attempt at a task showed one of its criteria. */
export type CriterionEvidence = {
	/** The criterion's id at that time. */
	readonly criterion: string;
	/** SHA-256 of the criterion's text: its number may change while its words stay. */
	readonly textHash: string;
	readonly grade: Grade;
	/** Ids of the tests that name it and passed. */
	readonly tests: readonly string[];
	/** Those of them that were seen red (`tests.seen-red`), and whose source is the same since. */
	readonly seenRed: readonly string[];
};

/** What the tests of a criterion said in a copy in which the task's code was taken back. */
export type RevertedEvidence = {
	readonly criterion: string;
	readonly textHash: string;
	readonly tests: readonly string[];
	/** `fails`: all of `tests` failed on an assertion inside their body, or as they had on the code with the bug, which is proof. `passes`: one survived. `unknown`: they could not be told. */
	readonly outcome: 'fails' | 'passes' | 'unknown';
	/** Why it is unknown, or which test survived. */
	readonly why?: string;
};

/** A small fault that was put into the task's code and that no test noticed. */
export type SurvivingMutant = {
	/** Relative to the workspace root. */
	readonly path: string;
	/** 1-based. */
	readonly line: number;
	/** `line 12: < became <=`. */
	readonly description: string;
};

/** Something a model did to look finished, and the program noticed. */
export type Caught = {readonly kind: 'false-claim' | 'tampering' | 'flaky'; readonly what: string};
