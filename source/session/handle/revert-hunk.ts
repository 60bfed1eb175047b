import {unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {UserError} from '../../protocol/user-error.ts';
import {hunksOf, withoutHunk} from '../../spec/patch-hunks.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {readTextFile} from '../../workspace/read-text-file.ts';
import {resolvePath} from '../../workspace/resolve-path.ts';
import {writeFileSafely} from '../../workspace/write-file.ts';
import {proveAgain} from '../prove-again.ts';
import {ownSecretsIn, redactText} from '../redact.ts';
import type {Services} from '../services.ts';
import {type TaskFile, taskDiff} from '../task-diff.ts';
import {withWork} from '../with-work.ts';
import {requireIdle, requireSpec, requireTask, requireTrust} from './require.ts';
import {showTaskDiff} from './show-diff.ts';

export type HunkToRevert = {readonly task: TaskId; readonly path: string; readonly hunk: string};

const maxBytes = 2_000_000;

function changedSince(path: string): UserError {
	return new UserError(`${path} no longer holds what the diff shows, so nothing was taken back`, {
		nextStep: 'Look at the diff again: /diff',
	});
}

/** The text without the hunk and the digest of the text with it; undefined when there was no file before the task, and no text is left. */
async function planFor(services: Services, file: TaskFile, shown: string) {
	const hunk = hunksOf(file.patch).find(({text}) => redactText(text, ownSecretsIn(services.options.env)) === shown);
	const read = await readTextFile(join(services.root, file.path), {maxBytes});
	const text = read.kind === 'text' ? read.text : read.kind === 'missing' ? '' : undefined;
	const left = hunk === undefined || text === undefined ? undefined : withoutHunk(text, hunk);
	if (left === undefined || (read.kind === 'missing' && file.after !== undefined)) {
		throw changedSince(file.path);
	}

	return {text: file.before === undefined && left === '' ? undefined : left, digest: read.kind === 'text' ? read.digest : undefined};
}

type Plan = Awaited<ReturnType<typeof planFor>>;

async function write(services: Services, path: string, {text, digest}: Plan) {
	const resolved = await resolvePath(services.root, path);
	const absolute = join(services.root, path);
	if (resolved.kind !== 'inside' || resolved.absolute !== absolute) {
		throw new UserError(`${path} is a link, so nothing was taken back`, {nextStep: 'Change the file that it names by hand'});
	}

	await services.checkpoints.keep(absolute);
	if (text === undefined) {
		const read = await readTextFile(absolute, {maxBytes});
		if (read.kind !== 'text' || read.digest !== digest) {
			throw changedSince(path);
		}

		await unlink(absolute);
		return;
	}

	const outcome = await writeFileSafely({path: absolute, bytes: Buffer.from(text), expected: digest, root: services.root});
	if (outcome.kind === 'changed') {
		throw changedSince(path);
	}

	if (outcome.kind === 'failed') {
		throw new UserError(`${path} could not be written: ${outcome.why}`, {nextStep: 'See whether the file can be written, then try again'});
	}

	services.ownWrites.add(outcome.digest);
	services.checkpoints.recordAfter(absolute, outcome.digest);
}

/** A checkpoint of its own, without a task: `/undo` brings back the hunk alone and leaves the task's files as they are. */
async function openCheckpoint(services: Services, label: string, id: TaskId) {
	const spec = requireSpec(services);
	const revertOf = {spec: spec.name, id, textHash: spec.textHashes[id] ?? ''};
	const checkpoint = await services.checkpoints.begin(label, {revertOf});
	services.checkpoint = checkpoint;
	services.append({type: 'checkpoint.made', checkpoint, label});
}

/**
 * Takes back exactly one hunk of a task's diff, when the file still holds it; then the task's proof is run again, and a task that is shown no
 * more is open again. A bare undo brings the hunk back.
 */
export async function revertHunk(services: Services, {task: id, path, hunk}: HunkToRevert): Promise<void> {
	requireTrust(services);
	requireIdle(services);
	const spec = requireSpec(services);
	const task = requireTask(spec, id);
	await withWork(services, 'Taking back a hunk', async work => {
		const file = (await taskDiff(services, spec, task.id))?.find(candidate => candidate.path === path);
		if (file === undefined) {
			throw changedSince(path);
		}

		const plan = await planFor(services, file, hunk);
		await openCheckpoint(services, `a hunk of ${path} of ${task.number ?? task.id} taken back`, task.id);
		await write(services, path, plan);
		services.append({type: 'noticed', level: 'info', text: `Taken back: a hunk of ${path}`, nextStep: '/undo brings it back'});
		await showTaskDiff(services, task.id);
		await proveAgain(services, task.id, [path], work);
	});
}
