import {reportSummary} from '../../protocol/report-summary.ts';
import {currentConversation} from '../../protocol/select.ts';
import type {ChatItem} from '../../protocol/state.ts';
import {scrollAt} from '../scroll.ts';
import {say, toggleExpanded, type View, withScroll} from '../view-state.ts';
import type {World} from '../world.ts';
import {readingPlace} from './scroll-pane.ts';
import {type Step, step} from './step.ts';

function items(world: World): readonly ChatItem[] {
	return currentConversation(world.state)?.items ?? [];
}

function isFoldable(item: ChatItem): boolean {
	return item.kind === 'call' || item.kind === 'tests' || item.kind === 'thinking';
}

/** Opens or closes the newest card. */
export function expandNewest(world: World): Step {
	const card = items(world).findLast(isFoldable);
	return card === undefined ? step(say(world.view, 'Nothing to open yet', world.now)) : step(toggleExpanded(world.view, card.id));
}

/** Opens or closes the card that is on screen, the lowest of several. */
export function expandVisible(world: World): Step {
	const {content, top, rows} = readingPlace(world);
	const visible = new Set(content.rows.slice(top, top + rows).map(row => row.block));
	const card = items(world).findLast(item => isFoldable(item) && visible.has(item.id));
	return card === undefined ? expandNewest(world) : step(toggleExpanded(world.view, card.id));
}

/** The newest answer as it was written. */
export function newestAnswer(world: World): string | undefined {
	const answer = items(world).findLast(item => item.kind === 'agent');
	return answer?.kind === 'agent' ? answer.text : undefined;
}

export function copyAnswer(world: World): Step {
	const text = newestAnswer(world);
	return text === undefined
		? step(say(world.view, 'No answer to copy yet', world.now))
		: step(world.view, {kind: 'copy', text, what: 'the newest answer'});
}

/** The whole conversation as plain text. */
export function transcriptText(world: World): string {
	return items(world)
		.map(item => {
			switch (item.kind) {
				case 'person': {
					return `You: ${item.text}`;
				}

				case 'program': {
					return `Program: ${item.text}`;
				}

				case 'agent': {
					return `Agent: ${item.text}`;
				}

				case 'call': {
					return `${item.name} ${item.title}`;
				}

				case 'task': {
					return `Task ${item.task} ${item.title}`;
				}

				case 'notice':
				case 'thinking': {
					return item.text;
				}

				case 'tests': {
					return `Tests: ${reportSummary(item.report)}`;
				}

				default: {
					return item satisfies never;
				}
			}
		})
		.join('\n\n');
}

/** Moves the chat to a message of the person. */
export function toMessage(world: World, direction: 1 | -1): View {
	const {content, top, rows, pane} = readingPlace(world);
	const own = new Set(items(world).flatMap(item => (item.kind === 'person' || item.kind === 'program' ? [item.id] : [])));
	const starts = content.rows.flatMap((row, index) => (own.has(row.block) && content.rows[index - 1]?.block !== row.block ? [index] : []));
	const at = direction === 1 ? starts.find(index => index > top) : starts.findLast(index => index < top);
	return at === undefined ? world.view : withScroll(world.view, pane, scrollAt(content, at, rows));
}
