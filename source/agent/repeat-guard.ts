import type {ToolUseBlock} from '../protocol/message.ts';

const allowedFailures = 3;

export type RepeatGuard = (call: ToolUseBlock, ok: boolean) => string | undefined;

/** Notices a model that sends the same failing call over and over: from the third failure in a row on there is a sentence for it. */
export function createRepeatGuard(): RepeatGuard {
	let failing = '';
	let count = 0;
	return (call, ok) => {
		const key = `${call.name} ${JSON.stringify(call.input)}`;
		if (ok) {
			failing = '';
			count = 0;
			return undefined;
		}

		count = key === failing ? count + 1 : 1;
		failing = key;
		return count < allowedFailures
			? undefined
			: `This same call has now failed ${count} times in a row. Do not send it again: do something else, or say what stands in the way.`;
	};
}
