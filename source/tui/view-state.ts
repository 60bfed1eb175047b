import type {Intent} from '../protocol/intent.ts';
import type {DocumentStage} from '../protocol/ledger-entry.ts';
import type {ReviewComment} from '../protocol/review-comment.ts';
import type {State} from '../protocol/state.ts';
import type {TaskId} from '../spec/tasks.ts';
import {type History, historyOf} from './input/history.ts';
import {emptyPrompt, type PromptBuffer} from './input/prompt-buffer.ts';
import type {PaneId} from './pane-id.ts';
import {resting, type Scroll} from './scroll.ts';

type Focus = {readonly kind: 'prompt'} | {readonly kind: 'pane'; readonly pane: PaneId};

/** The approval that waits for a yes, for exactly the text that was on screen when it was asked. */
export type PendingApproval = {readonly stage: DocumentStage; readonly digest: string; readonly id: string};

/** What a key would take back: asked once, with what it is. */
export type Confirmation = {
	readonly id: string;
	readonly kind: 'untick' | 'take-back' | 'undo';
	readonly title: string;
	readonly lines: readonly string[];
	readonly yes: string;
	readonly no: string;
	/** Sent after a yes. */
	readonly intent: Intent;
};

export type Field = {
	readonly label: string;
	readonly value: string;
	readonly purpose:
		| {readonly kind: 'answer'; readonly ask: string; readonly key: string}
		| {readonly kind: 'accept-reason'; readonly task: TaskId}
		| {readonly kind: 'comment'; readonly task: TaskId; readonly on: Omit<ReviewComment, 'text'>}
		| {readonly kind: 'search'; readonly pane: PaneId}
		/** Holds what was being written when the search began, and which entry it stands at. */
		| {readonly kind: 'history'; readonly draft: PromptBuffer; readonly at?: number};
};

export type Popup =
	| {readonly kind: 'help'}
	| {readonly kind: 'transcript'}
	/** The diff that was asked for last, in State. */
	| {readonly kind: 'diff'; readonly task?: TaskId};

/** The bar over the prompt: which one it is, when it was first drawn, and whether a person chose it with Tab. */
type BarView = {readonly id: string; readonly shownAt: number; readonly isChosen: boolean; readonly scroll: number};

/** Letters that acted as keys without a pane having been entered: as long as more follow at once, they were text after all. */
type Burst = {
	readonly text: string;
	readonly at: number;
	readonly due?: {readonly key: string; readonly at: number /** The bar that it answers. */; readonly bar?: string};
};

/** All that only the eye and the hand need. Plain data; it changes through the functions of this folder. */
export type View = {
	readonly focus: Focus;
	/** The pane chosen last, shown where there is room for one; forgotten when work moves on. */
	readonly solo: PaneId | undefined;
	/** The document chosen last for the large pane; else it follows the stage. */
	readonly document: DocumentStage | undefined;
	/** The pane that PgUp and PgDn scroll. */
	readonly reading: PaneId | undefined;
	readonly scrolls: Readonly<Partial<Record<PaneId | 'popup', Scroll>>>;
	readonly selected: Readonly<Partial<Record<PaneId | 'popup', string | undefined>>>;
	readonly sideways: Readonly<Partial<Record<PaneId, number>>>;
	/** Chat cards that are open. */
	readonly expanded: ReadonlySet<string>;
	readonly isZoomed: boolean;
	/** Columns that the divider was moved to the right. */
	readonly divider: number;
	readonly showsTests: boolean | undefined;
	/** What the pane of the tests shows. */
	readonly testsTab: 'results' | 'matrix';
	/** The matrix without what is proven or passing. */
	readonly isUnprovenOnly: boolean;
	/** A line of a document that was gone to. */
	readonly marked: {readonly pane: PaneId; readonly line: number} | undefined;
	readonly showsSide: boolean;
	/** The document whose pane shows what changed since its approval. */
	readonly diffOf: DocumentStage | undefined;
	readonly draft: PromptBuffer;
	readonly history: History;
	readonly menu: {readonly index: number; readonly isClosed: boolean};
	readonly popup: Popup | undefined;
	readonly approval: PendingApproval | undefined;
	readonly confirmation: Confirmation | undefined;
	readonly bar: BarView | undefined;
	readonly field: Field | undefined;
	readonly isLeader: boolean;
	/** Set while the key after Ctrl+X g is awaited. */
	readonly isChoosingStage: boolean;
	readonly search: {readonly pane: PaneId; readonly query: string} | undefined;
	readonly burst: Burst | undefined;
	/** One line of news for a short time. */
	readonly toast: {readonly text: string; readonly until: number} | undefined;
	/** Until then a second Ctrl+C on an empty prompt leaves. */
	readonly exitUntil: number;
	readonly isWindowFocused: boolean;
	/** When the prompt was written in last. */
	readonly typedAt: number;
	/** When a turn ended last: a hasty Esc just after it does nothing. */
	readonly endedAt: number;
};

export const initialView: View = {
	focus: {kind: 'prompt'},
	solo: undefined,
	document: undefined,
	reading: undefined,
	scrolls: {},
	selected: {},
	sideways: {},
	expanded: new Set(),
	isZoomed: false,
	divider: 0,
	showsTests: undefined,
	testsTab: 'results',
	isUnprovenOnly: false,
	marked: undefined,
	showsSide: true,
	diffOf: undefined,
	draft: emptyPrompt,
	history: historyOf([]),
	menu: {index: 0, isClosed: false},
	popup: undefined,
	approval: undefined,
	confirmation: undefined,
	bar: undefined,
	field: undefined,
	isLeader: false,
	isChoosingStage: false,
	search: undefined,
	burst: undefined,
	toast: undefined,
	exitUntil: 0,
	isWindowFocused: true,
	typedAt: 0,
	endedAt: 0,
};

export function scrollOf(view: View, pane: PaneId | 'popup'): Scroll {
	return view.scrolls[pane] ?? resting;
}

export function withScroll(view: View, pane: PaneId | 'popup', scroll: Scroll): View {
	const moved = {...view, scrolls: {...view.scrolls, [pane]: scroll}};
	return pane === 'popup' ? moved : {...moved, reading: pane};
}

/** Enters a pane; a document becomes the one in the large pane. */
export function focusPane(view: View, pane: PaneId): View {
	const isDocument = pane === 'requirements' || pane === 'design' || pane === 'tasks';
	return {
		...view,
		focus: {kind: 'pane', pane},
		popup: undefined,
		marked: undefined,
		solo: pane,
		reading: pane,
		...(isDocument && {document: pane}),
		...(pane === 'tests' && {showsTests: true}),
	};
}

export function focusPrompt(view: View): View {
	return {...view, focus: {kind: 'prompt'}, marked: undefined};
}

/** Work moved on: what was chosen for the step before no longer holds. */
export function moveOn(view: View): View {
	const isInTests = view.focus.kind === 'pane' && view.focus.pane === 'tests';
	const testsTab = isInTests ? view.testsTab : 'results';
	return {...view, solo: undefined, document: undefined, showsTests: undefined, testsTab, diffOf: undefined, reading: undefined};
}

/** How many columns the divider may be moved either way. */
const dividerReach = 30;

export function moveDivider(view: View, delta: number): View {
	return {...view, divider: Math.max(-dividerReach, Math.min(dividerReach, view.divider + delta))};
}

export function toggleExpanded(view: View, id: string): View {
	const expanded = new Set(view.expanded);
	if (!expanded.delete(id)) {
		expanded.add(id);
	}

	return {...view, expanded};
}

export function say(view: View, text: string, now: number): View {
	return {...view, toast: {text, until: now + 2500}};
}

/** Asks before something is taken back; the answer may be given at once, since a person asked for it. */
export function confirming(view: View, now: number, confirmation: Omit<Confirmation, 'id'>): View {
	const id = `${confirmation.kind} ${now}`;
	return {...view, confirmation: {id, ...confirmation}, bar: {id, shownAt: now, isChosen: true, scroll: 0}};
}

/** Whether anything is at work, so that time is shown running. */
export function isWorking(state: State): boolean {
	const turn = state.current === undefined ? undefined : state.conversations[state.current]?.turn;
	return turn?.isRunning === true || state.run.current !== undefined || state.tests.running !== undefined;
}
