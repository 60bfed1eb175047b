import {barOf} from '../bar.ts';
import {promptIndent} from '../docks.ts';
import {historyOf, newerEntry, olderEntry, withEntry} from '../input/history.ts';
import type {Key} from '../input/key.ts';
import type {ActionId} from '../input/keymap.ts';
import {editPrompt, expandPrompt, insertPaste, insertText, isEditAction, type PromptBuffer, promptOf} from '../input/prompt-buffer.ts';
import {moveDown, moveUp} from '../input/prompt-rows.ts';
import {type MenuEntry, mentionIn, menuEntries} from '../menu.ts';
import {focusPrompt, isWorking, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {act, type PromptAction} from './act.ts';
import {escapePrompt, neighbourPane, openPopup, takeBack} from './act-app.ts';
import {copyAnswer} from './act-chat.ts';
import {showMatrix} from './act-matrix.ts';
import {openSpecAt} from './act-pane.ts';
import {moveInPane} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

/** Another text in the prompt; what it was part of (the menu, a walk through the history) begins anew. */
export function withDraft(view: View, draft: PromptBuffer): View {
	return {...view, draft, menu: {index: 0, isClosed: false}};
}

export function typeText(view: View, text: string): View {
	return withDraft(focusPrompt(view), insertText(view.draft, text));
}

/** A paste goes to the prompt, wherever the eye is; it never answers a bar. */
export function pasteText(view: View, text: string): View {
	return withDraft(focusPrompt(view), insertPaste(view.draft, text));
}

/** Commands of this face; anything else is the session's. */
function faceCommand(world: World, view: View, text: string): Step | undefined {
	switch (text.trim()) {
		case '/help': {
			return step(openPopup(view, {kind: 'help'}));
		}

		case '/quit':
		case '/exit': {
			return step(view, {kind: 'exit'});
		}

		case '/matrix': {
			return step(showMatrix({...world, view}));
		}

		case '/copy': {
			return copyAnswer({...world, view});
		}

		default: {
			return undefined;
		}
	}
}

/** Sends a text; the prompt is empty again and the history longer. */
function sendText(world: World, text: string): Step {
	const {view} = world;
	const sent: View = {
		...withDraft(view, promptOf('')),
		history: historyOf(withEntry(view.history.entries, text)),
		scrolls: {...view.scrolls, chat: {kind: 'rest'}},
	};
	const {view: after, effects} = faceCommand(world, sent, text) ?? asking(sent, {type: 'send', text});
	return step(after, {kind: 'remember', text}, ...effects);
}

function send(world: World): Step {
	const {view, state} = world;
	const text = expandPrompt(view.draft);
	if (text.trim() === '') {
		return state.spec === undefined && !isWorking(state) ? openSpecAt(world) : step(view);
	}

	const before = view.draft.text.slice(0, view.draft.cursor);
	if (before.endsWith('\\')) {
		return step(withDraft(view, insertText(editPrompt(view.draft, 'edit.backspace'), '\n')));
	}

	return sendText(world, text);
}

/** Tab: a bar that waits, the next pane from an empty prompt, or, while a turn runs, the queue. */
function tab(world: World): Step {
	const {view, state} = world;
	if (barOf(world) !== undefined && view.bar !== undefined) {
		return step({...view, bar: {...view.bar, isChosen: true}});
	}

	if (view.draft.text === '') {
		return step(neighbourPane(world, 1));
	}

	return isWorking(state) ? sendText(world, expandPrompt(view.draft)) : step(view);
}

function recall(world: World, direction: 'older' | 'newer'): Step {
	const {view} = world;
	const found = direction === 'older' ? olderEntry(view.history, view.draft.text) : newerEntry(view.history);
	return found === undefined
		? step(view)
		: step({...withDraft(view, promptOf(found.text)), history: found.history, menu: {index: 0, isClosed: true}});
}

/** Up and down: within the prompt, then the specs of home, then the history. */
function vertical(world: World, direction: 'up' | 'down'): Step {
	const {view, state, columns} = world;
	const isHome = state.spec === undefined && state.current === undefined && state.specs.length > 0;
	if (view.draft.text === '' && isHome) {
		return step({...moveInPane(world, 'home', direction === 'up' ? -1 : 1), focus: view.focus});
	}

	const width = columns - promptIndent - 1;
	const moved = direction === 'up' ? moveUp(view.draft, width) : moveDown(view.draft, width);
	return moved.kind === 'moved' ? step({...view, draft: moved.buffer}) : recall(world, direction === 'up' ? 'older' : 'newer');
}

function exitOrDelete({view}: World): Step {
	return view.draft.text === '' ? step(view, {kind: 'exit'}) : step(withDraft(view, editPrompt(view.draft, 'edit.delete')));
}

function startHistorySearch({view}: World): Step {
	return step(
		{...view, field: {label: 'search what you sent:', value: '', purpose: {kind: 'history', draft: view.draft}}},
		{kind: 'clear-feed'},
	);
}

/** The path stands in the place of the mention; a space after it, so that writing goes on. */
function insertMention(draft: PromptBuffer, path: string): PromptBuffer {
	const start = mentionIn(draft)?.start ?? draft.cursor;
	const rest = draft.text.slice(draft.cursor);
	const inserted = `${path}${/^\s/.test(rest) ? '' : ' '}`;
	return {...draft, text: draft.text.slice(0, start) + inserted + rest, cursor: start + inserted.length};
}

function takeEntry(world: World, entry: MenuEntry, isSent: boolean): Step {
	const {view} = world;
	if (entry.kind === 'file') {
		return step(withDraft(view, insertMention(view.draft, entry.path)));
	}

	// A command whose argument has to be given waits for it; the brackets of usage tell which may stay away.
	const {name, usage} = entry.command;
	return isSent && (usage === '' || usage.startsWith('[')) ? sendText(world, `/${name}`) : step(withDraft(view, promptOf(`/${name} `)));
}

function pressMenu(world: World, action: ActionId): Step | undefined {
	const {view} = world;
	const entries = menuEntries(world);
	const chosen = entries[view.menu.index] ?? entries[0];
	const move = (delta: number): Step =>
		step({...view, menu: {...view.menu, index: (view.menu.index + delta + entries.length) % Math.max(1, entries.length)}});
	switch (action) {
		case 'menu.previous': {
			return move(-1);
		}

		case 'menu.next': {
			return move(1);
		}

		case 'menu.close': {
			return step({...view, menu: {index: 0, isClosed: true}});
		}

		case 'menu.complete':
		case 'menu.take': {
			return chosen === undefined ? undefined : takeEntry(world, chosen, action === 'menu.take');
		}

		default: {
			return undefined;
		}
	}
}

const promptActs: Readonly<Record<PromptAction, (world: World) => Step>> = {
	'prompt.send': send,
	'prompt.steer': send,
	'prompt.tab': tab,
	'prompt.escape': escapePrompt,
	'turn.interrupt': escapePrompt,
	'prompt.exit': exitOrDelete,
	'prompt.take-back': takeBack,
	'edit.up': world => vertical(world, 'up'),
	'edit.down': world => vertical(world, 'down'),
	'history.older': world => recall(world, 'older'),
	'history.newer': world => recall(world, 'newer'),
	'history.search': startHistorySearch,
};

function isPromptAction(action: ActionId): action is PromptAction {
	return Object.hasOwn(promptActs, action);
}

/** A key in the prompt. */
export function pressPrompt(world: World, key: Key, action: ActionId | undefined): Step {
	const {view} = world;
	if (action?.startsWith('menu.') === true) {
		return pressMenu(world, action) ?? step(view);
	}

	if (action === undefined) {
		const isPlain = key.kind === 'text' && !key.alt;
		const isHelp = isPlain && key.text === '?' && view.draft.text === '';
		return isHelp ? step(openPopup(view, {kind: 'help'})) : step(isPlain ? typeText(view, key.text) : view);
	}

	if (isEditAction(action)) {
		return step(withDraft(view, editPrompt(view.draft, action)));
	}

	return isPromptAction(action) ? promptActs[action](world) : act(world, action);
}
