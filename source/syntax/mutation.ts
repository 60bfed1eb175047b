/** A kind of small fault that a good test must notice. */
export type MutationKind = 'operator' | 'boundary' | 'constant' | 'early-return' | 'removed-call';

export type MutationRequest = {
	/** Relative or absolute; only its extension is read. */
	readonly path: string;
	readonly text: string;
	/** 1-based; lines outside the text are ignored. */
	readonly changedLines: readonly number[];
	/** At most this many mutations; 5 when absent. */
	readonly limit?: number;
};

/** One faulty version of a file. */
export type Mutation = {
	readonly kind: MutationKind;
	/** 1-based, in the original text. */
	readonly line: number;
	/** The original piece, as written. */
	readonly from: string;
	/** What stands in its place; '' when the piece was removed. */
	readonly to: string;
	/** The whole mutated text. */
	readonly text: string;
	/** For a person, on one line: `line 12: < became <=`. */
	readonly description: string;
};

/** A place where a mutation could be made; the text is built only for the few that are chosen. */
export type MutationPlace = {
	readonly kind: MutationKind;
	readonly line: number;
	/** Offsets of the replaced piece. */
	readonly start: number;
	readonly end: number;
	readonly replacement: string;
	/** What to tell instead of `from became to`. */
	readonly told?: string;
};

const maxTold = 60;

/** A piece of code on one line, cut when it is long. */
export function shortCode(code: string): string {
	const line = code
		.slice(0, maxTold * 4)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > maxTold ? `${line.slice(0, maxTold - 1)}…` : line;
}

/** The mutated text of a place, with its description. */
export function mutationAt(text: string, {kind, line, start, end, replacement, told}: MutationPlace): Mutation {
	const from = text.slice(start, end);
	return {
		kind,
		line,
		from,
		to: replacement,
		text: text.slice(0, start) + replacement + text.slice(end),
		description: `line ${line}: ${told ?? `${shortCode(from)} became ${shortCode(replacement)}`}`,
	};
}
