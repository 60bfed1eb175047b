/** What a person noted on one line of a task's diff. */
export type ReviewComment = {
	readonly path: string;
	/** 1-based: in the file as the task left it, for a removed line as the task found it. */
	readonly line: number;
	/** The line as the diff shows it, with its sign: `+const limit = 5;`. */
	readonly quoted: string;
	readonly text: string;
};

/** Whether both are about the same line of the same diff. */
export function isSameLine(one: Omit<ReviewComment, 'text'>, other: Omit<ReviewComment, 'text'>): boolean {
	return one.path === other.path && one.line === other.line && one.quoted === other.quoted;
}
