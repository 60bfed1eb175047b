export type WatchdogLimits = {
	/** Silence that is told, in milliseconds, and again after each such span. */
	readonly warnMs: number;
	/** Silence that ends the attempt. */
	readonly idleMs: number;
	/** Signs of life without a word of the answer that end the attempt. */
	readonly noProgressMs: number;
};

export type Watchdog = {
	/** The answer begins: from now on silence ends it. Before, only the header timeout does. */
	readonly begin: () => void;
	/** Bytes arrived. */
	readonly touch: () => void;
	/** A piece of the answer arrived. */
	readonly progress: () => void;
	readonly stop: () => void;
};

/** Node takes longer timers as no time at all. */
const longestTimerMs = 2 ** 31 - 1;

/** Watches a stream that nothing else bounds: the SDK's own timeout covers the headers only. */
export function createWatchdog(
	limits: WatchdogLimits,
	on: {readonly silence: (seconds: number) => void; readonly expire: (why: 'idle' | 'no-progress') => void},
): Watchdog {
	let warnings = 0;
	const warn = setInterval(() => {
		warnings += 1;
		on.silence(Math.round((warnings * limits.warnMs) / 1000));
	}, limits.warnMs);
	let idle: NodeJS.Timeout | undefined;
	let progress: NodeJS.Timeout | undefined;
	return {
		begin() {
			idle = setTimeout(on.expire, Math.min(limits.idleMs, longestTimerMs), 'idle');
			progress = setTimeout(on.expire, Math.min(limits.noProgressMs, longestTimerMs), 'no-progress');
		},
		touch() {
			warnings = 0;
			warn.refresh();
			idle?.refresh();
		},
		progress: () => progress?.refresh(),
		stop() {
			clearInterval(warn);
			clearTimeout(idle);
			clearTimeout(progress);
		},
	};
}
