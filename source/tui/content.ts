import type {Row} from './rows/row.ts';

/** One row of a pane, and what it belongs to. */
export type ContentRow = {
	readonly row: Row;
	/** The thing this row is part of: a chat item, a line of a document. Scroll anchors name it, so that a new width keeps the place. */
	readonly block: string;
	/** What a key would act on when this row is chosen: a task, a test, a spec. */
	readonly target?: string;
	/** 1-based line of the source, where there is one. */
	readonly line?: number;
};

/** What a pane can show, all of it; only what is visible is mounted. */
export type Content = {
	readonly rows: readonly ContentRow[];
	/** Where a pane stands that nobody scrolled: at the row with this index, or at the end. */
	readonly rest: number | 'tail';
};

export const noContent: Content = {rows: [], rest: 0};

/** Rows that no key acts on. */
export function plainRows(rows: readonly Row[], block: string): readonly ContentRow[] {
	return rows.map(row => ({row, block}));
}

/** The targets of a pane in order, each once. */
export function targetsOf(content: Content): readonly string[] {
	return [...new Set(content.rows.flatMap(({target}) => (target === undefined ? [] : [target])))];
}

/**
 * Keeps what was made of an object that is never changed in place, for its two newest forms (a form says everything else that the result
 * depends on: the width, what is expanded). Folding 5,000 chat items again for each frame would cost more than painting it.
 */
export function createMemo<Value>(): (source: object, form: string, make: () => Value) => Value {
	const kept = new WeakMap<object, Map<string, Value>>();
	return (source, form, make) => {
		const forms = kept.get(source) ?? new Map<string, Value>();
		kept.set(source, forms);
		const known = forms.get(form);
		if (known !== undefined) {
			return known;
		}

		const value = make();
		forms.set(form, value);
		const [oldest] = forms.keys();
		if (forms.size > 2 && oldest !== undefined) {
			forms.delete(oldest);
		}

		return value;
	};
}
