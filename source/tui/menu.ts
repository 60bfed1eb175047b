import fuzzysort from 'fuzzysort';
import {printable} from '../protocol/printable.ts';
import {createMemo} from './content.ts';
import {isTypeable} from './input/key-codes.ts';
import type {PromptBuffer} from './input/prompt-buffer.ts';
import type {CommandInfo, World} from './world.ts';

export type MenuEntry = {readonly kind: 'command'; readonly command: CommandInfo} | {readonly kind: 'file'; readonly path: string};

type MenuWorld = Pick<World, 'view' | 'commands' | 'files'>;

/** Commands of the terminal face alone; the session knows the others. */
const faceCommands: readonly CommandInfo[] = [
	{name: 'copy', usage: '', summary: 'copy the newest answer'},
	{name: 'help', usage: '', summary: 'every key'},
	{name: 'matrix', usage: '', summary: 'the criteria with their tests, evidence, age, tasks and cost'},
	{name: 'quit', usage: '', summary: 'leave; everything is kept'},
];

/** More nobody reads: another letter is quicker. */
const mostEntries = 50;

/** Every command of this face and of the session, by name. */
export function allCommands(commands: readonly CommandInfo[]): readonly CommandInfo[] {
	return [...commands, ...faceCommands].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The commands that fit what follows the slash, the best first; all of them, by name, for a slash alone. */
function commandsFor(text: string, commands: readonly CommandInfo[]): readonly CommandInfo[] {
	const query = text.slice(1);
	const all = allCommands(commands);
	if (query === '') {
		return all;
	}

	return fuzzysort.go(query, all, {key: 'name', threshold: 0, limit: mostEntries}).map(result => result.obj);
}

/** Whether what is written is the beginning of a command. */
function isCommandName(text: string): boolean {
	return /^\/[\w-]*$/.test(text);
}

export type Mention = {
	/** Offset of the `@`. */
	readonly start: number;
	readonly query: string;
};

/** The mention of a file that the cursor stands in: an `@` at the start of a word, up to the cursor. */
export function mentionIn({text, cursor}: PromptBuffer): Mention | undefined {
	const found = /(?<=^|\s)@([^\s@]*)$/.exec(text.slice(0, cursor));
	return found === null ? undefined : {start: found.index, query: found[1] ?? ''};
}

const memo = createMemo<readonly MenuEntry[]>();

/** Below this the letters only happen to occur in the path. */
const leastLikeness = 0.3;

function filesFor(query: string, files: readonly string[]): readonly MenuEntry[] {
	return memo(files, query, () => {
		// A name that is not what it looks like is not offered.
		const paths = files.filter(path => path === printable(path) && isTypeable(path));
		const found =
			query === ''
				? paths.slice(0, mostEntries)
				: fuzzysort.go(query, paths, {threshold: leastLikeness, limit: mostEntries}).map(result => result.target);
		// What is written out needs no menu: Enter sends it.
		return found[0] === query ? [] : found.map(path => ({kind: 'file', path}));
	});
}

/** The entries of the menu over the prompt: commands after a slash, the project's files after an `@`. */
export function menuEntries({view, commands, files}: MenuWorld): readonly MenuEntry[] {
	const {draft, menu} = view;
	if (menu.isClosed) {
		return [];
	}

	if (isCommandName(draft.text)) {
		return commandsFor(draft.text, commands).map(command => ({kind: 'command', command}));
	}

	const mention = mentionIn(draft);
	return mention === undefined || files === undefined ? [] : filesFor(mention.query, files);
}

/** Whether the menu is on screen. */
export function isMenuOpen(world: MenuWorld): boolean {
	return menuEntries(world).length > 0;
}
