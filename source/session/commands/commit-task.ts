import {commitFiles} from '../../process/git-commit.ts';
import type {TaskEntry} from '../../protocol/ledger-entry.ts';
import {evidenceOf} from '../../protocol/select.ts';
import {UserError} from '../../protocol/user-error.ts';
import type {Task} from '../../spec/tasks.ts';
import {requireSpec, requireTask, requireTrust} from '../handle/require.ts';
import type {Services} from '../services.ts';
import {withWork} from '../with-work.ts';

function trailers(spec: string, task: Task, newest: TaskEntry, grade: string): string {
	const {criteria, after} = newest;
	return [
		`Spec: ${spec}`,
		`Task: ${task.number ?? task.id}`,
		...(criteria.length === 0 ? [] : [`Criteria: ${criteria.join(', ')}`]),
		`Evidence: ${grade}`,
		...(after === undefined ? [] : [`Tests: ${after.passed} passed, ${after.failed} failed`]),
	].join('\n');
}

/** Title, the agent's report, and trailers with what the program saw. */
function messageFor(services: Services, task: Task, newest: TaskEntry): string {
	const spec = requireSpec(services);
	const evidence = evidenceOf(spec, task.id);
	const grade = evidence.kind === 'run' ? evidence.entry.grade : evidence.kind === 'accepted' ? `accepted by ${evidence.by}` : newest.grade;
	const report = (newest.report ?? '').trim();
	return [task.title.replace(/`/g, ''), ...(report === '' ? [] : [report]), trailers(spec.name, task, newest, grade)].join('\n\n');
}

async function mayCommit(services: Services, message: string, paths: readonly string[], signal: AbortSignal): Promise<boolean> {
	const answer = await services.ask(
		{
			kind: 'task',
			title: 'Commit these files, and nothing else?',
			lines: [...message.split('\n'), '', ...paths],
			options: [
				{key: 'y', label: 'commit'},
				{key: 'n', label: 'no'},
			],
			takesText: false,
		},
		signal,
	);
	return answer.key === 'y';
}

/** `/commit 2.1`: one commit of the files of a task and of its spec, asked with the whole message; never done unasked. */
export async function commitTask(services: Services, argument: string): Promise<void> {
	requireTrust(services);
	const {root, git, childEnv} = services;
	const spec = requireSpec(services);
	const task = requireTask(spec, argument);
	const attempts = spec.ledger.filter((line): line is TaskEntry => line.type === 'task' && line.textHash === spec.textHashes[task.id]);
	const newest = attempts.at(-1);
	if (git === undefined || newest === undefined) {
		const why =
			git === undefined ? 'This folder is no git repository' : `Task ${task.number ?? task.id} was never started as it is worded now`;
		throw new UserError(why, {nextStep: git === undefined ? 'git init makes it one' : `Start it: /start ${argument}`});
	}

	const message = messageFor(services, task, newest);
	const own = [`${spec.path}/tasks.md`, `${spec.path}/ledger.jsonl`];
	const paths = [...new Set([...attempts.flatMap(({files}) => files.map(({path}) => path)), ...own])];
	await withWork(services, 'The commit', async work => {
		if (!(await mayCommit(services, message, paths, work.abort.signal))) {
			return;
		}

		const outcome = await commitFiles({root, env: childEnv, paths, message});
		if (outcome.kind !== 'committed') {
			const why =
				outcome.kind === 'refused' ? `git did not commit: ${outcome.why}` : 'Nothing of this task has changed since the last commit';
			throw new UserError(why, {nextStep: 'Your files and what is staged are as they were'});
		}

		services.append({type: 'noticed', level: 'info', text: `Committed ${outcome.commit}: ${task.title} (${outcome.paths.length} files)`});
	});
}
