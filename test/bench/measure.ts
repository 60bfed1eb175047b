type Work = () => unknown;

export type Row = {
	readonly name: string;
	/** What it is measured against in the same run, and what that took. */
	readonly floor: {readonly name: string; readonly value: number};
	/** Median. */
	readonly value: number;
	readonly unit: 'ms' | 'MB';
	/** Value over floor; undefined where the value itself is limited. */
	readonly ratio?: number;
	/** The limit of the ratio, or of the value where there is no ratio. */
	readonly must: number;
	readonly met: boolean;
};

export type Comparison = {
	readonly name: string;
	readonly run: Work;
	readonly floorName: string;
	readonly floor: Work;
	readonly must: number;
	/**
	 * `processor` counts what this process computes, its garbage collection included: with three busy programs beside it on two cores its
	 * ratios stayed within 10 %, where those of the wall clock doubled. `wall` is for what starts programs and waits for them.
	 */
	readonly clock: keyof typeof clocks;
	/** How many times each of both is measured; odd. */
	readonly samples?: number;
};

/** A sample is at least this long, so that the clock's own grain and a short interruption stay small in it. */
const sampleMs = 20;
/** Until then, and at least twice, each is run without being measured: compiled code, open files, filled caches. */
const warmUpMs = 200;

/** Milliseconds since some moment. */
const clocks = {
	wall: () => performance.now(),
	processor() {
		const {user, system} = process.cpuUsage();
		return (user + system) / 1000;
	},
} as const;

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function isDisposable(value: unknown): value is AsyncDisposable {
	return typeof value === 'object' && value !== null && Symbol.asyncDispose in value;
}

/** Milliseconds that one call takes, over a number of calls in a row. What a call opened is closed while the clock stands. */
async function timeOf(work: Work, calls: number, now: () => number): Promise<number> {
	let paused = 0;
	const startedAt = now();
	for (let call = 0; call < calls; call++) {
		const given = work();
		// Waiting for what is no promise would cost more than some of what is measured.
		const result: unknown = given instanceof Promise ? await given : given;
		if (isDisposable(result)) {
			const pausedAt = now();
			await result[Symbol.asyncDispose]();
			paused += now() - pausedAt;
		}
	}

	return (now() - startedAt - paused) / calls;
}

/** Warms up and says how many calls make a sample. By the wall clock: the processor's may have too coarse a grain for one call. */
async function callsFor(work: Work): Promise<number> {
	let fastest = Number.POSITIVE_INFINITY;
	for (let spent = 0, calls = 0; spent < warmUpMs || calls < 2; calls++) {
		const took = await timeOf(work, 1, clocks.wall);
		fastest = Math.min(fastest, took);
		spent += took;
	}

	return Math.max(1, Math.ceil(sampleMs / fastest));
}

/** Measures work and its floor by turns, so that noise of the machine hits both. The ratio is the median of the ratios of neighbours. */
export async function compare({name, run, floorName, floor, must, clock, samples = 15}: Comparison): Promise<Row> {
	const now = clocks[clock];
	const [floorCalls, runCalls] = [await callsFor(floor), await callsFor(run)];
	const floors: number[] = [];
	const runs: number[] = [];
	for (let sample = 0; sample < samples; sample++) {
		floors.push(await timeOf(floor, floorCalls, now));
		runs.push(await timeOf(run, runCalls, now));
	}

	const value = median(runs);
	const ratio = median(runs.map((time, sample) => time / (floors[sample] ?? Number.NaN)));
	return {name, floor: {name: floorName, value: median(floors)}, value, unit: 'ms', ratio, must, met: ratio <= must};
}
