import {expect, test} from 'vitest';
import {initialState} from '../../source/protocol/reduce.ts';
import {createPaintClock} from '../../source/tui/paint-clock.ts';
import {initialView} from '../../source/tui/view-state.ts';
import type {World} from '../../source/tui/world.ts';

test('a held letter is still released when another picture was painted after its time came', async () => {
	const woken = Promise.withResolvers<string>();
	const clock = createPaintClock({tickMs: 1000, now: () => 600, onWake: () => woken.resolve('released'), onTick: () => {}});
	const burst = {text: 's', at: 300, due: {key: 's', at: 550}};
	// The clock looks at state, view and time, and at nothing else of a picture.
	clock.set({state: initialState, view: {...initialView, burst}, now: 600} as World);
	expect(await woken.promise).toBe('released');
	clock.stop();
});
