import type {Environment} from './find-program.ts';

export type ListFiles = {
	readonly root: string;
	readonly env: Environment;
	readonly signal: AbortSignal;
	/** At most this many paths. */
	readonly limit: number;
	/** Only paths that match this git-style glob. */
	readonly glob?: string;
	/** Below this folder, relative to the root. */
	readonly under?: string;
};

export type FileList = {
	/** Relative to the root, with forward slashes, sorted. */
	readonly files: readonly string[];
	readonly isTruncated: boolean;
};

export type SearchFiles = ListFiles & {
	/** A regular expression, or the text itself when `isLiteral`. */
	readonly pattern: string;
	readonly isLiteral?: boolean;
	readonly isCaseSensitive?: boolean;
};

export type SearchResult =
	| {readonly kind: 'found'; readonly lines: readonly FoundLine[]; readonly isTruncated: boolean}
	| {readonly kind: 'bad-pattern'; readonly why: string};

export type FoundLine = {
	/** Relative to the root. */
	readonly path: string;
	/** 1-based. */
	readonly line: number;
	/** Of a long line 400 characters around its first match. */
	readonly text: string;
};
