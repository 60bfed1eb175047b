import {Text} from 'ink';
import {memo} from 'react';
import type {Row, Span} from '../rows/row.ts';
import {type Theme, textProps} from '../theme.ts';

type Props = {readonly row: Row; readonly theme: Theme};

/** An empty line has to take its place, and Ink gives a text without characters none. */
const blank = ' ';

function isSame(one: Props, other: Props): boolean {
	return (
		one.theme === other.theme &&
		(one.row === other.row || (one.row.length === other.row.length && one.row.every((span, index) => isSameSpan(span, other.row[index]))))
	);
}

function isSameSpan(one: Span, other: Span | undefined): boolean {
	return (
		one === other ||
		(one.text === other?.text &&
			one.tone === other.tone &&
			one.isBold === other.isBold &&
			one.isItalic === other.isItalic &&
			one.isUnderlined === other.isUnderlined)
	);
}

/** One line of the screen, cut at the edge. Pure; painted again only when it says something else. */
export const RowLine = memo(function RowLine({row, theme}: Props) {
	return (
		<Text wrap="truncate-end">
			{row.length === 0
				? blank
				: row.map((span, index) => (
						// A row is never reordered: its spans have no other identity than their place.
						// biome-ignore lint/suspicious/noArrayIndexKey: see above
						<Text key={index} {...textProps(span, theme)}>
							{span.text}
						</Text>
					))}
		</Text>
	);
}, isSame);
