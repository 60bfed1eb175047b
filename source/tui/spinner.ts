import type {World} from './world.ts';

/** The mark of work going on, in its present position. */
export function spinnerOf({glyphs, frame}: Pick<World, 'glyphs' | 'frame'>): string {
	return glyphs.spinner[frame % glyphs.spinner.length] ?? glyphs.working;
}
