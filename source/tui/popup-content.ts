import {type Content, type ContentRow, createMemo, noContent, plainRows} from './content.ts';
import {isReviewing} from './focus.ts';
import {allCommands} from './menu.ts';
import {chatContent} from './panes/chat/chat-content.ts';
import {reviewContent} from './review-lines.ts';
import {diffRows} from './rows/diff-rows.ts';
import {printableLine} from './rows/printable-lines.ts';
import type {Row} from './rows/row.ts';
import type {World} from './world.ts';

const memo = createMemo<readonly ContentRow[]>();

/** What the prompt makes of signs that are no keys. */
const written: readonly (readonly [string, string])[] = [
	['/ at the start', 'a command'],
	['@ at the start of a word', 'a file of the project'],
	['\\ before Enter', 'a new line'],
	['? alone', 'these lines'],
];

function helpContent({keymap, commands}: World): Content {
	const names = allCommands(commands).map(
		(command): Row => [{text: `  ${`/${command.name} ${command.usage}`.padEnd(44)} `, tone: 'accent'}, {text: command.summary}],
	);
	const signs = written.map(([sign, meaning]): Row => [{text: `  ${sign.padEnd(26)} `, tone: 'accent'}, {text: meaning}]);
	const rows: readonly Row[] = [
		[{text: 'While you write', tone: 'heading', isBold: true}],
		...signs,
		[],
		...keymap.helpRows(),
		[{text: 'Commands', tone: 'heading', isBold: true}],
		...names,
	];
	return {rows: plainRows(rows, 'help').map((row, index) => ({...row, block: `${index}`})), rest: 0};
}

function diffContent(world: World, columns: number): Content {
	const {state, glyphs} = world;
	const {diff} = state;
	if (diff === undefined || (diff.files.length === 0 && state.comments.length === 0)) {
		return {rows: plainRows([[{text: 'Nothing was changed.', tone: 'muted'}]], 'none'), rest: 0};
	}

	if (isReviewing(world)) {
		return reviewContent(state, {columns, glyphs});
	}

	const make = () =>
		diff.files.flatMap((file, index): readonly ContentRow[] => {
			const head: Row = [{text: printableLine(file.path), tone: 'heading', isBold: true}];
			const lines: readonly Row[] =
				file.patch === ''
					? [[{text: 'not a text, or too large to compare', tone: 'muted'}]]
					: diffRows(file.patch, {columns, ellipsis: glyphs.ellipsis});
			const gap: readonly Row[] = index === 0 ? [] : [[]];
			return [...gap, head, ...lines].map((row, line) => ({row, block: `${file.path} ${line}`}));
		});
	return {rows: memo(diff, `${columns} ${glyphs.ellipsis}`, make), rest: 0};
}

/** What stands over the panes until Esc: the keys, a diff, the whole transcript. */
export function popupContent(world: World, columns: number): Content {
	const {popup} = world.view;
	switch (popup?.kind) {
		case undefined: {
			return noContent;
		}

		case 'help': {
			return helpContent(world);
		}

		case 'diff': {
			return diffContent(world, columns);
		}

		case 'transcript': {
			return chatContent(world, columns);
		}

		default: {
			return popup satisfies never;
		}
	}
}

export function popupTitle({view, state}: World): string {
	switch (view.popup?.kind) {
		case undefined: {
			return '';
		}

		case 'help': {
			return 'Keys and commands';
		}

		case 'diff': {
			return `Changes: ${printableLine(state.diff?.title ?? '')}`;
		}

		case 'transcript': {
			return 'Transcript';
		}

		default: {
			return view.popup satisfies never;
		}
	}
}
