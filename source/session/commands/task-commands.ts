import {UserError} from '../../protocol/user-error.ts';
import {nextTask} from '../../spec/task-progress.ts';
import {acceptTask} from '../handle/accept-task.ts';
import {requireSpec, requireTask} from '../handle/require.ts';
import {runTasks, startTask} from '../handle/run-tasks.ts';
import {setTestCommand} from '../handle/set-test-command.ts';
import {showDiff} from '../handle/show-diff.ts';
import {dropVibe, keepVibe, undo} from '../handle/undo.ts';
import {runAllTests} from '../run-tests.ts';
import type {Services} from '../services.ts';
import type {Command} from './command.ts';

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
		usage: '[from task]',
		summary: 'run all open required tasks',
		async run(services, argument) {
			await runTasks(services, argument === '' ? undefined : requireTask(requireSpec(services), argument).id);
		},
	},
	{
		name: 'pause',
		usage: '',
		summary: 'pause after the task at hand',
		run: async services => services.append({type: 'run.pause-asked', isAsked: true}),
	},
	{name: 'tests', usage: '', summary: "run the project's tests", run: async services => runAllTests(services)},
	{
		name: 'validate',
		usage: '<task>',
		summary: "run a task's proof alone",
		run: async (services, argument) => runAllTests(services, requireTask(requireSpec(services), argument).id),
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
	{name: 'keep', usage: '', summary: 'keep what the newest free turn did', run: keepVibe},
	{name: 'drop', usage: '', summary: 'take back what the newest free turn did', run: dropVibe},
];
