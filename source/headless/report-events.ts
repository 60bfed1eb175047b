import {describeEvent, wordsOf} from '../protocol/describe-event.ts';
import type {Event} from '../protocol/event.ts';
import {printable} from '../protocol/printable.ts';
import {safeJson} from '../protocol/safe-json.ts';
import type {Store} from '../protocol/store.ts';
import type {HeadlessIo} from './headless-io.ts';

/** Facts that are too many or too large for a stream of lines; the answer's text comes whole with `answer.finished`. */
const unreported: ReadonlySet<Event['type']> = new Set([
	'text.streamed',
	'thinking.streamed',
	'call.streamed',
	'artifact.streamed',
	'tests.progressed',
	'conversation.opened',
	'conversation.restored',
	'ledger.read',
	'evidence.read',
]);

function reportAsText(event: Event, io: HeadlessIo) {
	const words = wordsOf(event);
	if (words !== undefined) {
		io.write(words === '' ? '' : `${printable(words)}\n`);
		return;
	}

	for (const line of describeEvent(event)) {
		io.writeError(`${printable(line)}\n`);
	}
}

/** Writes one fact the way the run reports. */
export function reportEvent(event: Event, io: HeadlessIo): void {
	if (unreported.has(event.type)) {
		return;
	}

	if (io.format === 'stream-json') {
		io.write(`${safeJson(event)}\n`);
	} else if (io.format === 'text') {
		reportAsText(event, io);
	}
}

/** Writes the facts of a session as they happen; returns how to stop. In text, prose of the model goes to standard output. */
export function reportEvents(store: Store, io: HeadlessIo): () => void {
	return store.subscribe(event => reportEvent(event, io));
}
