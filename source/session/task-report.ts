import type {LedgerEntry, TaskEntry} from '../protocol/ledger-entry.ts';

function filesOf({files}: TaskEntry): string {
	return JSON.stringify(files.map(({path, after}) => [path, after]).sort());
}

/**
 * What the agent reported of a task: of the newest attempt that left other files than the one before it. An attempt that changed nothing
 * answers something else than what the task did. Undefined when the ledger has no attempt.
 */
export function reportOfTask(ledger: readonly LedgerEntry[], textHash: string): string | undefined {
	const attempts = ledger.filter(line => line.type === 'task' && line.textHash === textHash).filter(line => line.type === 'task');
	const changing = attempts.filter((attempt, index) => {
		const before = attempts[index - 1];
		return before === undefined || filesOf(before) !== filesOf(attempt);
	});
	return changing.findLast(({report = ''}) => report !== '')?.report ?? attempts.at(-1)?.report;
}

/** A report as far as it fits, cut between words and with a mark. */
export function cutReport(text: string, maxCharacters: number): string {
	if (text.length <= maxCharacters) {
		return text;
	}

	const head = text.slice(0, maxCharacters - 2);
	const end = head.search(/\s\S*$/);
	return `${(end > maxCharacters / 2 ? head.slice(0, end) : head).trimEnd()} …`;
}
