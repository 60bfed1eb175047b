import type {Row} from './row.ts';

type RowCache = {
	/**
	 * The rows of a thing in one form (its width, expanded or not), made once. State is never changed in place, so the identity of a chat
	 * item or a document is the identity of what it holds; rows of what is gone are collected with it.
	 */
	readonly rowsOf: (source: object, form: string, make: () => readonly Row[]) => readonly Row[];
};

/** Two forms: before and after the window got another size, or a card was opened. */
const keptForms = 2;

/** Makes a cache of rows by object. */
export function createRowCache(): RowCache {
	const cache = new WeakMap<object, Map<string, readonly Row[]>>();
	return {
		rowsOf(source, form, make) {
			const forms = cache.get(source) ?? new Map<string, readonly Row[]>();
			cache.set(source, forms);
			return remember(forms, form, keptForms, make);
		},
	};
}

export type BlockCache = {
	/** The rows of a text, made once for each key; the key says everything that the rows depend on. */
	readonly rowsOf: (key: string, make: () => readonly Row[]) => readonly Row[];
};

/** Makes a cache of rows by text that forgets what was not asked for longest. */
export function createBlockCache(limit = 500): BlockCache {
	const cache = new Map<string, readonly Row[]>();
	return {rowsOf: (key, make) => remember(cache, key, limit, make)};
}

/** A Map keeps the order of insertion: the first key is the oldest. */
function remember(cache: Map<string, readonly Row[]>, key: string, limit: number, make: () => readonly Row[]): readonly Row[] {
	const rows = cache.get(key) ?? make();
	cache.delete(key);
	cache.set(key, rows);
	const [oldest] = cache.keys();
	if (cache.size > limit && oldest !== undefined) {
		cache.delete(oldest);
	}

	return rows;
}
