import {describe, expect, test} from 'vitest';
import type {Screen} from '../support/screen.ts';
import {canOpenTerminal, openTerminalStage} from './terminal-stage.ts';

describe.skipIf(!canOpenTerminal)('the tour in a terminal', () => {
	test('plays by itself from the idea to green tests, labelled on every frame, and leaves with 0', async () => {
		await using stage = await openTerminalStage();
		// Without a key: the tour needs none, and asks nobody.
		const program = stage.start({columns: 80, rows: 24}, ['demo'], {ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: ''});
		const unlabelled: string[] = [];
		const shows = (words: string) => (screen: Screen) => {
			const frame = screen.text();
			// The bytes of a frame may come in two reads; its last row says that it is whole.
			const isWhole = frame.includes('(Shift+Tab)');
			if (screen.isAlternate() && isWhole && !frame.includes('recorded')) {
				unlabelled.push(frame);
			}

			return frame.includes(words);
		};
		await program.waitFor(shows('1/10 An idea.'));
		program.type('/play');
		await program.waitFor(shows('let the tour play to its end'));
		program.press('enter');
		// It waits for readers, speaks as slowly as a model, and runs real tests: about 40 seconds on a quiet machine.
		await program.waitFor(shows('That was the tour'), {timeoutMs: 170_000});
		expect(unlabelled).toEqual([]);
		await program.waitFor(screen => /3 Tasks 3\/3[\s\S]*5 Tests \d+✓/.test(screen.text()));
		program.press('ctrl+d');
		expect(await program.ended()).toMatchObject({exitCode: 0});
		expect(program.screen.isAlternate()).toBe(false);
		expect(stage.fake.requests).toEqual([]);
	}, 180_000);
});
