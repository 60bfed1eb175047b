type TamperKind = 'deleted-test' | 'skipped' | 'focused' | 'expected-to-fail' | 'removed-assertion' | 'weakened-assertion' | 'emptied';

/** One way in which a test became weaker. */
export type TamperFinding = {
	readonly kind: TamperKind;
	/** Full name, suites joined by ` > `; that of the suite when the mark stands there; '' for code that the tests of a file share. */
	readonly test: string;
	/** 1-based, in the text after; in the text before for what was deleted. */
	readonly line: number;
	/** One sentence for a person. */
	readonly message: string;
};
