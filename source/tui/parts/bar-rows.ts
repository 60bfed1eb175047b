import {type Bar, barOf, isBarListening} from '../bar.ts';
import {cutRow, rowWidth} from '../rows/cut-row.ts';
import {printableLines} from '../rows/printable-lines.ts';
import type {Row, Span, Tone} from '../rows/row.ts';
import {wrapRow} from '../rows/wrap-row.ts';
import type {World} from '../world.ts';
import {ruleRow} from './rule-row.ts';

const names: Readonly<Record<Bar['kind'], string>> = {
	trust: 'trust',
	permission: 'permission',
	question: 'question',
	route: 'route',
	'test-command': 'test command',
	task: 'task',
	undo: 'undo',
	approval: 'approval',
	budget: 'budget',
	model: 'model',
	tampering: 'tests changed',
	commit: 'commit',
	'own-approval': 'approval',
	untick: 'task',
	'take-back': 'hunk',
};

/** What is judged, whole: wrapped, never cut (reliability.md R11). */
function judgedRows(bar: Bar, columns: number): readonly Row[] {
	const lines = [
		...printableLines(bar.title).map((text): Row => [{text, isBold: true}]),
		...bar.lines.flatMap(line => printableLines(line)).map((text): Row => [{text}]),
	];
	return lines.flatMap(row => wrapRow(row, columns - 2, {indent: 2})).map((row): Row => [{text: ' '}, ...row]);
}

function optionRows(bar: Bar, isListening: boolean, columns: number): readonly Row[] {
	const tone: Tone = isListening ? 'accent' : 'muted';
	const pairs: readonly (readonly [string, string])[] = [
		...bar.options.map(option => [option.key, option.label] as const),
		...(bar.takesText ? [['type', 'an answer of your own'] as const] : []),
	];
	// Answers to a question are sentences: one a line. Decisions are words: all in one line.
	const isList = bar.kind === 'question' || bar.kind === 'model';
	const rows: Span[][] = [[]];
	for (const [key, label] of pairs) {
		const next: readonly Span[] = [
			{text: rows.at(-1)?.length === 0 ? ' ' : '   '},
			{text: key, tone, isBold: isListening},
			{text: ` ${printableLines(label).join(' ')}`},
		];
		const isFull = (rows.at(-1)?.length ?? 0) > 0 && (isList || rowWidth([...(rows.at(-1) ?? []), ...next]) > columns - 1);
		if (isFull) {
			rows.push([{text: ' '}, ...next.slice(1)]);
		} else {
			rows.at(-1)?.push(...next);
		}
	}

	return rows.flatMap(row => wrapRow(row, columns - 1, {indent: 3}));
}

export type BarPicture = {
	readonly rows: readonly Row[] /** How many rows of what is judged are below the visible ones. */;
	readonly hidden: number;
	readonly judged: number;
};

/** The bar over the prompt in at most so many rows; what does not fit is scrolled, and its size is told. */
export function barPicture(world: World, mostRows: number): BarPicture {
	const bar = barOf(world);
	const {columns, glyphs, view} = world;
	if (bar === undefined) {
		return {rows: [], hidden: 0, judged: 0};
	}

	const isListening = isBarListening(world);
	const judged = judgedRows(bar, columns);
	// In the lowest windows not all options have room; the hint line names them too.
	const options = optionRows(bar, isListening, columns).slice(0, Math.max(1, mostRows - 2));
	const room = Math.max(1, mostRows - options.length - 1);
	const top = Math.max(0, Math.min(view.bar?.scroll ?? 0, judged.length - room));
	const shown = judged.slice(top, top + room);
	const hidden = judged.length - top - shown.length;
	const count = bar.count > 1 ? ` 1 of ${bar.count}` : '';
	const head = ruleRow(
		[
			{text: `${names[bar.kind]}${count}`, tone: 'warning', isBold: true},
			...(isListening ? [] : [{text: '  you are typing: Tab to answer', tone: 'muted' as const}]),
		],
		judged.length > room ? [{text: `${top + 1}-${top + shown.length} of ${judged.length}, Up/Down`, tone: 'warning'}] : [],
		{columns, rule: isListening ? glyphs.heavyRule : glyphs.rule, tone: 'warning', ellipsis: glyphs.ellipsis},
	);
	return {rows: [head, ...shown, ...options.map(row => cutRow(row, columns, glyphs.ellipsis))], hidden, judged: judged.length};
}
