import {join} from 'node:path';
import {isCheckpointOf} from '../../protocol/select.ts';
import type {Checkpoint} from '../../protocol/state.ts';
import {UserError} from '../../protocol/user-error.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {readTextFile} from '../../workspace/read-text-file.ts';
import {mark, reopenParents} from '../mark.ts';
import {record} from '../record.ts';
import {refreshEvidence} from '../refresh-evidence.ts';
import type {Services} from '../services.ts';
import {runTestsAfterUndo} from '../vibe.ts';
import {withWork} from '../with-work.ts';
import {requireTrust} from './require.ts';

const maxDocumentBytes = 5_000_000;

/** Asks about files that hold other bytes than the undone work left; undefined when nothing at all is to be undone. */
async function mayOverwrite(services: Services, paths: readonly string[], signal: AbortSignal): Promise<boolean | undefined> {
	const answer = await services.ask(
		{
			kind: 'undo',
			title: `Changed since, by hand or by later work: ${paths.length} ${paths.length === 1 ? 'file' : 'files'}`,
			lines: paths.slice(0, 8),
			options: [
				{key: 'n', label: 'keep these, undo the rest'},
				{key: 'y', label: 'undo them too'},
			],
			takesText: false,
		},
		signal,
	);
	return answer.key === 'escape' ? undefined : answer.key === 'y';
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

async function restoreOne(services: Services, checkpoint: string, signal: AbortSignal) {
	const trial = await services.checkpoints.restore(checkpoint, {force: false, isTrial: true});
	const edited = trial.skipped.filter(file => file.why === 'edited-since').map(file => file.path);
	const force = edited.length > 0 ? await mayOverwrite(services, edited, signal) : false;
	if (force === undefined) {
		throw new UserError('Nothing was undone', {nextStep: 'Undo again when you want to: /undo'});
	}

	const done = await services.checkpoints.restore(checkpoint, {force});
	await takeAsOwn(services, done.restored);
	const skipped = done.skipped.map(file => `${file.path} (${file.why})`);
	services.append({type: 'checkpoint.restored', checkpoint, restored: done.restored, skipped});
	return {restored: done.restored, skipped};
}

/** Goes back through checkpoints, the newest first. */
async function restore(services: Services, checkpoints: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
	const restored = new Set<string>();
	const skipped = new Set<string>();
	for (const checkpoint of checkpoints) {
		const one = await restoreOne(services, checkpoint, signal);
		for (const path of one.restored) {
			restored.add(path);
		}

		for (const path of one.skipped) {
			skipped.add(path);
		}
	}

	const kept = skipped.size === 0 ? '' : `; left alone: ${[...skipped].join(', ')}`;
	const list = restored.size === 0 ? 'no files' : [...restored].join(', ');
	await refreshEvidence(services);
	services.append({type: 'noticed', level: 'info', text: `Undone: ${list}${kept}`});
	return [...restored];
}

/** A task that was undone is open again, and what it had shown counts no more. */
async function reopen(services: Services, undone: Checkpoint) {
	const {spec} = services.store.state();
	const id = spec?.tasks.tasks.find(task => isCheckpointOf(spec, undone, task.id))?.id;
	if (spec === undefined || id === undefined) {
		return;
	}

	const textHash = spec.textHashes[id] ?? '';
	await record(services, {type: 'tick', task: id, textHash, marker: ' '});
	await mark(services, {id, textHash}, ' ');
	await reopenParents(services, id);
}

/** What to go back through, the newest first: a task with all its attempts, or the newest checkpoint that was not undone yet. */
function checkpointsToUndo({store, checkpoints: stored}: Services, task: TaskId | undefined): readonly Checkpoint[] {
	const {checkpoints, spec} = store.state();
	const order = stored.list().map(({id}) => id);
	const made = [...checkpoints].sort((one, other) => order.indexOf(other.id) - order.indexOf(one.id));
	const newest = made.find(({isUndone}) => isUndone !== true);
	const id = task ?? spec?.tasks.tasks.find(candidate => newest !== undefined && isCheckpointOf(spec, newest, candidate.id))?.id;
	if (id === undefined || spec === undefined) {
		return newest === undefined ? [] : [newest];
	}

	// Hunks that were taken back come first, so that the task's own bytes are there again to be undone.
	const facts = stored.list();
	const isRevert = (checkpoint: Checkpoint) => {
		const of = facts.find(fact => fact.id === checkpoint.id)?.revertOf;
		return of?.spec === spec.name && of.textHash === spec.textHashes[id] && checkpoint.isUndone !== true;
	};
	return made.filter(checkpoint => isCheckpointOf(spec, checkpoint, id) || isRevert(checkpoint));
}

/**
 * Puts the files of a task with all its attempts, or of the newest checkpoint, back to what they were; a person's later edits are asked
 * about, never lost.
 */
export async function undo(services: Services, task?: TaskId): Promise<void> {
	requireTrust(services);
	const all = checkpointsToUndo(services, task);
	const [newest] = all;
	if (newest === undefined) {
		throw new UserError(task === undefined ? 'There is nothing to undo' : `Task ${task} has no checkpoint here`, {
			nextStep: 'Checkpoints are made before each task and each free turn',
		});
	}

	await withWork(services, 'Undo', async work => {
		const restored = await restore(
			services,
			all.map(({id}) => id),
			work.abort.signal,
		);
		await reopen(services, all.find(made => made.task !== undefined) ?? newest);
		await runTestsAfterUndo(services, restored, work);
		await refreshEvidence(services);
	});
}

function vibeCheckpoint(services: Services): string {
	// A hunk that was taken back has a checkpoint without a task, too, and is no free turn.
	const reverts = new Set(services.checkpoints.list().flatMap(({id, revertOf}) => (revertOf === undefined ? [] : [id])));
	const {checkpoints} = services.store.state();
	const found = checkpoints.findLast(({id, task, isUndone}) => task === undefined && isUndone !== true && !reverts.has(id));
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
	const checkpoint = vibeCheckpoint(services);
	await withWork(services, 'Undo', async work => {
		const restored = await restore(services, [checkpoint], work.abort.signal);
		services.append({type: 'files.changed', files: []});
		await runTestsAfterUndo(services, restored, work);
	});
}
