import {Box} from 'ink';
import type {Row} from '../rows/row.ts';
import type {Theme} from '../theme.ts';
import {RowLine} from './row-line.tsx';

type Props = {
	readonly lines: readonly Row[];
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
};

/** Rows in a box of an exact size; what is more than fits is not mounted at all. */
export function RowsView({lines, columns, rows, theme}: Props) {
	return (
		<Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
			{lines.slice(0, rows).map((row, index) => (
				// The place on the screen is the identity: scrolling changes texts, not elements.
				// biome-ignore lint/suspicious/noArrayIndexKey: see above
				<Box key={index} height={1} width={columns} flexShrink={0}>
					<RowLine row={row} theme={theme} />
				</Box>
			))}
		</Box>
	);
}
