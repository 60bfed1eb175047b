const adviceFrom = 3;
const sameCallLimit = 5;
const fewCallsLimit = 8;
/** So many different calls taking turns are still a loop. */
const fewCalls = 3;

/** How one call of an answer went. */
export type Judged = {
	readonly id: string;
	/** Equal for calls that are the same, or that were refused for the same reason before they could run. */
	readonly key: string;
	readonly ok: boolean;
	/** It may have changed something, so what failed before may succeed now. */
	readonly mayChange: boolean;
};

/** A model that goes round in circles: the same call so often, or only failures, of the same few calls. */
export type Loop = {readonly kind: 'same-call' | 'few-calls'; readonly failures: number};

type Verdict = {
	/** A sentence for the model, by the id of a call. */
	readonly advice: ReadonlyMap<string, string>;
	/** The turn should end here. */
	readonly loop?: Loop;
};

export type RepeatGuard = (calls: readonly Judged[]) => Verdict;

/**
 * Notices a model that sends the same failing calls over and over, answer by answer: from the third time on there is a sentence for it, later
 * the turn is to end. Looking in between changes nothing; a call that may have changed something begins the count again. The same call twice
 * in one answer counts once, since the model had not seen it fail.
 */
export function createRepeatGuard(): RepeatGuard {
	const failures = new Map<string, number>();
	let row: string[] = [];

	const takeSuccess = ({key, mayChange}: Judged) => {
		row = [];
		if (mayChange) {
			failures.clear();
		}

		failures.delete(key);
	};

	const loopNow = (): Loop | undefined => {
		const most = Math.max(0, ...failures.values());
		if (most >= sameCallLimit) {
			return {kind: 'same-call', failures: most};
		}

		const isRound = row.length >= fewCallsLimit && new Set(row.slice(-fewCallsLimit)).size <= fewCalls;
		return isRound ? {kind: 'few-calls', failures: fewCallsLimit} : undefined;
	};

	return calls => {
		const advice = new Map<string, string>();
		const counted = new Set<string>();
		for (const call of calls) {
			if (call.ok) {
				takeSuccess(call);
				continue;
			}

			if (!counted.has(call.key)) {
				counted.add(call.key);
				row.push(call.key);
				failures.set(call.key, (failures.get(call.key) ?? 0) + 1);
			}

			const count = failures.get(call.key) ?? 0;
			if (count >= adviceFrom) {
				advice.set(
					call.id,
					`This same call has now failed ${count} times. Do not send it again: do something else, or say what stands in the way.`,
				);
			}
		}

		const loop = loopNow();
		return {advice, ...(loop !== undefined && {loop})};
	};
}
