import {Box} from 'ink';
import type {PanePicture} from '../pane-picture.ts';
import type {Row} from '../rows/row.ts';
import type {Theme} from '../theme.ts';
import {RowsView} from './rows-view.tsx';

type Props = {
	readonly picture: PanePicture;
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
};

/** A pane: its title on a rule, and below it the rows that are visible. */
export function PaneView({picture, columns, rows, theme}: Props) {
	const lines: readonly Row[] = picture.title === undefined ? picture.rows : [picture.title, ...picture.rows];
	return <RowsView lines={lines} columns={columns} rows={rows} theme={theme} />;
}

/** The line between two columns of panes. */
export function Divider({rows, glyph, theme}: {readonly rows: number; readonly glyph: string; readonly theme: Theme}) {
	const lines = Array.from({length: rows}, (): Row => [{text: glyph, tone: 'muted'}]);
	return (
		<Box flexShrink={0}>
			<RowsView lines={lines} columns={1} rows={rows} theme={theme} />
		</Box>
	);
}
