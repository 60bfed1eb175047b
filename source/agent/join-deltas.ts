import type {ModelEvent} from '../model/model.ts';
import {createQueue} from '../model/queue.ts';

type Delta = Extract<ModelEvent, {type: 'text' | 'thinking' | 'call'}>;

function isDelta(event: ModelEvent): event is Delta {
	return event.type === 'text' || event.type === 'thinking' || event.type === 'call';
}

/** Both as one; undefined when they are not of the same block. */
function join(held: Delta, event: ModelEvent): Delta | undefined {
	if (held.type === 'call') {
		return event.type === 'call' && event.call === held.call ? event : undefined;
	}

	return event.type === held.type ? {...held, delta: held.delta + event.delta} : undefined;
}

/**
 * Joins the deltas of an answer to at most one event in `everyMs` milliseconds, so that a fast model does not draw a frame for each word.
 * Nothing is held back longer than that, the order stays, and what had arrived before a stream broke is told before it throws.
 */
export async function* joinDeltas(events: AsyncIterable<ModelEvent>, everyMs = 40): AsyncGenerator<ModelEvent, void, void> {
	const queue = createQueue<ModelEvent>();
	let held: Delta | undefined;
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		clearTimeout(timer);
		if (held !== undefined) {
			queue.push(held);
			held = undefined;
		}
	};

	const take = (event: ModelEvent) => {
		const joined = held === undefined ? undefined : join(held, event);
		if (joined !== undefined) {
			held = joined;
			return;
		}

		flush();
		if (!isDelta(event)) {
			queue.push(event);
			return;
		}

		held = event;
		timer = setTimeout(flush, everyMs);
	};

	const pump = async () => {
		for await (const event of events) {
			take(event);
		}
	};

	pump().then(
		() => {
			flush();
			queue.end();
		},
		error => {
			flush();
			queue.fail(error);
		},
	);
	yield* queue;
}
