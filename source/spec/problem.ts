/** Something a person should know about a document; the document parses all the same. */
export type Problem = {
	/** 1-based. */
	readonly line: number;
	/** Kebab-case, stable. */
	readonly code: string;
	readonly message: string;
	readonly severity: 'error' | 'warning';
};
