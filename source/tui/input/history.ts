/** A walk through what was sent before. `entries` has the newest last; `at` is the entry shown, or their number for the draft. */
export type History = {
	readonly entries: readonly string[];
	readonly at: number;
	/** What was being written when the walk began. */
	readonly draft: string;
};

export type Recalled = {readonly history: History; readonly text: string};

/** More are forgotten: searching stays instant and the file small. */
const mostEntries = 1000;

/** A history that has not been walked. */
export function historyOf(entries: readonly string[]): History {
	return {entries, at: entries.length, draft: ''};
}

/** The entries with a new one at the end. What is blank or repeats the newest is not kept. */
export function withEntry(entries: readonly string[], text: string): readonly string[] {
	return text.trim() === '' || text === entries.at(-1) ? entries : [...entries, text].slice(-mostEntries);
}

/** One entry back. The text being written is kept as the draft; undefined at the oldest. */
export function olderEntry(history: History, current: string): Recalled | undefined {
	const {entries, at} = history;
	const text = entries[at - 1];
	if (text === undefined) {
		return undefined;
	}

	return {text, history: {entries, at: at - 1, draft: at === entries.length ? current : history.draft}};
}

/** One entry forward, at last the draft; undefined when nothing was walked. */
export function newerEntry(history: History): Recalled | undefined {
	const {entries, at, draft} = history;
	if (at >= entries.length) {
		return undefined;
	}

	return {text: entries[at + 1] ?? draft, history: {...history, at: at + 1}};
}

/** The newest entry before `before` that contains the query; small letters match capitals too. Its index lets the search go on from it. */
export function searchHistory(
	entries: readonly string[],
	query: string,
	before = entries.length,
): {readonly at: number; readonly text: string} | undefined {
	const isPlain = query === query.toLowerCase();
	const at = entries.findLastIndex((entry, index) => index < before && (isPlain ? entry.toLowerCase() : entry).includes(query));
	const text = entries[at];
	return query === '' || text === undefined ? undefined : {at, text};
}
