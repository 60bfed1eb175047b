import {setTimeout as after} from 'node:timers/promises';
import {stoppedError} from './model.ts';

/** Waits this many milliseconds; an abort ends the wait with `ModelError` of kind `stopped`. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await after(ms, undefined, {signal});
	} catch (error) {
		throw signal.aborted ? stoppedError() : error;
	}
}
