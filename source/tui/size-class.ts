export type SizeClass = 'tiny' | 'compact' | 'medium' | 'wide';

/** Below this the picture is one sentence. */
export const smallestSize = {columns: 30, rows: 8} as const;

/** What a window of this size has room for: one pane, one pane with tabs, two columns, three columns. */
export function sizeClassOf(columns: number, rows: number): SizeClass {
	if (columns < 60 || rows < 16) {
		return 'tiny';
	}

	if (columns < 100 || rows < 30) {
		return 'compact';
	}

	return columns >= 160 && rows >= 40 ? 'wide' : 'medium';
}
