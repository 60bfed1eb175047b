import {currentConversation} from '../protocol/select.ts';
import {barOf} from './bar.ts';
import {type PromptView, promptRows} from './input/prompt-rows.ts';
import {activityRow} from './parts/activity.ts';
import {type BarPicture, barPicture} from './parts/bar-rows.ts';
import {leaderRows, menuRows} from './parts/menu-rows.ts';
import {ruleRow} from './parts/rule-row.ts';
import {cutRow} from './rows/cut-row.ts';
import {printableLine} from './rows/printable-lines.ts';
import type {Row} from './rows/row.ts';
import {wrapRow} from './rows/wrap-row.ts';
import {sizeClassOf} from './size-class.ts';
import type {World} from './world.ts';

/** The lines below the panes: everything that is docked there, from top to bottom. */
export type Docks = {
	readonly guide: readonly Row[];
	readonly menu: readonly Row[];
	readonly bar: BarPicture;
	readonly rule: Row;
	readonly prompt: PromptView;
	/** All of them, with the hint line and the status line. */
	readonly height: number;
};

/** Columns before the text of the prompt. */
export const promptIndent = 3;

function promptRule(world: World): Row {
	const {state, columns, glyphs} = world;
	const conversation = currentConversation(state);
	const {current} = state.run;
	const place =
		current !== undefined
			? `task ${current.task}  ${printableLine(current.title)}`
			: state.spec === undefined
				? conversation === undefined
					? 'an idea or a question'
					: 'chat'
				: `chat: ${state.spec.stage}`;
	const queued = conversation?.queued.length ?? 0;
	const waiting: Row =
		queued === 0 ? [] : [{text: `  queued ${queued}: ${printableLine(conversation?.queued.at(-1) ?? '').slice(0, 40)}`, tone: 'accent'}];
	return ruleRow([{text: place, tone: 'muted'}, ...waiting], activityRow(world), {
		columns,
		rule: glyphs.rule,
		tone: 'muted',
		ellipsis: glyphs.ellipsis,
		keepsRight: true,
	});
}

const mostGuideRows = 3;
const mostMenuRows = 8;
/** Rows of panes that what is docked leaves alone, as long as the window has them. */
const paneRows = 4;
const fewestBarRows = 3;

/** Rows for one of the docked things: as many as leave the panes theirs, one in a low window, none when even that is not left. */
function fitting(wanted: number, left: number): number {
	return Math.max(0, Math.min(1, left), Math.min(wanted, left - paneRows));
}

function guideRows({guide, columns, glyphs}: World, most: number): readonly Row[] {
	if (guide === undefined || most === 0) {
		return [];
	}

	const row: Row = [
		{text: ` ${printableLine(guide.label)} `, tone: 'selected'},
		{text: `  ${printableLine(guide.caption)}`, tone: 'accent'},
	];
	const wrapped = wrapRow(row, columns - 1, {indent: 2});
	if (wrapped.length <= most) {
		return wrapped;
	}

	const last = cutRow([...(wrapped[most - 1] ?? []), {text: glyphs.ellipsis, tone: 'accent'}], columns, glyphs.ellipsis);
	return [...wrapped.slice(0, most - 1), last];
}

/** Rows that the prompt may take before it scrolls. */
function mostPromptRows(rows: number): number {
	return Math.max(1, Math.min(8, Math.floor(rows / 5)));
}

/**
 * Lays out what is docked below the panes. In a low window the menu gives way first, then the caption of a tour; the lines below them are
 * always on screen.
 */
export function docksOf(world: World): Docks {
	const {columns, rows, view} = world;
	const prompt = promptRows(view.draft, columns - promptIndent - 1, mostPromptRows(rows));
	const isRoomy = sizeClassOf(columns, rows) === 'medium' || sizeClassOf(columns, rows) === 'wide';
	const promptHeight = view.field === undefined ? Math.max(prompt.rows.length, isRoomy ? 2 : 1) : 1;
	// The top line, the rule over the prompt, the hint and the status.
	const room = rows - promptHeight - 4;
	const left = room - (barOf(world) === undefined ? 0 : fewestBarRows);
	const guide = guideRows(world, fitting(mostGuideRows, left));
	const menuRoom = fitting(mostMenuRows, left - guide.length);
	const menu = view.isLeader || view.isChoosingStage ? leaderRows(world).slice(0, menuRoom) : menuRows(world, menuRoom);
	const taken = guide.length + menu.length;
	const bar = barPicture(world, Math.max(fewestBarRows, Math.min(Math.floor(rows * 0.6), room - taken - paneRows)));
	const padded = {
		...prompt,
		rows: [...prompt.rows, ...Array.from({length: Math.max(0, promptHeight - prompt.rows.length)}, (): Row => [])],
	};
	return {guide, menu, bar, rule: promptRule(world), prompt: padded, height: promptHeight + 3 + taken + bar.rows.length};
}
