import {currentConversation} from '../../../protocol/select.ts';
import type {ChatItem, State} from '../../../protocol/state.ts';
import {type Content, type ContentRow, createMemo} from '../../content.ts';
import {chatItemRows, hasGapBefore} from '../../rows/chat-rows.ts';
import type {Row} from '../../rows/row.ts';
import {createBlockCache, createRowCache} from '../../rows/row-cache.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import type {World} from '../../world.ts';

const itemRows = createRowCache();
const blocks = createBlockCache();
const memo = createMemo<readonly ContentRow[]>();

function rowsOfItem(world: World, item: ChatItem, columns: number): readonly Row[] {
	const {glyphs, view, keymap, highlight} = world;
	const isExpanded = view.expanded.has(item.id) || view.popup?.kind === 'transcript';
	const form = `${columns} ${isExpanded} ${glyphs.rule} ${highlight !== undefined}`;
	const expandKey = keymap.keysOf('chat.expand-newest')[0] ?? 'Ctrl+O';
	return itemRows.rowsOf(item, form, () => chatItemRows(item, {columns, isExpanded, glyphs, highlight, blocks, expandKey}));
}

function itemsContent(world: World, items: readonly ChatItem[], columns: number): readonly ContentRow[] {
	return items.flatMap((item, index): readonly ContentRow[] => {
		const gap: readonly ContentRow[] = hasGapBefore(item, items[index - 1]) ? [{row: [], block: `gap ${item.id}`}] : [];
		return [...gap, ...rowsOfItem(world, item, columns).map((row): ContentRow => ({row, block: item.id}))];
	});
}

/** What to do in a stage whose conversation has not begun. */
function opening(state: State): string {
	if (state.spec === undefined) {
		return 'Ask a question, or say what you want to build.';
	}

	switch (state.spec.stage) {
		case 'requirements':
		case 'design':
		case 'tasks': {
			return `This is the conversation about ${state.spec.stage}. Say what to change, or ask about it.`;
		}

		case 'implement': {
			return 'Start a task, and the work on it is shown here. Each task has a conversation of its own.';
		}

		case 'vibe': {
			return 'Go on freely: the whole spec stays in front of the model.';
		}

		default: {
			return state.spec.stage satisfies never;
		}
	}
}

/** The conversation at hand; what the program had to say while there was none comes first. */
export function chatContent(world: World, columns: number): Content {
	const {state, view, glyphs} = world;
	const conversation = currentConversation(state);
	if (conversation === undefined || conversation.items.length === 0) {
		const notices = state.notices.map((notice, index): ChatItem => ({kind: 'notice', id: `n${index}`, ...notice}));
		const hint = wrapRow([{text: opening(state), tone: 'muted'}], columns).map((row): ContentRow => ({row, block: 'opening'}));
		const told = notices.length === 0 ? [] : [{row: [], block: 'gap'}, ...itemsContent(world, notices, columns)];
		return {rows: [...hint, ...told], rest: 'tail'};
	}

	const open = conversation.items.filter(item => view.expanded.has(item.id)).map(item => item.id);
	const form = `${columns} ${glyphs.rule} ${view.popup?.kind === 'transcript'} ${world.highlight !== undefined} ${open.join()}`;
	return {rows: memo(conversation.items, form, () => itemsContent(world, conversation.items, columns)), rest: 'tail'};
}
