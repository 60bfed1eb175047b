import type {SpecState} from '../protocol/state.ts';
import {changedEvidence} from './changed-evidence.ts';
import {findLinks} from './find-links.ts';
import type {Services} from './services.ts';

/** A search that takes longer than this is given up; what was found before stands. */
const maxMs = 10_000;

async function linksOf({root, childEnv}: Services, {name, isOnly, links}: SpecState) {
	const signal = AbortSignal.timeout(maxMs);
	const find = await findLinks({root, env: childEnv, signal}, isOnly);
	return signal.aborted ? links : find(name);
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

async function readDisk(services: Services, spec: SpecState) {
	try {
		return {changedFiles: await changedEvidence(services.root, spec.ledger, services.options.now()), links: await linksOf(services, spec)};
	} catch {
		// No work may end because of this: what was known stands, and is looked at again soon.
		return undefined;
	}
}

async function look(services: Services): Promise<void> {
	const {spec} = services.store.state();
	if (spec === undefined || services.isClosing) {
		return;
	}

	const found = await readDisk(services, spec);
	const now = services.store.state().spec;
	const isNews = found !== undefined && (!isSame(found.changedFiles, now?.changedFiles) || !isSame(found.links, now?.links));
	if (now?.name === spec.name && isNews && !services.isClosing) {
		services.append({type: 'evidence.read', ...found});
	}
}

type Looks = {last: Promise<void>; waiting: Promise<void> | undefined};

const looks = new WeakMap<Services, Looks>();

/**
 * Looks which files of the open spec's evidence are others on disk now, and where tests name its criteria. Costs no tokens and starts nothing
 * of the repository. One look at a time: whoever asks while one waits is answered by that one.
 */
export function refreshEvidence(services: Services): Promise<void> {
	const own = looks.get(services) ?? {last: Promise.resolve(), waiting: undefined};
	looks.set(services, own);
	if (own.waiting === undefined) {
		const next = own.last.then(() => {
			own.waiting = undefined;
			return look(services);
		});
		own.waiting = next;
		own.last = next.catch(() => undefined);
	}

	return own.waiting;
}
