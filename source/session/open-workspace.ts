import {basename, join} from 'node:path';
import {readLedger} from '../workspace/ledger.ts';
import {removeLeftovers} from '../workspace/leftovers.ts';
import {listSpecs, type SpecFiles} from '../workspace/spec-folder.ts';
import {modelFor} from './model-for.ts';
import {projectFiles} from './project-files.ts';
import {recallTests} from './recall-tests.ts';
import {refreshSpecs} from './refresh-specs.ts';
import type {Services} from './services.ts';
import {sinceYouLeft} from './since-you-left.ts';
import {settleTrust} from './trust-workspace.ts';

async function recallKnownTests({append, options, root}: Services, specs: readonly SpecFiles[]): Promise<void> {
	const recall = await recallTests({root, state: options.directories.state});
	const ledgers = await Promise.all(specs.map(async spec => (await readLedger(spec.ledger)).entries));
	const known = recall(ledgers.flat());
	if (known !== undefined) {
		append({type: 'tests.recalled', known});
	}
}

/** Appends what this folder is, who may do what in it, and its specs; all from disk, without running anything of the repository. */
export async function openWorkspace(services: Services): Promise<void> {
	const {append, options, root, settings, git} = services;
	const branch = await git?.branch();
	const files = await projectFiles(services, new AbortController().signal).list();
	append({
		type: 'workspace.opened',
		root,
		name: basename(root),
		...(branch !== undefined && {branch}),
		hasGit: git !== undefined,
		isEmpty: files.length === 0,
		trust: 'asked',
		checksOff: settings.checksOff,
	});
	if (options.mode !== undefined) {
		append({type: 'mode.changed', mode: options.mode});
	}

	const budgetUsd = options.budgetUsd ?? settings.budgetUsd;
	if (budgetUsd !== undefined) {
		append({type: 'budget.set', budgetUsd});
	}

	if (services.model !== undefined) {
		append({type: 'model.chosen', model: modelFor(services, 'requirements'), isRecorded: options.isRecorded});
	}

	const specs = await listSpecs(root);
	for (const {path} of specs) {
		await removeLeftovers(join(root, path), options.now());
	}

	await recallKnownTests(services, specs);
	await settleTrust(services);
	await refreshSpecs(services);
	append({type: 'specs.listed', specs: services.store.state().specs, since: await sinceYouLeft(services)});
}
