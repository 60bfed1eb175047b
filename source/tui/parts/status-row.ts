import {inputTokens} from '../../protocol/message.ts';
import {contextShare, currentConversation, testCounts} from '../../protocol/select.ts';
import type {State} from '../../protocol/state.ts';
import {rowWidth, spreadRow} from '../rows/cut-row.ts';
import {formatDollars, formatShare, formatTokens} from '../rows/format.ts';
import {printableLine} from '../rows/printable-lines.ts';
import type {Row, Span} from '../rows/row.ts';
import type {World} from '../world.ts';

function costText(state: State): string {
	const spent = state.isPriced ? formatDollars(state.costUsd) : 'price unknown';
	return state.budgetUsd === undefined ? spent : `${spent} of ${formatDollars(state.budgetUsd)}`;
}

function testsSpan(state: State): Span | undefined {
	const last = state.tests.last?.report;
	if (last === undefined || last.detail === 'exit-code') {
		return undefined;
	}

	const {passed, failed} = testCounts(state) ?? last.counts;
	return {text: failed > 0 ? `tests ${passed} ok, ${failed} failed` : `tests ${passed} ok`, tone: failed > 0 ? 'bad' : 'good'};
}

/** What the model side costs and holds, the most wanted first; what has no room is left out whole. */
function facts(state: State): readonly Span[] {
	const total = inputTokens(state.usage);
	const hasTalked = currentConversation(state) !== undefined && total > 0;
	// What a recorded model would have cost is nothing to worry about.
	const hasCost = state.budgetUsd !== undefined || (total > 0 && (state.isPriced || state.model?.isRecorded !== true));
	return [
		...(hasTalked ? [{text: `ctx ${formatShare(contextShare(state))}`}] : []),
		...(hasCost ? [{text: costText(state)}] : []),
		...(total > 0 ? [{text: `cached ${formatShare(state.usage.cacheRead / total)}`, tone: 'muted' as const}] : []),
		...(total > 0 ? [{text: `${formatTokens(total)} in ${formatTokens(state.usage.output)} out`, tone: 'muted' as const}] : []),
	];
}

function joined(spans: readonly Span[], columns: number): Row {
	const row: Span[] = [];
	for (const span of spans) {
		const next: readonly Span[] = [...row, {text: '  '}, span];
		if (rowWidth(next) <= columns) {
			row.push({text: '  '}, span);
		}
	}

	return row;
}

/** The last line: mode, model, context, cost; at the right the tests. `recorded` is never left out. */
export function statusRow(world: World): Row {
	const {state, columns, keymap, glyphs} = world;
	const modeKey = keymap.keysOf('mode.next')[0];
	const mode: Row = [
		{text: ` ${state.mode}`, tone: state.mode === 'auto-task' ? 'warning' : 'plain'},
		...(columns < 72 || modeKey === undefined ? [] : [{text: ` (${modeKey})`, tone: 'muted' as const}]),
	];
	const isRecorded = state.model?.isRecorded === true || world.guide !== undefined;
	const recorded: Row = isRecorded ? [{text: '  '}, {text: 'recorded', tone: 'warning', isBold: true}] : [];
	const model: Row = isRecorded
		? []
		: [
				{
					text: `  ${state.model === undefined ? 'no model' : printableLine(state.model.id)}`,
					tone: state.model === undefined ? 'warning' : 'accent',
				},
			];
	const tests = testsSpan(state);
	const right: Row = tests === undefined ? [] : [tests, {text: ' '}];
	const left: Row = [...mode, ...recorded, ...model];
	const room = columns - rowWidth(left) - rowWidth(right) - 2;
	return spreadRow([...left, ...joined(facts(state), room)], right, columns, glyphs.ellipsis);
}
