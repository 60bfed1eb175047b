import type {ConversationId} from '../../protocol/ids.ts';
import type {TaskEntry} from '../../protocol/ledger-entry.ts';
import {countsSummary} from '../../protocol/report-summary.ts';
import {UserError} from '../../protocol/user-error.ts';
import {requireIdle, requireSpec, requireTask} from '../handle/require.ts';
import {restoreConversation} from '../restore.ts';
import type {Services} from '../services.ts';

function counts(tests: TaskEntry['after']): string {
	return tests === undefined ? 'no tests' : countsSummary(tests);
}

function linesOf(entry: TaskEntry, number: number): readonly string[] {
	const {at, outcome, grade, before, after, costUsd, durationMs, repairs = 0, files, red, caught = [], flaky = []} = entry;
	const cost = costUsd === undefined ? [] : [`$${costUsd.toFixed(2)}`];
	const facts = [`${outcome}, ${grade}`, `${counts(before)} before, ${counts(after)} after`, `${Math.round(durationMs / 1000)} s`, ...cost];
	return [
		`${number}  ${at.slice(0, 16).replace('T', ' ')}  ${[...facts, ...(repairs === 0 ? [] : [`${repairs} repairs`])].join(' · ')}`,
		...red.slice(0, 4).map(id => `     red: ${id}`),
		...flaky.slice(0, 4).map(id => `     flaky: ${id}`),
		...caught.slice(0, 4).map(({kind, what}) => `     ${kind}: ${what}`),
		...(files.length === 0 ? [] : [`     files: ${files.map(({path}) => path).join(', ')}`]),
	];
}

/** `/attempts 2.1` lists every attempt at a task from the ledger; with a number behind it, the talk of that attempt is opened. */
export async function showAttempts(services: Services, argument: string): Promise<void> {
	const [id = '', which = ''] = argument.split(' ');
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	const textHash = spec.textHashes[task.id];
	const attempts = spec.ledger.filter((line): line is TaskEntry => line.type === 'task' && line.textHash === textHash);
	if (attempts.length === 0) {
		throw new UserError(`Task ${task.number ?? task.id} was never started as it is worded now`, {nextStep: `Start it: /start ${id}`});
	}

	if (which === '') {
		const text = attempts.flatMap((entry, index) => linesOf(entry, index + 1)).join('\n');
		services.append({
			type: 'noticed',
			level: 'info',
			text,
			nextStep: `/attempts ${id} 1 opens the talk of the first, /diff ${id} shows the files`,
		});
		return;
	}

	requireIdle(services);
	const conversation = attempts[Number(which) - 1]?.conversation as ConversationId | undefined;
	if (conversation === undefined || !(await restoreConversation(services, conversation))) {
		throw new UserError(`The talk of attempt ${which} is not on this machine`, {nextStep: `/attempts ${id} lists them`, exitCode: 2});
	}

	services.append({type: 'conversation.entered', conversation});
}
