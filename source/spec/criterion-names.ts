const bracketed = /\[([^[\]\n]{1,120})\]/g;
const id = /^\d+(?:\.\d+)*[a-z]?$/i;

/**
 * The criterion ids that a test's full name carries: `[<spec> 2.3]`, and a bare `[2.3]` while the project has one spec only. Several may
 * share a pair of brackets: `[2.3, 2.4]`.
 */
export function criterionIdsInTestName(name: string, specName: string, isOnlySpec: boolean): readonly string[] {
	const found = new Set<string>();
	for (const [, inside = ''] of name.matchAll(bracketed)) {
		const isNamed = inside.startsWith(`${specName} `);
		const list = (isNamed ? inside.slice(specName.length) : inside).split(',').map(piece => piece.trim());
		if ((isNamed || isOnlySpec) && list.every(piece => id.test(piece) && piece.includes('.'))) {
			for (const piece of list) {
				found.add(piece.toLowerCase());
			}
		}
	}

	return [...found];
}
