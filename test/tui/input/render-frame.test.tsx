import {Box, Text} from 'ink';
import {describe, expect, it} from 'vitest';
import {renderFrame, renderFrames} from '../../support/render-frame.tsx';

describe('a frame', () => {
	it('has exactly as many lines as the terminal', async () => {
		expect(await renderFrame(<Text color="red">one</Text>, {columns: 20, rows: 3})).toBe('one\n\n');
	});

	it('that is too high or too wide is refused', async () => {
		const high = await renderFrames(
			<Box height={5} flexShrink={0}>
				<Text>x</Text>
			</Box>,
			{columns: 20, rows: 3},
		);
		expect(() => high.lastFrame()).toThrow('The frame has 5 lines, the terminal has 3 rows');
		high.unmount();
		const wide = await renderFrames(
			<Box width={30} flexShrink={0}>
				<Text wrap="hard">{'x'.repeat(30)}</Text>
			</Box>,
			{columns: 20, rows: 3},
		);
		expect(() => wide.lastFrame()).toThrow('A line is 30 columns wide, the terminal has 20');
		wide.unmount();
	});

	it('follows the size of the terminal and a new tree', async () => {
		const frames = await renderFrames(<Text>one</Text>, {columns: 20, rows: 2});
		await frames.rerender(<Text>two</Text>);
		await frames.resize({columns: 10, rows: 1});
		expect(frames.lastFrame()).toBe('two');
		frames.unmount();
	});
});
