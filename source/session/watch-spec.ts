import {join} from 'node:path';
import {watchFolders} from '../workspace/watch.ts';
import {refreshEvidence} from './refresh-evidence.ts';
import {refreshSpecs} from './refresh-specs.ts';
import type {Services} from './services.ts';
import {syncArtifacts} from './sync-artifacts.ts';

/** Watches `.kiro/specs` and `.kiro/steering`: a hand edit from any editor reaches the state; our own writes are told apart by hash. */
export async function watchSpecs(services: Services): Promise<{close: () => Promise<void>}> {
	let isScheduled = false;
	let running: Promise<unknown> = Promise.resolve();
	const refresh = async () => {
		isScheduled = false;
		await syncArtifacts(services, {isSettled: true});
		await refreshEvidence(services);
		if (services.store.state().spec === undefined) {
			await refreshSpecs(services);
		}
	};

	const watcher = await watchFolders({
		root: services.root,
		paths: [join(services.root, '.kiro/specs'), join(services.root, '.kiro/steering')],
		onChange() {
			if (!isScheduled) {
				isScheduled = true;
				running = running.then(refresh);
			}
		},
		onProblem: text => services.append({type: 'noticed', level: 'warning', text}),
	});
	return {
		async close() {
			await watcher.close();
			await running;
		},
	};
}
