import {Box, Text} from 'ink';
import TextInput from 'ink-text-input';
import {useState} from 'react';
import {afterEach, describe, expect, it} from 'vitest';
import {wholeCharacters} from '../../../source/tui/input/key-feed.ts';
import {createInputParser} from '../../../source/tui/input/parse-input.ts';
import {type Frames, renderFrames} from '../../support/render-frame.tsx';

let frames: Frames | undefined;

afterEach(() => frames?.unmount());

type Seen = {value: string; submitted: string[]};

function Field({seen}: {readonly seen: Seen}) {
	const [value, setValue] = useState('');
	seen.value = value;
	return (
		<Box width={40} height={3}>
			<Text>name: </Text>
			<TextInput value={value} onChange={next => setValue(wholeCharacters(next))} onSubmit={submitted => seen.submitted.push(submitted)} />
		</Box>
	);
}

/** Types the bytes of one read into a real ink-text-input on Ink's real renderer. */
async function typeAtOnce(...reads: readonly string[]): Promise<Seen> {
	const seen: Seen = {value: '', submitted: []};
	frames = await renderFrames(<Field seen={seen} />, {columns: 40, rows: 3});
	for (const read of reads) {
		await frames.feed(...createInputParser().push(read));
	}

	return seen;
}

describe('a one-line field fed singly', () => {
	it('keeps every letter of a burst', async () => {
		const burst = 'the quick brown fox jumps over the lazy dog';
		expect(await typeAtOnce(burst)).toEqual({value: burst, submitted: []});
	});

	it('submits what came before Enter in the same read', async () => {
		expect(await typeAtOnce('abc\r')).toEqual({value: 'abc', submitted: ['abc']});
	});

	it('takes a paste, an emoji and Enter in one read', async () => {
		expect(await typeAtOnce('a\x1b[200~pasted\ntext\x1b[201~👩‍👩‍👧é\r')).toEqual({
			value: 'apasted text👩‍👩‍👧é',
			submitted: ['apasted text👩‍👩‍👧é'],
		});
	});

	it('types no letter for a chord, a function key or a reply', async () => {
		expect((await typeAtOnce('a\x01\x15\x1bb\x1bOP\x1b[A\t\x1b]11;rgb:1/1/1\x07b')).value).toBe('ab');
	});

	it('deletes a whole emoji', async () => {
		expect((await typeAtOnce('a😀', '\x7f')).value).toBe('a');
	});

	it('deletes to both sides and stays right at the edges', async () => {
		expect((await typeAtOnce('abc\x1b[D\x1b[D\x1b[3~')).value).toBe('ac');
		frames?.unmount();
		expect((await typeAtOnce('ab\x1b[C\x1b[CxY')).value).toBe('abxY');
		frames?.unmount();
		expect((await typeAtOnce('ab\x1b[D\x1b[D\x1b[D\x1b[Dxy')).value).toBe('xyab');
		frames?.unmount();
		expect((await typeAtOnce('ab\x1b[3~\x1b[3~c')).value).toBe('abc');
	});

	it('shows what was typed', async () => {
		await typeAtOnce('hello');
		expect(frames?.lastFrame()).toBe('name: hello\n\n');
	});
});
