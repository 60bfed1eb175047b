import {listensAt} from './bar.ts';
import {isWorking} from './view-state.ts';
import type {World} from './world.ts';

type Options = {
	readonly tickMs: number;
	readonly now: () => number;
	/** Something is due: a held letter, a bar that begins to listen, a line of news that is over. */
	readonly onWake: () => void;
	/** Time is shown running. */
	readonly onTick: () => void;
};

export type PaintClock = {
	/** Sets what is to come for the picture just painted. */
	readonly set: (world: World) => void;
	readonly stop: () => void;
};

/** When the picture changes without a key or a fact. */
function nextWake(world: World): number | undefined {
	const {view, now} = world;
	// A held letter whose time came while something else was painted is overdue, not over.
	const held = view.burst?.due?.at;
	const coming = [listensAt(world), view.toast?.until].filter(at => at !== undefined).filter(at => at > now);
	const times = held === undefined ? coming : [...coming, held];
	return times.length === 0 ? undefined : Math.min(...times);
}

/** The only timers of the picture: one alarm while something is due, one tick while something is at work, none else. */
export function createPaintClock({tickMs, now, onWake, onTick}: Options): PaintClock {
	let alarm: NodeJS.Timeout | undefined;
	let tick: NodeJS.Timeout | undefined;
	const stop = (): void => {
		clearTimeout(alarm);
		clearInterval(tick);
		tick = undefined;
	};

	return {
		set(world) {
			clearTimeout(alarm);
			const at = nextWake(world);
			alarm = at === undefined ? undefined : setTimeout(onWake, Math.max(1, at - now()));
			const isTicking = isWorking(world.state) || world.state.waiting !== undefined;
			if (!isTicking) {
				clearInterval(tick);
				tick = undefined;
				return;
			}

			tick ??= setInterval(onTick, tickMs);
		},
		stop,
	};
}
