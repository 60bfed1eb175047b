import {refreshSpecs} from '../refresh-specs.ts';
import type {Services} from '../services.ts';
import {requireIdle} from './require.ts';

/** Closes the open spec and shows the list of specs again; nothing is lost, all of it is on disk. */
export async function goHome(services: Services): Promise<void> {
	requireIdle(services);
	services.specFiles = undefined;
	services.append({type: 'spec.closed'});
	await refreshSpecs(services);
}
