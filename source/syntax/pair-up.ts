export type Pairing<Item> = {
	readonly pairs: readonly (readonly [before: Item, after: Item])[];
	/** Items of the first list without a partner, in its order. */
	readonly removed: readonly Item[];
	/** Items of the second list without a partner, in its order. */
	readonly added: readonly Item[];
};

/**
 * Pairs two lists by each key in turn, equal keys in their order, every item once. A key may be undefined: such items wait for the next one. Takes
 * time in proportion to the items.
 */
export function pairUp<Item>(
	before: readonly Item[],
	after: readonly Item[],
	keys: readonly ((item: Item) => string | undefined)[],
): Pairing<Item> {
	const pairs: (readonly [Item, Item])[] = [];
	let [removed, added] = [before, after];
	for (const keyOf of keys) {
		const waiting = Map.groupBy(removed, keyOf);
		const paired = new Set<Item>();
		const taken = new Map<string, number>();
		for (const item of added) {
			const key = keyOf(item);
			const place = key === undefined ? 0 : (taken.get(key) ?? 0);
			const partner = key === undefined ? undefined : waiting.get(key)?.[place];
			if (key !== undefined && partner !== undefined) {
				taken.set(key, place + 1);
				pairs.push([partner, item]);
				paired.add(partner).add(item);
			}
		}

		[removed, added] = [removed.filter(item => !paired.has(item)), added.filter(item => !paired.has(item))];
	}

	return {pairs, removed, added};
}
