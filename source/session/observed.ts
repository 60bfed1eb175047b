import type {Caught} from '../protocol/evidence.ts';

/** What the program sees while an attempt at a task goes on; it grows until the attempt ends. */
export type Observed = {
	/** Tests that failed as they should before the code was there, with the digest of their source then. */
	readonly seenRed: Map<string, string>;
	/** Ids of those of them that ended in an error of code which the task had not touched. */
	readonly crashing: Set<string>;
	/** The text of each file of the task that is no test, as the tests were seen failing against it; undefined for one that was not there. */
	readonly stubs: Map<string, string | undefined>;
	/** How the code was when the agent had its tests seen failing as they should; undefined when it did not ask for that. */
	codeAtRed?: string;
	/** Ids of tests that failed, and passed when they were run again alone. */
	readonly flaky: Set<string>;
	readonly caught: Caught[];
	/** Repair rounds so far. */
	repairs: number;
};

/** Nothing seen yet but what earlier tasks saw failing for this one. */
export function nothingObserved(seenRed: ReadonlyMap<string, string> = new Map()): Observed {
	return {seenRed: new Map(seenRed), crashing: new Set(), stubs: new Map(), flaky: new Set(), caught: [], repairs: 0};
}
