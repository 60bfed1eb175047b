import type {Event} from '../protocol/event.ts';
import type {Grade} from '../protocol/evidence.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import type {DocumentStage} from '../protocol/ledger-entry.ts';
import {inputTokens} from '../protocol/message.ts';
import type {State} from '../protocol/state.ts';
import type {Store} from '../protocol/store.ts';

/** The last line of `stream-json`, and the whole of `json`; scripts rely on these names. */
export type RunResult = {
	readonly type: 'result';
	readonly status: 'done' | 'stopped' | 'failed';
	readonly exit_code: number;
	readonly message?: string;
	readonly next_step?: string;
	readonly spec?: string;
	readonly tests: {
		readonly passed: number;
		readonly failed: number;
		readonly skipped: number;
		readonly new_failures: readonly string[];
	} | null;
	readonly evidence: readonly {readonly task: string; readonly outcome: string; readonly grade: Grade; readonly why: string}[];
	readonly usage: {readonly input_tokens: number; readonly cache_read_tokens: number; readonly output_tokens: number};
	/** Null when a price is unknown. */
	readonly cost_usd: number | null;
	readonly permission_denials: readonly {readonly tool: string; readonly subject: string; readonly why: string}[];
};

/** What a run leaves behind, gathered while it happens. */
export type Gathered = {
	readonly denials: RunResult['permission_denials'];
	readonly evidence: RunResult['evidence'];
	/** The documents that the agent wrote. */
	readonly written: ReadonlySet<DocumentStage>;
};

/** Gathers denials, task results and written documents from now on. */
export function gather(store: Store): Gathered {
	const denials: {tool: string; subject: string; why: string}[] = [];
	const evidence: {task: string; outcome: string; grade: Grade; why: string}[] = [];
	const written = new Set<DocumentStage>();
	store.subscribe((event: Event) => {
		if (event.type === 'call.denied') {
			denials.push({tool: event.tool, subject: event.subject, why: event.why});
		} else if (event.type === 'task.finished') {
			evidence.push({task: event.task, outcome: event.outcome, grade: event.grade, why: event.why});
		} else if (event.type === 'artifact.changed' && event.by === 'agent') {
			written.add(event.artifact);
		}
	});
	return {denials, evidence, written};
}

function testsOf(state: State): RunResult['tests'] {
	const last = state.tests.last;
	return last === undefined ? null : {...last.report.counts, new_failures: last.comparison?.newFailures.map(test => test.id) ?? []};
}

/** Everything a script wants to know of a run that has ended. */
export function resultOf(
	state: State,
	gathered: Gathered,
	exitCode: number,
	words: {readonly message?: string; readonly nextStep?: string},
): RunResult {
	const {usage, costUsd, isPriced, spec} = state;
	return {
		type: 'result',
		status:
			exitCode === exitCodes.done ? 'done' : exitCode === exitCodes.personNeeded || exitCode === exitCodes.budget ? 'stopped' : 'failed',
		exit_code: exitCode,
		...(words.message !== undefined && {message: words.message}),
		...(words.nextStep !== undefined && {next_step: words.nextStep}),
		...(spec !== undefined && {spec: spec.name}),
		tests: testsOf(state),
		evidence: gathered.evidence,
		usage: {input_tokens: inputTokens(usage), cache_read_tokens: usage.cacheRead, output_tokens: usage.output},
		cost_usd: isPriced ? costUsd : null,
		permission_denials: gathered.denials,
	};
}
