import type {SinceYouLeft} from '../protocol/spec-summary.ts';
import {summariseSpecs} from './list-specs.ts';
import type {Services} from './services.ts';

/** Reads all specs again; `since` is told once, when home opens. */
export async function refreshSpecs(services: Services, since?: SinceYouLeft): Promise<void> {
	const specs = await summariseSpecs({
		root: services.root,
		state: services.options.directories.state,
		checksOff: services.settings.checksOff,
		moment: services.options.now(),
	});
	services.append({type: 'specs.listed', specs, ...(since && {since})});
}
