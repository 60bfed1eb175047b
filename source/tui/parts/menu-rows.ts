import {type MenuEntry, menuEntries} from '../menu.ts';
import {cutRow, padRow, rowWidth} from '../rows/cut-row.ts';
import {printableLine} from '../rows/printable-lines.ts';
import type {Row, Span} from '../rows/row.ts';
import type {World} from '../world.ts';

/** Rows of the which-key list. */
const mostLeaderRows = 4;

function entryRow(entry: MenuEntry, isChosen: boolean, {columns, glyphs}: World): Row {
	const look = {tone: isChosen ? 'accent' : 'plain', isBold: isChosen} as const;
	if (entry.kind === 'file') {
		return [{...look, text: printableLine(entry.path)}];
	}

	const {name, usage, summary} = entry.command;
	const width = Math.min(44, Math.floor(columns / 2));
	const command: Row = [
		{...look, text: `/${name}`},
		{text: usage === '' ? '' : ` ${usage}`, tone: 'muted'},
	];
	return [...padRow(cutRow(command, width, glyphs.ellipsis), width), {text: `  ${summary}`, tone: 'muted'}];
}

/** The commands or files that fit what is written, a window of at most so many rows around the chosen one. */
export function menuRows(world: World, most: number): readonly Row[] {
	const {view, columns, glyphs} = world;
	const entries = menuEntries(world);
	const top = Math.max(0, Math.min(view.menu.index - most + 2, entries.length - most));
	return entries.slice(top, top + most).map((entry, index) => {
		const isChosen = top + index === view.menu.index;
		const mark: Span = {text: isChosen ? ` ${glyphs.cursor} ` : '   ', tone: 'accent'};
		return cutRow([mark, ...entryRow(entry, isChosen, world)], columns, glyphs.ellipsis);
	});
}

type Pair = {readonly key: string; readonly label: string};

const stagePairs: readonly Pair[] = [
	{key: 'r', label: 'requirements'},
	{key: 'd', label: 'design'},
	{key: 't', label: 'tasks'},
	{key: 'i', label: 'implement'},
	{key: 'v', label: 'vibe'},
];

function flowed(lead: Span, pairs: readonly Pair[], columns: number): readonly Row[] {
	const rows: Span[][] = [[lead]];
	for (const {key, label} of pairs) {
		const next: readonly Span[] = [{text: '  '}, {text: key, tone: 'accent', isBold: true}, {text: ` ${label}`, tone: 'muted'}];
		if (rowWidth([...(rows.at(-1) ?? []), ...next]) > columns - 1) {
			rows.push([{text: ' '.repeat(lead.text.length)}]);
		}

		rows.at(-1)?.push(...next);
	}

	return rows.slice(0, mostLeaderRows);
}

/** What the key after Ctrl+X may be, or the stages after Ctrl+X g. */
export function leaderRows({view, keymap, columns}: World): readonly Row[] {
	if (view.isChoosingStage) {
		return flowed({text: ' go to', tone: 'accent'}, stagePairs, columns);
	}

	return view.isLeader ? flowed({text: ' Ctrl+X', tone: 'accent', isBold: true}, keymap.hintsFor(['leader']), columns) : [];
}
