import {fill} from '../model/prompts.ts';
import type {ToolOutcome} from '../protocol/tool.ts';
import {isTestFile} from '../test-runners/index.ts';
import {failed, told} from '../tools/outcome.ts';
import type {Services, Work} from './services.ts';
import type {TurnMessage} from './take-turn.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {caseNames} from './test-cases.ts';
import {type FirstRun, runFirstTests} from './tests-first.ts';
import {changedFiles} from './undo.ts';

/** The files of the task that are no tests, as they are now. */
async function codeOf(services: Services, {checkpoints}: TaskAttempt): Promise<string> {
	const changed = await changedFiles(services, checkpoints);
	return JSON.stringify(changed.filter(({path}) => !isTestFile(path)).map(({path, after}) => [path, after]));
}

function noticeOf(services: Services, name: 'tests-seen' | 'tests-not-red', run: Extract<FirstRun, {readonly report: unknown}>): string {
	const {report, red, others} = run;
	const names = caseNames(red).map(test => `- ${test}`);
	return fill(services.prompts.notices[name] ?? '', {
		command: report.command,
		red: names.length === 0 ? 'none' : names.join('\n'),
		others,
	});
}

/**
 * Runs the tests of a turn that ended before the code. Resolves with what the model is told; undefined when the turn changed no test, nothing
 * fails, or the code followed what was seen within the turn: then the agent has built more than the tests. Where no command runs tests, nothing
 * is seen, and the code comes next all the same.
 */
export async function seeTestsFail(services: Services, attempt: TaskAttempt, work: Work): Promise<TurnMessage | undefined> {
	const {codeAtRed} = attempt.observed;
	if (codeAtRed !== undefined && (await codeOf(services, attempt)) !== codeAtRed) {
		return undefined;
	}

	const run = await runFirstTests(services, attempt, work);
	switch (run.kind) {
		case 'no-command': {
			return {text: services.prompts.notices['tests-not-found'] ?? '', note: 'Tests first: no test command was found. Now the code'};
		}

		case 'no-tests':
		case 'passing': {
			return undefined;
		}

		case 'seen': {
			return {text: noticeOf(services, 'tests-seen', run), note: `Tests first: ${run.red.length} seen red. Now the code`};
		}

		default: {
			return run satisfies never;
		}
	}
}

/**
 * Runs the tests for an agent that asks within its turn to have them seen failing, so that the code can follow in the same answer. Fails when
 * they do not fail as they should; once they did, they are not run again.
 */
export async function expectRed(services: Services, attempt: TaskAttempt, work: Work): Promise<ToolOutcome> {
	const {observed, task} = attempt;
	if (observed.codeAtRed !== undefined) {
		return told('They were seen failing already: go on with the code.');
	}

	const run = await runFirstTests(services, attempt, work, {isInCall: true});
	const goesOn = run.kind === 'no-command' || ('isAsExpected' in run && run.isAsExpected);
	services.append({type: 'task.phase-entered', task: task.id, phase: goesOn ? 'agent' : 'tests-first', round: 0});
	switch (run.kind) {
		case 'no-command': {
			return told(services.prompts.notices['tests-not-found'] ?? '');
		}

		case 'no-tests': {
			return failed('No test file has changed yet: write the tests first.');
		}

		case 'passing':
		case 'seen': {
			if (run.isAsExpected) {
				observed.codeAtRed = await codeOf(services, attempt);
			}

			const forModel = noticeOf(services, run.isAsExpected ? 'tests-seen' : 'tests-not-red', run);
			return {ok: run.isAsExpected, forModel, display: {kind: 'report', report: run.report}};
		}

		default: {
			return run satisfies never;
		}
	}
}
