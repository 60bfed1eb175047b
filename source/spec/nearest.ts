/** How many single-character edits (insert, delete, replace, swap of neighbours) turn one name into the other. */
function editDistance(one: string, other: string): number {
	let beforeLast: readonly number[] = [];
	let last: readonly number[] = Array.from({length: other.length + 1}, (_, index) => index);
	for (let row = 1; row <= one.length; row++) {
		const current = [row];
		for (let column = 1; column <= other.length; column++) {
			const cost = one[row - 1] === other[column - 1] ? 0 : 1;
			const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			current.push(
				Math.min(
					(last[column] ?? 0) + 1,
					(current[column - 1] ?? 0) + 1,
					(last[column - 1] ?? 0) + cost,
					isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
				),
			);
		}

		beforeLast = last;
		last = current;
	}

	return last[other.length] ?? 0;
}

// Longer names are not typed by hand; the bound keeps a pasted text from costing anything.
const maxLength = 200;

/** The candidates that a mistyped name most likely means, best first, at most `limit`; empty when nothing is close. */
export function nearest(name: string, candidates: readonly string[], limit = 3): readonly string[] {
	const wanted = name.toLowerCase().slice(0, maxLength);
	return [...new Set(candidates)]
		.map(candidate => {
			const plain = candidate.toLowerCase().slice(0, maxLength);
			const isPart = wanted !== '' && (plain.includes(wanted) || (plain !== '' && wanted.includes(plain)));
			const distance = editDistance(wanted, plain);
			return {candidate, distance, isNear: isPart || distance <= Math.max(1, Math.floor(Math.max(wanted.length, plain.length) * 0.4))};
		})
		.filter(({isNear}) => isNear)
		.sort((one, other) => one.distance - other.distance)
		.slice(0, limit)
		.map(({candidate}) => candidate);
}
