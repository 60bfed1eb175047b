import type {MarkedTask} from './mark.ts';
import {ownSecretsIn, redactText} from './redact.ts';
import type {Services} from './services.ts';

export type ChangedFile = {readonly path: string; readonly before?: string; readonly after?: string};

/** Opens a checkpoint: from now on the bytes of every file a tool touches are kept first. */
export async function checkpointFor(services: Services, name: string, task?: MarkedTask): Promise<string> {
	const label = redactText(name, ownSecretsIn(services.options.env));
	const spec = services.specFiles?.name;
	const checkpoint = await services.checkpoints.begin(label, task === undefined || spec === undefined ? {} : {task: {spec, ...task}});
	services.checkpoint = checkpoint;
	services.append({type: 'checkpoint.made', checkpoint, label, ...(task !== undefined && {task})});
	return checkpoint;
}

/** The files that tools changed since the first of these checkpoints, the oldest first, with digests before and after. */
export async function changedFiles(services: Services, checkpoints: readonly string[]): Promise<readonly ChangedFile[]> {
	const first = new Map<string, Awaited<ReturnType<Services['checkpoints']['changes']>>[number]>();
	for (const checkpoint of checkpoints) {
		for (const change of await services.checkpoints.changes(checkpoint)) {
			first.set(change.path, first.get(change.path) ?? change);
		}
	}

	return [...first.values()]
		.filter(change => change.before !== change.current)
		.map(({path, before, current}) => ({path, ...(before !== undefined && {before}), ...(current !== undefined && {after: current})}));
}
