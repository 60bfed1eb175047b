import {relative, sep} from 'node:path';
import {type CommitDoor, type CommitPlan, openCommitDoor} from '../../process/git-commit.ts';
import {printable} from '../../protocol/printable.ts';
import type {SpecState} from '../../protocol/state.ts';
import {UserError} from '../../protocol/user-error.ts';
import type {Task, TaskId} from '../../spec/tasks.ts';
import {digestOfFile} from '../../workspace/digest.ts';
import {resolvePath} from '../../workspace/resolve-path.ts';
import {commitMessage} from '../commit-message.ts';
import type {Services} from '../services.ts';
import {withWork} from '../with-work.ts';
import {requireSpec, requireTask, requireTrust} from './require.ts';

/** Lines of a hook that are shown; the last ones tell what failed. */
const shownLines = 12;

type LedgerFile = {readonly path: string; readonly after?: string};

/** The files of all attempts at a task, each with the digest that the newest attempt left. A path that leads elsewhere is nobody's. */
async function filesOf({root}: Services, spec: SpecState, id: TaskId): Promise<readonly LedgerFile[]> {
	const textHash = spec.textHashes[id];
	const files = new Map<string, LedgerFile>();
	for (const file of spec.ledger.flatMap(line => (line.type === 'task' && line.textHash === textHash ? line.files : []))) {
		if ((await resolvePath(root, file.path)).kind === 'inside') {
			files.set(file.path, file);
		}
	}

	return [...files.values()];
}

function ownFiles({root, specFiles}: Services): readonly string[] {
	const files = specFiles === undefined ? [] : [...(specFiles.tasks === undefined ? [] : [specFiles.tasks]), specFiles.ledger];
	return files.map(file => relative(root, file).split(sep).join('/'));
}

function requireReady(plan: CommitPlan, number: string): Extract<CommitPlan, {kind: 'ready'}> {
	switch (plan.kind) {
		case 'ready': {
			return plan;
		}

		case 'no-git': {
			throw new UserError('This folder is not in a git repository, so there is nothing to commit to', {
				nextStep: 'Make one first: git init',
			});
		}

		case 'nothing': {
			throw new UserError(`Nothing of task ${number} differs from the newest commit`, {nextStep: 'Look at what the task did: /diff'});
		}

		case 'in-progress': {
			throw new UserError(`A ${plan.what} is in progress, and a commit now would become part of it`, {
				nextStep: `End the ${plan.what} first, then /commit ${number}`,
			});
		}

		case 'no-name': {
			throw new UserError(`Git does not know who commits: ${plan.missing} is not set`, {
				nextStep: `Set it: git config --global ${plan.missing} "..."`,
			});
		}

		default: {
			return plan satisfies never;
		}
	}
}

/** The files that hold other bytes than the task left: a commit takes them as they are. */
async function changedSince({root}: Services, files: readonly LedgerFile[]): Promise<readonly string[]> {
	const changed: string[] = [];
	for (const {path, after} of files) {
		const now = await digestOfFile(`${root}${sep}${path}`).catch(() => undefined);
		changed.push(...(now === after ? [] : [path]));
	}

	return changed;
}

/** The numbers of tasks that changed one of these files after the newest attempt at this one. */
function laterTasks({ledger, textHashes}: SpecState, id: TaskId, paths: readonly string[]): readonly string[] {
	const attempts = ledger.filter(line => line.type === 'task');
	const newest = attempts.findLastIndex(({textHash}) => textHash === textHashes[id]);
	const later = attempts.slice(newest + 1).filter(({files}) => files.some(({path}) => paths.includes(path)));
	return [...new Set(later.map(({task}) => task))];
}

type Question = {
	readonly task: Task;
	readonly message: string;
	readonly paths: readonly string[];
	readonly changed: readonly string[];
	readonly later: readonly string[];
};

async function mayCommit(services: Services, {task, message, paths, changed, later}: Question, signal: AbortSignal): Promise<boolean> {
	const note = (path: string) => (changed.includes(path) ? ' (changed since the task, as it is now)' : '');
	const warning =
		later.length === 0
			? []
			: [
					'',
					`Task ${later.join(' and ')} changed these files later: its changes go in too, and the commit may not work without the rest of it`,
				];
	const answer = await services.ask(
		{
			kind: 'commit',
			title: `Commit task ${task.number ?? task.id} with this message?`,
			lines: [...message.split('\n'), '', ...paths.map(path => `  ${printable(path)}${note(path)}`), ...warning],
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

async function makeCommit(services: Services, door: CommitDoor, plan: Extract<CommitPlan, {kind: 'ready'}>, message: string) {
	const outcome = await door.commit(plan, message);
	if (outcome.kind === 'failed') {
		const words = printable(outcome.words).split('\n').slice(-shownLines).join('\n');
		throw new UserError(`Git did not make the commit:\n${words === '' ? 'it said nothing' : words}`, {
			nextStep: 'Nothing was committed and what you had staged is as it was; mend that, then /commit again',
		});
	}

	const {length} = plan.paths;
	services.append({type: 'noticed', level: 'info', text: `Committed ${outcome.commit}: ${length} ${length === 1 ? 'file' : 'files'}`});
}

/** Asks with the whole message, and makes one commit of exactly the files of a task with its spec's tasks.md and ledger. */
async function askToCommit(services: Services, id: TaskId, signal: AbortSignal): Promise<void> {
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	const number = task.number ?? task.id;
	const message = commitMessage(spec, task);
	const files = await filesOf(services, spec, task.id);
	if (message === undefined) {
		throw new UserError(`The ledger knows no attempt at task ${number}, so there is nothing to commit`, {
			nextStep: `Start it first: /start ${number}`,
		});
	}

	const door = openCommitDoor({root: services.root, env: services.childEnv});
	const plan = requireReady(await door.plan([...files.map(({path}) => path), ...ownFiles(services)]), number);
	const changed = await changedSince(services, files);
	const later = laterTasks(
		spec,
		task.id,
		files.map(({path}) => path),
	);
	if (await mayCommit(services, {task, message, paths: plan.paths, changed, later}, signal)) {
		// Between the question and the answer a person may have staged, committed or begun a merge.
		const now = requireReady(await door.plan(plan.paths), number);
		await makeCommit(services, door, now, message);
	} else {
		services.append({type: 'noticed', level: 'info', text: 'Nothing was committed'});
	}
}

/** Commits a task because a person asked. */
export async function commitTask(services: Services, id: TaskId): Promise<void> {
	requireTrust(services);
	await withWork(services, 'The commit', work => askToCommit(services, id, work.abort.signal));
}

/** Offers the commit of a task that was just ticked, when the person's settings say so; what stands in its way is told and ends no run. */
export async function offerCommit(services: Services, id: TaskId): Promise<void> {
	const signal = services.work?.abort.signal;
	if (services.settings.commits !== 'ask' || signal === undefined || signal.aborted) {
		return;
	}

	try {
		await askToCommit(services, id, signal);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		services.append({type: 'noticed', level: 'warning', text: error.message, nextStep: error.nextStep});
	}
}
