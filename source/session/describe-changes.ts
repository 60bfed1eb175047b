import {join} from 'node:path';
import type {FileChange} from '../protocol/state.ts';
import {unifiedDiff} from '../spec/changed-lines.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import type {Services} from './services.ts';

const maxBytes = 2_000_000;

type Changes = Awaited<ReturnType<Services['checkpoints']['changes']>>;

/** One file that changed since a checkpoint, with its diff; a file that is not text has an empty one. */
export type ChangedFileDiff = FileChange & {readonly patch: string};

function count(patch: string, mark: '+' | '-'): number {
	return patch.split('\n').filter(line => line.startsWith(mark) && !line.startsWith(mark.repeat(3))).length;
}

async function textNow(services: Services, path: string): Promise<string> {
	const read = await readTextFile(join(services.root, path), {maxBytes});
	return read.kind === 'text' ? read.text : '';
}

/**
 * The files that tools changed since the first of these checkpoints, the oldest first, as a person lists them: each from its oldest kept
 * bytes to what it holds now.
 */
export async function describeChanges(services: Services, ...checkpoints: readonly string[]): Promise<readonly ChangedFileDiff[]> {
	const described: ChangedFileDiff[] = [];
	const seen = new Set<string>();
	for (const checkpoint of checkpoints) {
		const changes = (await services.checkpoints.changes(checkpoint)).filter(({path}) => !seen.has(path));
		for (const change of changes) {
			seen.add(change.path);
		}

		described.push(...(await describeOne(services, checkpoint, changes)));
	}

	return described;
}

async function describeOne(services: Services, checkpoint: string, changes: Changes): Promise<readonly ChangedFileDiff[]> {
	const described: ChangedFileDiff[] = [];
	for (const {path, before, current} of changes.filter(change => change.before !== change.current)) {
		const patch = unifiedDiff(path, (await services.checkpoints.textBefore(checkpoint, path)) ?? '', await textNow(services, path));
		const kind = before === undefined ? 'added' : current === undefined ? 'deleted' : 'modified';
		described.push({path, kind, added: count(patch, '+'), removed: count(patch, '-'), patch});
	}

	return described;
}
