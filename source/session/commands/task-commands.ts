import {UserError} from '../../protocol/user-error.ts';
import {nextTask} from '../../spec/task-progress.ts';
import type {TaskChoice} from '../choose-tasks.ts';
import {acceptTask} from '../handle/accept-task.ts';
import {commitTask} from '../handle/commit-task.ts';
import {requireSpec, requireTask} from '../handle/require.ts';
import {changeQueue, runTasks, startTask} from '../handle/run-tasks.ts';
import {setTestCommand} from '../handle/set-test-command.ts';
import {showDiff} from '../handle/show-diff.ts';
import {dropVibe, keepVibe, undo} from '../handle/undo.ts';
import {verify} from '../handle/verify.ts';
import {runAskedTests} from '../run-tests.ts';
import type {Services} from '../services.ts';
import type {Command} from './command.ts';
import {showAttempts} from './show-attempts.ts';

function nextNumber(services: Services): string {
	const task = nextTask(requireSpec(services).tasks.tasks);
	if (task === undefined) {
		throw new UserError('All required tasks are done', {nextStep: 'Go on freely with /vibe'});
	}

	return task.id;
}

async function accept(services: Services, argument: string) {
	const [id = '', ...words] = argument.split(' ');
	await acceptTask(services, requireTask(requireSpec(services), id).id, words.join(' '));
}

/** `2.1`, `to 3`, `2.1 to 3`, `failed`, or nothing for all. */
function choiceIn(services: Services, argument: string): TaskChoice {
	if (argument === '' || argument === 'failed') {
		return argument === '' ? 'all' : argument;
	}

	const [, from, until] = /^(?:from )?(\S+)?(?: ?\bto (\S+))?$/.exec(argument.replace(/^to /, ' to ')) ?? [];
	const idOf = (number: string) => requireTask(requireSpec(services), number).id;
	if (from === undefined && until === undefined) {
		throw new UserError(`/run ${argument} names no tasks`, {
			nextStep: 'For example: /run, /run 2.1, /run 2.1 to 3, /run failed',
			exitCode: 2,
		});
	}

	return {...(from !== undefined && {from: idOf(from)}), ...(until !== undefined && {until: idOf(until)})};
}

export const taskCommands: readonly Command[] = [
	{
		name: 'start',
		usage: '[task]',
		summary: 'start a task, or the next one',
		async run(services, argument) {
			await startTask(services, argument === '' ? nextNumber(services) : argument);
		},
	},
	{
		name: 'run',
		usage: '[from task] [to task] | failed',
		summary: 'run open required tasks: all, from one on, up to one, or those that failed',
		async run(services, argument) {
			await runTasks(services, choiceIn(services, argument));
		},
	},
	{
		name: 'queue',
		usage: '<task>',
		summary: 'take a task out of the run at work, or add it at its end',
		run: async (services, argument) => changeQueue(services, requireTask(requireSpec(services), argument).id),
	},
	{name: 'attempts', usage: '<task> [number]', summary: 'every attempt at a task, or the talk of one', run: showAttempts},
	{
		name: 'pause',
		usage: '',
		summary: 'pause after the task at hand',
		run: async services => services.append({type: 'run.pause-asked', isAsked: true}),
	},
	{name: 'tests', usage: '', summary: "run the project's tests", run: async services => runAskedTests(services)},
	{
		name: 'verify',
		usage: '',
		summary: 'run all tests and let them speak for the criteria of every spec',
		run: async services => verify(services),
	},
	{
		name: 'validate',
		usage: '<task>',
		summary: "run a task's proof alone",
		run: async (services, argument) => runAskedTests(services, {task: requireTask(requireSpec(services), argument).id}),
	},
	{name: 'test-command', usage: '<command>', summary: 'set the test command of this project', run: setTestCommand},
	{name: 'accept', usage: '<task> <reason>', summary: 'tick a task without evidence; the reason is kept', run: accept},
	{
		name: 'undo',
		usage: '[task]',
		summary: 'take back the files of a task or of the newest turn',
		run: async (services, argument) => undo(services, argument === '' ? undefined : requireTask(requireSpec(services), argument).id),
	},
	{
		name: 'diff',
		usage: '[task]',
		summary: 'what a task, or the newest turn, changed',
		run: async (services, argument) => showDiff(services, argument === '' ? undefined : requireTask(requireSpec(services), argument).id),
	},
	{
		name: 'commit',
		usage: '<task>',
		summary: 'one git commit of what a task changed; asked with its message',
		run: async (services, argument) => commitTask(services, requireTask(requireSpec(services), argument).id),
	},
	{name: 'keep', usage: '', summary: 'keep what the newest free turn did', run: keepVibe},
	{name: 'drop', usage: '', summary: 'take back what the newest free turn did', run: dropVibe},
];
