/** Work that runs beside everything else, one piece after the other. */
export type Proofs = {
	readonly add: (prove: (signal: AbortSignal) => Promise<void>) => void;
	/** Resolves when everything added so far has ended. */
	readonly settled: () => Promise<void>;
	/** Stops what runs and drops what waits. */
	readonly close: () => Promise<void>;
};

/** Makes the queue; what goes wrong in a proof is told and stops nothing else. */
export function createProofs(onProblem: (error: unknown) => void): Proofs {
	const stop = new AbortController();
	let tail: Promise<void> = Promise.resolve();
	return {
		add(prove) {
			tail = tail.then(async () => {
				try {
					await prove(stop.signal);
				} catch (error) {
					onProblem(error);
				}
			});
		},
		settled: () => tail,
		async close() {
			stop.abort();
			await tail;
		},
	};
}
