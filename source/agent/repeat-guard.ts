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
	/** What the model is told. */
	readonly text: string;
	/** It may have changed something, so what failed before may succeed now. */
	readonly mayChange: boolean;
};

/** A model that goes round in circles: the same failing call so often, or only the same few calls, failing or told what they were told before. */
export type Loop = {readonly kind: 'same-call' | 'few-calls'; readonly times: number};

type Verdict = {
	/** A sentence for the model, by the id of a call. */
	readonly advice: ReadonlyMap<string, string>;
	/** The turn should end here. */
	readonly loop?: Loop;
};

export type RepeatGuard = (calls: readonly Judged[]) => Verdict;

/** Successes of this turn with what they told, to notice the ones that tell it again. */
function createTold() {
	const told = new Map<string, {readonly text: string; readonly times: number}>();
	return {
		/** How often this call has now told this. */
		count({key, text, mayChange}: Judged): number {
			const before = told.get(key);
			const times = before?.text === text ? before.times + 1 : 1;
			if (mayChange && times === 1) {
				told.clear();
			}

			told.set(key, {text, times});
			return times;
		},
	};
}

/**
 * Notices a model that sends the same calls over and over, answer by answer: from the third time on there is a sentence for it, later the turn
 * is to end. Looking at something else in between does not hide a failing call; one that may have changed something begins the count again.
 * The same call twice in one answer counts once, since the model had not seen what came of it.
 */
export function createRepeatGuard(): RepeatGuard {
	const failures = new Map<string, number>();
	const told = createTold();
	let row: string[] = [];

	const takeSuccess = (call: Judged): string | undefined => {
		failures.delete(call.key);
		if (call.mayChange) {
			failures.clear();
		}

		const times = told.count(call);
		row = times === 1 ? [] : [...row, call.key];
		return times < adviceFrom
			? undefined
			: `This same call has now told the same ${times} times, and nothing changed in between. Go on with what it told, or say what stands in the way.`;
	};

	const takeFailure = ({key}: Judged): string | undefined => {
		const times = (failures.get(key) ?? 0) + 1;
		failures.set(key, times);
		row.push(key);
		return times < adviceFrom
			? undefined
			: `This same call has now failed ${times} times. Do not send it again: do something else, or say what stands in the way.`;
	};

	const loopNow = (): Loop | undefined => {
		const most = Math.max(0, ...failures.values());
		if (most >= sameCallLimit) {
			return {kind: 'same-call', times: most};
		}

		const isRound = row.length >= fewCallsLimit && new Set(row.slice(-fewCallsLimit)).size <= fewCalls;
		return isRound ? {kind: 'few-calls', times: fewCallsLimit} : undefined;
	};

	return calls => {
		const sentences = new Map<string, string | undefined>();
		const advice = new Map<string, string>();
		for (const call of calls) {
			if (!sentences.has(call.key)) {
				sentences.set(call.key, call.ok ? takeSuccess(call) : takeFailure(call));
			}

			const sentence = sentences.get(call.key);
			if (sentence !== undefined) {
				advice.set(call.id, sentence);
			}
		}

		const loop = loopNow();
		return {advice, ...(loop !== undefined && {loop})};
	};
}
