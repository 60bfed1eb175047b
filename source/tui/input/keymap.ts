import type {Row} from '../rows/row.ts';
import {type Hint, hintsOf} from './hints.ts';
import type {Key} from './key.ts';
import {type Binding, commonBindings, type KeyContext} from './key-bindings.ts';
import {keyLabel, keyName, normalKeyName} from './key-names.ts';
import {paneBindings} from './pane-bindings.ts';

export type {KeyContext} from './key-bindings.ts';

/** Every action that has a key; the only list of bindings there is. */
export const bindings = [...commonBindings, ...paneBindings] as const;

export type ActionId = (typeof bindings)[number]['action'];

type BoundAction = Binding & {readonly action: ActionId};

export type Keymap = {
	/** The action of a key; contexts are asked in the order given, so the innermost comes first: `['design', 'pane', 'app']`. */
	readonly actionFor: (contexts: readonly KeyContext[], key: Key) => ActionId | undefined;
	/** What the hint line shows for these contexts, the most useful first. A key that an inner context takes is not shown for an outer one. */
	readonly hintsFor: (contexts: readonly KeyContext[]) => readonly Hint[];
	/** The keys of one action as shown, the first one first; empty when it has none. */
	readonly keysOf: (action: ActionId, context?: KeyContext) => readonly string[];
	/** Every binding, by context, for `/help` and `?`. */
	readonly helpRows: (contexts?: readonly KeyContext[]) => readonly Row[];
};

/**
 * What `keybindings.json` says: the keys of an action by its id, in every context but the leader; `leader:pane.zoom` names one context.
 * An empty list takes the keys away.
 */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

export type KeymapResult =
	| {readonly kind: 'ready'; readonly keymap: Keymap; readonly warnings: readonly string[]}
	/** A key that would mean two things in one context; sentences that name both actions. */
	| {readonly kind: 'refused'; readonly clashes: readonly string[]; readonly warnings: readonly string[]};

const contextTitles: Readonly<Record<KeyContext, string>> = {
	app: 'Everywhere',
	prompt: 'Prompt',
	running: 'While a turn runs',
	menu: 'Menu',
	leader: 'After Ctrl+X',
	pane: 'Panes',
	requirements: 'Requirements',
	design: 'Design',
	tasks: 'Tasks',
	chat: 'Chat',
	tests: 'Tests',
	matrix: 'Tests: matrix',
	bar: 'Bar over the prompt',
	field: 'One-line field',
	history: 'Searching what you sent',
	review: 'Diff of a task',
	popup: 'What covers the panes',
};

const helpOrder: readonly KeyContext[] = [
	'prompt',
	'running',
	'app',
	'leader',
	'pane',
	'requirements',
	'design',
	'tasks',
	'chat',
	'tests',
	'matrix',
	'bar',
	'menu',
	'field',
	'history',
	'review',
	'popup',
];

function rebind(overrides: KeyOverrides): readonly BoundAction[] {
	return bindings.map((binding: BoundAction) => {
		const everywhere = binding.context === 'leader' ? undefined : overrides[binding.action];
		const keys = overrides[`${binding.context}:${binding.action}`] ?? everywhere;
		return keys === undefined ? binding : {...binding, keys: keys.map(normalKeyName)};
	});
}

function clashesIn(bound: readonly BoundAction[]): readonly string[] {
	const taken = new Map<string, BoundAction>();
	const clashes: string[] = [];
	for (const binding of bound) {
		for (const key of new Set(binding.keys)) {
			const other = taken.get(`${binding.context} ${key}`);
			if (other !== undefined) {
				clashes.push(`${keyLabel(key)} means both ${other.action} and ${binding.action} in "${contextTitles[binding.context]}"`);
			}

			taken.set(`${binding.context} ${key}`, binding);
		}
	}

	return clashes;
}

function unknownIn(overrides: KeyOverrides): readonly string[] {
	const known = new Set<string>(bindings.flatMap(binding => [binding.action, `${binding.context}:${binding.action}`]));
	return Object.keys(overrides)
		.filter(action => action !== '$schema' && !known.has(action))
		.map(action => `There is no action ${action}: its keys are ignored`);
}

/** Columns of the keys in the help. */
const keyColumns = 26;

/** The keys of an action in as many lines as their column needs. */
function keyLines(keys: readonly string[]): readonly string[] {
	const lines: string[] = [];
	for (const label of keys.map(keyLabel)) {
		const joined = lines.length === 0 ? label : `${lines.at(-1)}, ${label}`;
		if (lines.length > 0 && joined.length <= keyColumns) {
			lines[lines.length - 1] = joined;
		} else {
			lines.push(label);
		}
	}

	return lines;
}

function helpOf(bound: readonly BoundAction[], contexts: readonly KeyContext[]): readonly Row[] {
	return contexts.flatMap(context => {
		const lines = bound.filter(binding => binding.context === context && binding.keys.length > 0);
		const rows = lines.flatMap(binding =>
			keyLines(binding.keys).map(
				(keys, index): Row => [{text: `  ${keys.padEnd(keyColumns)} `, tone: 'accent'}, {text: index === 0 ? binding.label : ''}],
			),
		);
		const title: Row = [{text: contextTitles[context], tone: 'heading', isBold: true}];
		return rows.length === 0 ? [] : [title, ...rows, []];
	});
}

function mapOf(bound: readonly BoundAction[]): Keymap {
	const actions = new Map<string, ActionId>(
		bound.flatMap(binding => binding.keys.map(key => [`${binding.context} ${key}`, binding.action] as const)),
	);
	return {
		actionFor(contexts, key) {
			const name = keyName(key);
			const context = contexts.find(candidate => actions.has(`${candidate} ${name}`));
			return actions.get(`${context} ${name}`);
		},
		hintsFor: contexts => hintsOf(bound, contexts),
		keysOf(action, context) {
			const found = bound.filter(binding => binding.action === action && (context === undefined || binding.context === context));
			return found.flatMap(binding => binding.keys.map(keyLabel));
		},
		helpRows: (contexts = helpOrder) => helpOf(bound, contexts),
	};
}

/** The keymap with a person's own keys. One clash and the whole set is refused: half a keymap is worse than the old one. */
export function createKeymap(overrides: KeyOverrides = {}): KeymapResult {
	const bound = rebind(overrides);
	const clashes = clashesIn(bound);
	const warnings = unknownIn(overrides);
	return clashes.length > 0 ? {kind: 'refused', clashes, warnings} : {kind: 'ready', keymap: mapOf(bound), warnings};
}

/** The keys as they come. */
export const defaultKeymap: Keymap = mapOf(bindings);
