import {join} from 'node:path';
import type {Digest} from '../protocol/ids.ts';
import {isCheckpointOf} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import {unifiedDiff} from '../spec/changed-lines.ts';
import type {TaskId} from '../spec/tasks.ts';
import type {CheckpointFact, KeptFile} from '../workspace/checkpoint-index.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import type {Services} from './services.ts';

const maxBytes = 2_000_000;

/** One file as a task found it and as it left it; a side that is no text is undefined. */
export type TaskFile = {
	readonly path: string;
	/** Empty when one of the sides is no text, or too large to compare. */
	readonly patch: string;
	readonly before?: string;
	readonly after?: string;
	/** Later work changed the file again, so it is not shown as it is now. */
	readonly isChangedLater: boolean;
};

type Kept = {readonly fact: CheckpointFact; readonly file: KeptFile};
type Side = {readonly kind: 'text'; readonly text: string} | {readonly kind: 'missing'} | {readonly kind: 'unusable'};

/** The checkpoints of all attempts at a task and of what a person took back of it, the oldest first, without what was undone. */
function checkpointsOfTask(services: Services, spec: SpecState, id: TaskId): readonly CheckpointFact[] {
	const made = services.store.state().checkpoints;
	const isUndone = (fact: CheckpointFact) => made.some(other => other.id === fact.id && other.isUndone === true);
	return services.checkpoints.list().filter(fact => {
		const task = fact.task ?? fact.revertOf;
		return task?.spec === spec.name && isCheckpointOf(spec, {...fact, task: {...task, id: task.id as TaskId}}, id) && !isUndone(fact);
	});
}

async function sideOf(services: Services, digest: Digest | undefined): Promise<Side> {
	if (digest === undefined) {
		return {kind: 'missing'};
	}

	const text = await services.checkpoints.text(digest);
	return text === undefined || text.length > maxBytes ? {kind: 'unusable'} : {kind: 'text', text};
}

async function sideNow({root}: Services, path: string): Promise<Side> {
	const read = await readTextFile(join(root, path), {maxBytes});
	return read.kind === 'text' ? {kind: 'text', text: read.text} : {kind: read.kind === 'missing' ? 'missing' : 'unusable'};
}

/** The digest that the newest ledger line of the task tells of a file: it counts what commands did to it, too. */
function toldAfter(spec: SpecState, id: TaskId, path: string): string | undefined {
	const textHash = spec.textHashes[id];
	const lines = spec.ledger.filter(line => line.type === 'task' && line.textHash === textHash);
	const files = lines.flatMap(line => (line.type === 'task' ? line.files : []));
	return files.findLast(file => file.path === path)?.after;
}

/** How the task left a file that later work changed: by the ledger's digest, by what its tools wrote last, else as the later work found it. */
async function sideLeft(services: Services, newest: Kept, later: Kept, told: string | undefined): Promise<Side> {
	const own = newest.fact.revertOf === undefined ? [told, newest.file.after] : [newest.file.after];
	for (const digest of own) {
		const side = digest === undefined ? undefined : await sideOf(services, digest as Digest);
		if (side?.kind === 'text') {
			return side;
		}
	}

	return later.file.unkept === undefined ? sideOf(services, later.file.before) : {kind: 'unusable'};
}

/** Undefined when nothing is left of the change. */
function diffOf(path: string, before: Side, after: Side, isChangedLater: boolean): TaskFile | undefined {
	const isComparable = before.kind !== 'unusable' && after.kind !== 'unusable';
	const textOf = (side: Side) => (side.kind === 'text' ? side.text : '');
	const patch = isComparable ? unifiedDiff(path, textOf(before), textOf(after)) : '';
	if (isComparable && patch === '' && before.kind === after.kind) {
		return undefined;
	}

	return {
		path,
		patch,
		...(before.kind === 'text' && {before: before.text}),
		...(after.kind === 'text' && {after: after.text}),
		isChangedLater,
	};
}

/**
 * What a task changed with all its attempts, and only that: each file from its oldest kept bytes to what the task left, or to now when no
 * later work changed it again. Undefined when the task has no checkpoint here.
 */
export async function taskDiff(services: Services, spec: SpecState, id: TaskId): Promise<readonly TaskFile[] | undefined> {
	const own = new Set(checkpointsOfTask(services, spec, id).map(fact => fact.id));
	if (own.size === 0) {
		return undefined;
	}

	const undone = new Set(services.store.state().checkpoints.flatMap(made => (made.isUndone === true ? [made.id] : [])));
	const all = services.checkpoints
		.list()
		.filter(fact => !undone.has(fact.id))
		.flatMap(fact => services.checkpoints.files(fact.id).map((file): Kept => ({fact, file})));
	const paths = new Set(all.filter(({fact}) => own.has(fact.id)).map(({file}) => file.path));
	const files: TaskFile[] = [];
	for (const path of paths) {
		const kept = all.filter(({file}) => file.path === path);
		const first = kept.find(({fact}) => own.has(fact.id));
		const newest = kept.findLastIndex(({fact}) => own.has(fact.id));
		const later = kept.slice(newest + 1).find(({file}) => file.after !== undefined);
		const last = kept[newest];
		if (first === undefined || last === undefined) {
			continue;
		}

		const before: Side = first.file.unkept === undefined ? await sideOf(services, first.file.before) : {kind: 'unusable'};
		const after = later === undefined ? await sideNow(services, path) : await sideLeft(services, last, later, toldAfter(spec, id, path));
		const file = diffOf(path, before, after, later !== undefined);
		files.push(...(file === undefined ? [] : [file]));
	}

	return files;
}
