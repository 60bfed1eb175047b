import {Box} from 'ink';
import type {PromptView as PromptPicture} from '../input/prompt-rows.ts';
import {cellsOf, padRow, rowOf} from '../rows/cut-row.ts';
import type {Row, Span} from '../rows/row.ts';
import type {Theme} from '../theme.ts';
import {RowsView} from './rows-view.tsx';

type Props = {
	readonly picture: PromptPicture;
	readonly columns: number;
	readonly mark: string;
	/** Without the focus there is no cursor. */
	readonly hasFocus: boolean;
	readonly theme: Theme;
};

/** Shows the character under the cursor the other way round. A cursor of the terminal's own would flicker with every frame. */
function withCursor(row: Row, column: number): Row {
	const padded = padRow(row, column + 1);
	let at = 0;
	const cells = cellsOf(padded).map(cell => {
		const isUnder = at === column;
		at += cell.width;
		const span: Span = isUnder ? {...cell.span, tone: 'selected'} : cell.span;
		return {...cell, span};
	});
	return rowOf(cells);
}

/** What is being written, with its mark and cursor. */
export function PromptView({picture, columns, mark, hasFocus, theme}: Props) {
	const lines = picture.rows.map((row, index): Row => {
		const shown = hasFocus && index === picture.cursor.row ? withCursor(row, picture.cursor.column) : row;
		const start: Span = index === 0 ? {text: ` ${mark} `, tone: hasFocus ? 'accent' : 'muted', isBold: hasFocus} : {text: '   '};
		return [start, ...shown];
	});
	return (
		<Box flexShrink={0}>
			<RowsView lines={lines} columns={columns} rows={lines.length} theme={theme} />
		</Box>
	);
}
