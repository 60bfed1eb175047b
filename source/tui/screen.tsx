import {Box} from 'ink';
import {barOf, isBarListening} from './bar.ts';
import {docksOf} from './docks.ts';
import {focusedPane} from './focus.ts';
import {type Layout, layoutOf, visiblePanes} from './layout.ts';
import {panePicture} from './pane-picture.ts';
import {hintRow} from './parts/hint-row.ts';
import {OneLineField} from './parts/one-line-field.tsx';
import {Divider, PaneView} from './parts/pane-view.tsx';
import {PromptView} from './parts/prompt-view.tsx';
import {RowsView} from './parts/rows-view.tsx';
import {statusRow} from './parts/status-row.ts';
import {topRow} from './parts/top-row.ts';
import {popupPicture} from './popup-picture.ts';
import type {Row} from './rows/row.ts';
import {smallestSize} from './size-class.ts';
import type {Theme} from './theme.ts';
import type {World} from './world.ts';

type Props = {
	readonly world: World;
	readonly theme: Theme;
	readonly onFieldChange: (value: string) => void;
	readonly onFieldSubmit: (value: string) => void;
};

function Panes({world, layout, theme}: {readonly world: World; readonly layout: Layout; readonly theme: Theme}) {
	const {glyphs} = world;
	if (world.view.popup !== undefined) {
		return <PaneView picture={popupPicture(world, layout.rows)} columns={world.columns} rows={layout.rows} theme={theme} />;
	}

	return (
		<Box height={layout.rows} width={world.columns} flexShrink={0}>
			{layout.columns.map((column, index) => (
				<Box key={column.panes[0]?.pane} flexShrink={0}>
					{index > 0 ? <Divider rows={layout.rows} glyph={glyphs.divider} theme={theme} /> : null}
					<Box flexDirection="column" width={column.columns} flexShrink={0}>
						{column.panes.map(placed => (
							<PaneView
								key={placed.pane}
								picture={panePicture(world, layout, placed)}
								columns={placed.columns}
								rows={placed.rows}
								theme={theme}
							/>
						))}
					</Box>
				</Box>
			))}
		</Box>
	);
}

function tooSmall({columns, rows, state, guide}: World): readonly Row[] {
	const isRecorded = state.model?.isRecorded === true || guide !== undefined;
	return [
		[{text: `Too small: ${columns}x${rows}`}],
		[{text: `${smallestSize.columns}x${smallestSize.rows} is needed`, tone: 'muted'}],
		...(isRecorded ? [[{text: 'recorded', tone: 'warning'} as const]] : []),
	];
}

/** The whole picture at one moment: exactly `columns` by `rows`, whatever it holds. Pure. */
export function Screen({world, theme, onFieldChange, onFieldSubmit}: Props) {
	const {columns, rows, view, glyphs} = world;
	if (columns < smallestSize.columns || rows < smallestSize.rows) {
		return <RowsView lines={tooSmall(world)} columns={columns} rows={rows} theme={theme} />;
	}

	const docks = docksOf(world);
	const layout = layoutOf(world);
	const [first] = visiblePanes(layout);
	const focused = focusedPane(world);
	const top = topRow(world, focused ?? (visiblePanes(layout).length === 1 ? first?.pane : undefined));
	const hasBar = barOf(world) !== undefined && isBarListening(world) && view.bar?.isChosen === true;
	const hasFocus = view.focus.kind === 'prompt' && view.popup === undefined && !hasBar;
	const above: readonly Row[] = [...docks.guide, ...docks.menu, ...docks.bar.rows];
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			<RowsView lines={[top]} columns={columns} rows={1} theme={theme} />
			<Panes world={world} layout={layout} theme={theme} />
			<RowsView lines={above} columns={columns} rows={above.length} theme={theme} />
			<RowsView lines={[docks.rule]} columns={columns} rows={1} theme={theme} />
			{view.field === undefined ? (
				<PromptView picture={docks.prompt} columns={columns} mark={glyphs.prompt} hasFocus={hasFocus} theme={theme} />
			) : (
				<OneLineField
					label={view.field.label}
					value={view.field.value}
					columns={columns}
					theme={theme}
					onChange={onFieldChange}
					onSubmit={onFieldSubmit}
				/>
			)}
			<RowsView lines={[hintRow(world), statusRow(world)]} columns={columns} rows={2} theme={theme} />
		</Box>
	);
}
