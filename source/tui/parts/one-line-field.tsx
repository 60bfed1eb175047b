import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {wholeCharacters} from '../input/key-feed.ts';
import {type Theme, textProps} from '../theme.ts';

type Props = {
	readonly label: string;
	readonly value: string;
	readonly columns: number;
	readonly theme: Theme;
	readonly onChange: (value: string) => void;
	readonly onSubmit: (value: string) => void;
};

/** A field of one line: a reason, a filter, a command. Keys come to it one by one through the key feed. */
export function OneLineField({label, value, columns, theme, onChange, onSubmit}: Props) {
	return (
		<Box width={columns} height={1} flexShrink={0} overflow="hidden">
			<Box flexShrink={0}>
				<Text {...textProps({text: '', tone: 'accent', isBold: true}, theme)}> {label} </Text>
			</Box>
			{/* What is longer than the row wraps: its end, where writing goes on, is in sight. */}
			<Box flexDirection="column" flexGrow={1} height={1} justifyContent="flex-end" overflow="hidden">
				<Box flexShrink={0}>
					<TextInput value={value} onChange={changed => onChange(wholeCharacters(changed))} onSubmit={onSubmit} />
				</Box>
			</Box>
		</Box>
	);
}
