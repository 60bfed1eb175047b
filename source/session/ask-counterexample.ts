import {fill} from '../model/prompts.ts';
import type {TestCase} from '../protocol/test-report.ts';
import {criteriaInNames} from './bugfix-task.ts';
import {describeFailures} from './describe-failures.ts';
import {requireSpec} from './handle/require.ts';
import type {Verdict} from './judge-task.ts';
import type {Services} from './services.ts';
import type {TurnMessage} from './take-turn.ts';
import type {TaskAttempt} from './task-attempt.ts';

/** What a person has the agent do about a counterexample; `criterion`: the task ends, and its criterion is talked over in its own stage. */
export type AfterCounterexample =
	| {readonly kind: 'repair'; readonly message: TurnMessage}
	| {readonly kind: 'criterion'; readonly message: TurnMessage};

const choices = [
	{key: 'c', label: 'fix the code', notice: 'counterexample-code'},
	{key: 't', label: 'fix the test', notice: 'counterexample-test'},
	{key: 'r', label: 'fix the criterion', notice: 'counterexample-criterion'},
] as const;

function withCounterexample({comparison}: Verdict): TestCase | undefined {
	return comparison.newFailures.find(test => test.failure?.counterexample !== undefined);
}

function messageFor(services: Services, verdict: Verdict, test: TestCase, {label, notice}: (typeof choices)[number]): TurnMessage {
	const spec = requireSpec(services);
	const {report, comparison} = verdict;
	const counterexample = test.failure?.counterexample ?? '';
	const text = fill(services.prompts.notices[notice] ?? '', {
		counterexample,
		command: report?.command ?? '',
		test: test.name,
		criteria: criteriaInNames(spec)(test.name).join(', ') || 'none by name',
		failures: report === undefined ? '' : describeFailures(comparison.newFailures, report),
	});
	return {text, shown: `Counterexample ${counterexample}: ${label}`};
}

/**
 * A property that is still wrong for some input after the repair rounds may be wrong itself: the person says what gives way. Undefined when
 * there is no counterexample, nobody is there, or they leave it red.
 */
export async function askAboutCounterexample(
	services: Services,
	{task}: TaskAttempt,
	verdict: Verdict,
	signal: AbortSignal,
): Promise<AfterCounterexample | undefined> {
	const test = withCounterexample(verdict);
	if (test === undefined) {
		return undefined;
	}

	const answer = await services.ask(
		{
			kind: 'task',
			title: `Task ${task.number ?? task.id} is red: a property does not hold for ${test.failure?.counterexample}`,
			lines: [test.name, ...(test.failure?.detail ?? test.failure?.message ?? '').split('\n').slice(0, 20)],
			options: [...choices.map(({key, label}) => ({key, label})), {key: 'n', label: 'leave it red'}],
			takesText: false,
		},
		signal,
	);
	const choice = choices.find(({key}) => key === answer.key);
	if (choice === undefined) {
		return undefined;
	}

	const message = messageFor(services, verdict, test, choice);
	return choice.key === 'r' ? {kind: 'criterion', message} : {kind: 'repair', message};
}
