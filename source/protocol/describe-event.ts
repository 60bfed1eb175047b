import type {Event} from './event.ts';
import {proofLines} from './proof-lines.ts';
import {reportSummary, unnamedFailure} from './report-summary.ts';

type Of<Type extends Event['type']> = Extract<Event, {type: Type}>;
type Lines = {readonly [Type in Event['type']]?: (event: Of<Type>) => readonly string[]};

function withNextStep({text, nextStep}: {readonly text: string; readonly nextStep?: string | undefined}): string {
	return nextStep === undefined ? text : `${text} (${nextStep})`;
}

function testLines({report, reason, comparison}: Of<'tests.finished'>): readonly string[] {
	const red = comparison?.newFailures ?? [];
	return [
		`${reason === 'again' ? 'again, to see if it is flaky' : 'tests'}: ${report.command}: ${reportSummary(report)}`,
		...unnamedFailure(report).map(line => `    ${line}`),
		...(reason === 'tests-first' ? [] : red.map(test => `    red: ${test.id}`)),
		...(comparison?.flaky ?? []).map(test => `    flaky, passed alone: ${test.id}`),
		...(reason === 'task' && red.length > 0 ? [`says done, ${red.length} red: the box stays [-]`] : []),
	];
}

function taskLine({task, outcome, why, durationMs, costUsd}: Of<'task.finished'>): string {
	const parts = [`[${outcome === 'done' ? 'x' : '-'}] ${task}`, why, `${Math.round(durationMs / 1000)} s`];
	return [...parts, ...(costUsd === undefined ? [] : [`$${costUsd.toFixed(2)}`])].join(' · ');
}

const table: Lines = {
	'message.sent': ({shown, note}) => [note, shown].flatMap(text => (text === undefined ? [] : [`> ${text}`])),
	// What `end_turn` says is told as the words of the agent, when it has held.
	'call.requested': ({name, title}) => (name === 'end_turn' ? [] : [`  ${name} ${title}`.trimEnd()]),
	'call.finished': ({ok, display}) =>
		ok ? [] : [display.kind === 'text' && display.text.startsWith('Not run: ') ? '    not run' : '    failed'],
	'call.denied': ({subject, why}) => [`  not permitted: ${subject} (${why})`],
	'answer.restarted': ({reason}) => [`  asking again: ${reason}`],
	'service.waiting': ({reason, attempt}) => [`  waiting for the model service, attempt ${attempt}: ${reason}`],
	'artifact.changed': ({by, artifact, text, changedLines}) =>
		by === 'person' ? [`${artifact}.md ${text === undefined ? 'is gone' : `changed by hand, lines ${changedLines.join(', ')}`}`] : [],
	'ledger.appended': ({entry}) => {
		if (entry.type === 'check') {
			return [`pass again after a change: ${entry.criteria.map(({criterion}) => criterion).join(', ')}`];
		}

		if (entry.type === 'proof') {
			return proofLines(entry);
		}

		return entry.type === 'approval' ? [`approved: ${entry.stage} ${entry.sha256.slice(0, 12)} by ${entry.by}`] : [];
	},
	'task.started': ({task, title}) => [`[-] ${task} ${title}`],
	'tests.seen-red': ({tests}) => tests.map(id => `    seen red: ${id}`),
	'task.claimed': () => ['the agent says it is done; the tests decide'],
	'task.finished': event => [taskLine(event)],
	// Of a large project this takes minutes, in which nothing else is told.
	'tests.started': ({reason, command}) => (reason === 'baseline' ? [`tests before the work: ${command}`] : []),
	'tests.finished': testLines,
	noticed: ({level, text, nextStep}) => [`${level === 'info' ? '' : `${level}: `}${withNextStep({text, nextStep})}`],
	'turn.finished': ({message, nextStep}) => (message === undefined ? [] : [withNextStep({text: message, nextStep})]),
};

/** What a person who reads along without a screen is told of a fact, a line each; most facts need none. Not printable yet. */
export function describeEvent(event: Event): readonly string[] {
	// The table's own type says that each entry takes the event of its name.
	const describe = table[event.type] as ((event: Event) => readonly string[]) | undefined;
	return describe?.(event) ?? [];
}

/** What the model says in a finished answer, or as the last words of its turn; undefined for a fact that is none of its words. */
export function wordsOf(event: Event): string | undefined {
	if (event.type === 'answer.finished') {
		return event.message.content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('\n');
	}

	return event.type === 'call.finished' && event.display.kind === 'closing' ? event.display.text : undefined;
}
