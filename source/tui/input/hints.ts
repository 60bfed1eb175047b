import type {Binding, KeyContext} from './key-bindings.ts';
import {keyLabel} from './key-names.ts';

export type Hint = {readonly key: string; readonly label: string; readonly action: string};

/** The hints of these contexts, the innermost context first in case two want one key, then by their number in the table. */
export function hintsOf(bound: readonly Binding[], contexts: readonly KeyContext[]): readonly Hint[] {
	const taken = new Set<string>();
	const seen = new Set<string>();
	const found: Binding[] = [];
	for (const context of contexts) {
		const own = bound.filter(binding => binding.context === context && binding.keys.length > 0);
		found.push(...own.filter(({action, keys, hint}) => hint !== undefined && !taken.has(keys[0] ?? '') && !seen.has(action)));
		for (const {action, keys} of own) {
			seen.add(action);
			for (const key of keys) {
				taken.add(key);
			}
		}
	}

	return found
		.toSorted((one, other) => (one.hint ?? 0) - (other.hint ?? 0))
		.map(({action, keys, label}) => ({action, label, key: keyLabel(keys[0] ?? '')}));
}
