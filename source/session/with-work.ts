import {UserError} from '../protocol/user-error.ts';
import {requireIdle} from './handle/require.ts';
import type {Services, Work} from './services.ts';

/** Runs the one piece of work that a session does at a time; Esc aborts its signal. */
export async function withWork<Result>(services: Services, label: string, run: (work: Work) => Promise<Result>): Promise<Result> {
	requireIdle(services);
	if (services.isClosing) {
		throw new UserError('The session is closing', {nextStep: 'Start kiro-tui again'});
	}

	const work: Work = {label, abort: new AbortController()};
	services.work = work;
	const {promise, resolve} = Promise.withResolvers<void>();
	services.workDone = promise;
	try {
		return await run(work);
	} finally {
		services.work = undefined;
		services.wasStopped = work.abort.signal.aborted;
		resolve();
	}
}
