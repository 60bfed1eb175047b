import type {TestCommandFact} from '../protocol/event.ts';
import type {SpecState} from '../protocol/state.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {isCheckpointTask} from '../spec/task-progress.ts';
import type {Task} from '../spec/tasks.ts';
import {criteriaOf} from '../spec/trace.ts';
import type {AskedCommands} from '../test-runners/index.ts';
import {requireSpec} from './handle/require.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {completeBaselines} from './task-baseline.ts';
import {findTestCommands, requireTestCommands} from './test-command.ts';
import {changedFiles} from './undo.ts';

const path = /[\w@.-]+(?:\/[\w@.-]+)+/g;

/** The files whose tests show a task: those that its `_Proof:_` line names, and those where a test names one of its criteria. */
function showing({artifacts, links}: SpecState, task: Task): readonly string[] {
	const {requirements} = parseRequirements(artifacts.requirements?.text ?? '');
	const own = new Set(criteriaOf(task, requirements).map(id => id.toLowerCase()));
	return [...(task.proof?.match(path) ?? []), ...links.flatMap(({criterion, file}) => (own.has(criterion.toLowerCase()) ? [file] : []))];
}

/**
 * Which test commands are a task's: those that own what it changed and the tests that show it. As long as there is neither, the files that its
 * text names tell. A checkpoint in the plan is about the whole suite.
 */
async function askedFor(services: Services, task: Task, checkpoints: readonly string[]): Promise<AskedCommands> {
	if (isCheckpointTask(task)) {
		return 'whole';
	}

	const changed = (await changedFiles(services, checkpoints)).map(file => file.path);
	const files = [...changed, ...showing(requireSpec(services), task)];
	return {files: files.length > 0 ? files : (task.text.match(path) ?? [])};
}

/** The test commands of a task as they are known now, each approved by a person; empty when the project has none. */
export async function commandsOf(
	services: Services,
	{task, checkpoints}: Pick<TaskAttempt, 'task' | 'checkpoints'>,
	signal: AbortSignal,
): Promise<readonly TestCommandFact[]> {
	const found = await findTestCommands(services, await askedFor(services, task, checkpoints));
	return requireTestCommands(services, found, signal);
}

/** The test commands that judge an attempt, with a baseline of each. */
export async function commandsToJudge(services: Services, attempt: TaskAttempt, work: Work): Promise<readonly TestCommandFact[]> {
	const commands = await commandsOf(services, attempt, work.abort.signal);
	await completeBaselines(services, attempt, commands, work);
	return commands;
}
