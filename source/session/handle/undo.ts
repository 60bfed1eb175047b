import {join} from 'node:path';
import {UserError} from '../../protocol/user-error.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {readTextFile} from '../../workspace/read-text-file.ts';
import {mark, reopenParents} from '../mark.ts';
import {record} from '../record.ts';
import type {Services} from '../services.ts';

const maxDocumentBytes = 5_000_000;

import {requireIdle, requireTrust} from './require.ts';

async function mayOverwrite(services: Services, paths: readonly string[]): Promise<boolean> {
	const answer = await services.ask(
		{
			kind: 'undo',
			title: `Undo would lose your own edits in ${paths.length} ${paths.length === 1 ? 'file' : 'files'}`,
			lines: paths.slice(0, 8),
			options: [
				{key: 'n', label: 'keep them'},
				{key: 'y', label: 'undo them too'},
			],
			takesText: false,
		},
		new AbortController().signal,
	);
	return answer.key === 'y';
}

/** What undo puts back is the program's own write, not a person's edit. */
async function takeAsOwn(services: Services, paths: readonly string[]) {
	for (const path of paths) {
		const read = await readTextFile(join(services.root, path), {maxBytes: maxDocumentBytes});
		if (read.kind === 'text') {
			services.ownWrites.add(read.digest);
		}
	}
}

async function restoreOne(services: Services, checkpoint: string) {
	const first = await services.checkpoints.restore(checkpoint, {force: false});
	const edited = first.skipped.filter(file => file.why === 'edited-since').map(file => file.path);
	const second =
		edited.length > 0 && (await mayOverwrite(services, edited)) ? await services.checkpoints.restore(checkpoint, {force: true}) : undefined;
	const restored = [...first.restored, ...(second?.restored ?? [])];
	await takeAsOwn(services, restored);
	const skipped = (second ?? first).skipped.map(file => `${file.path} (${file.why})`);
	services.append({type: 'checkpoint.restored', checkpoint, restored, skipped});
	return {restored, skipped};
}

/** Goes back through checkpoints, the newest first. */
async function restore(services: Services, checkpoints: readonly string[]) {
	const restored = new Set<string>();
	const skipped = new Set<string>();
	for (const checkpoint of checkpoints) {
		const one = await restoreOne(services, checkpoint);
		for (const path of one.restored) {
			restored.add(path);
		}

		for (const path of one.skipped) {
			skipped.add(path);
		}
	}

	const kept = skipped.size === 0 ? '' : `; left alone: ${[...skipped].join(', ')}`;
	const list = restored.size === 0 ? 'no files' : [...restored].join(', ');
	services.append({type: 'noticed', level: 'info', text: `Undone: ${list}${kept}`});
}

/** A task that was undone is open again, and what it had shown counts no more. */
async function reopen(services: Services, task: TaskId) {
	const spec = services.store.state().spec;
	if (spec?.tasks.tasks.some(open => open.id === task) !== true) {
		return;
	}

	const textHash = spec.textHashes[task] ?? '';
	await record(services, {type: 'tick', task, textHash, marker: ' '});
	await mark(services, {id: task, textHash}, ' ');
	await reopenParents(services, task);
}

/**
 * Puts the files of a task with all its attempts, or of the newest checkpoint, back to what they were; a person's later edits are asked
 * about, never lost.
 */
export async function undo(services: Services, task?: TaskId): Promise<void> {
	requireTrust(services);
	requireIdle(services);
	const {checkpoints} = services.store.state();
	const found = checkpoints.findLast(checkpoint => task === undefined || checkpoint.task === task);
	if (found === undefined) {
		throw new UserError(task === undefined ? 'There is nothing to undo' : `Task ${task} has no checkpoint here`, {
			nextStep: 'Checkpoints are made before each task and each free turn',
		});
	}

	const all = found.task === undefined ? [found] : checkpoints.filter(checkpoint => checkpoint.task === found.task).toReversed();
	await restore(
		services,
		all.map(({id}) => id),
	);
	if (found.task !== undefined) {
		await reopen(services, found.task);
	}
}

function vibeCheckpoint(services: Services): string {
	const found = services.store.state().checkpoints.findLast(checkpoint => checkpoint.task === undefined);
	if (found === undefined) {
		throw new UserError('There is no free turn to keep or drop', {nextStep: 'Send a message in vibe first'});
	}

	return found.id;
}

/** Keeps what the newest free turn did. */
export async function keepVibe(services: Services): Promise<void> {
	vibeCheckpoint(services);
	services.append({type: 'files.changed', files: []});
	services.append({type: 'noticed', level: 'info', text: 'Kept', nextStep: 'Ask "does this change the spec?" when behaviour left it'});
}

/** Takes back what the newest free turn did, whole. */
export async function dropVibe(services: Services): Promise<void> {
	requireTrust(services);
	requireIdle(services);
	await restore(services, [vibeCheckpoint(services)]);
	services.append({type: 'files.changed', files: []});
}
