/** Carries events from callbacks to one reader that iterates over them. Items pushed after the end are dropped. */
export type Queue<Item> = AsyncIterable<Item> & {
	readonly push: (item: Item) => void;
	/** Ends the iteration after what was pushed. */
	readonly end: () => void;
	/** Makes the iteration throw after what was pushed. */
	readonly fail: (error: unknown) => void;
};

export function createQueue<Item>(): Queue<Item> {
	const items: Item[] = [];
	let state: {readonly kind: 'open' | 'ended'} | {readonly kind: 'failed'; readonly error: unknown} = {kind: 'open'};
	let wake = () => {};
	const settle = (next: typeof state) => {
		if (state.kind === 'open') {
			state = next;
			wake();
		}
	};

	return {
		push(item) {
			if (state.kind === 'open') {
				items.push(item);
				wake();
			}
		},
		end: () => settle({kind: 'ended'}),
		fail: error => settle({kind: 'failed', error}),
		async *[Symbol.asyncIterator]() {
			for (;;) {
				yield* items.splice(0);
				if (items.length > 0) {
					continue;
				}

				if (state.kind === 'failed') {
					throw state.error;
				}

				if (state.kind === 'ended') {
					return;
				}

				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		},
	};
}
