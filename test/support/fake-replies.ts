import {createHash} from 'node:crypto';

export type Json = Readonly<Record<string, unknown>>;

/** What a reply may know of the request that it answers. */
type Exchange = {
	/** Counts from 1 over all requests of the server. */
	readonly number: number;
	readonly body: Json;
	readonly usage: Json;
};

export type Reply = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** The pieces of the body, each written by itself. */
	readonly pieces: (exchange: Exchange) => readonly string[];
	/** What happens after the pieces: a clean end, a reset connection, silence, or the last piece over and over. */
	readonly ending: 'end' | 'reset' | 'silence' | 'repeat-last';
	/** Splits what is written into writes of so many bytes. */
	readonly bytesPerWrite?: number;
	/** Gives this reply to every request from here on. */
	readonly isForever?: boolean;
	/** Sends no headers at all. */
	readonly isMute?: boolean;
};

/** The signature under a thought; the server accepts a thought back only with it. */
export function signatureOf(thinking: string): string {
	return `sig_${createHash('sha256').update(thinking).digest('hex').slice(0, 24)}`;
}

export type FakeBlock =
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'thinking'; readonly thinking: string}
	| {readonly type: 'tool_use'; readonly name: string; readonly json: string}
	| {readonly type: 'raw'; readonly block: Json; readonly deltas: readonly Json[]};

type Stop = {readonly stop?: string};

function event(type: string, fields: Json): string {
	return `event: ${type}\ndata: ${JSON.stringify({type, ...fields})}\n\n`;
}

const ping = event('ping', {});

function slices(text: string, length = 12): readonly string[] {
	return text.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? [];
}

function blockEvents(block: FakeBlock, index: number, id: string): readonly string[] {
	const whole = (start: Json, deltas: readonly Json[]) => [
		event('content_block_start', {index, content_block: start}),
		...deltas.map(delta => event('content_block_delta', {index, delta})),
		event('content_block_stop', {index}),
	];
	switch (block.type) {
		case 'text': {
			return whole(
				{type: 'text', text: ''},
				slices(block.text).map(text => ({type: 'text_delta', text})),
			);
		}

		case 'thinking': {
			return whole({type: 'thinking', thinking: '', signature: ''}, [
				...slices(block.thinking).map(thinking => ({type: 'thinking_delta', thinking})),
				{type: 'signature_delta', signature: signatureOf(block.thinking)},
			]);
		}

		case 'tool_use': {
			return whole({type: 'tool_use', id, name: block.name, input: {}}, [
				{type: 'input_json_delta', partial_json: ''},
				...slices(block.json).map(partial_json => ({type: 'input_json_delta', partial_json})),
			]);
		}

		case 'raw': {
			return whole(block.block, block.deltas);
		}

		default: {
			return block satisfies never;
		}
	}
}

function messageEvents(blocks: readonly FakeBlock[], stop: string, {number, body, usage}: Exchange): readonly string[] {
	const message = {
		id: `msg_${number}`,
		type: 'message',
		role: 'assistant',
		model: body.model,
		content: [],
		stop_reason: null,
		stop_sequence: null,
	};
	return [
		event('message_start', {message: {...message, usage: {...usage, output_tokens: 1}}}),
		ping,
		...blocks.flatMap((block, index) => blockEvents(block, index, `toolu_${number}_${index}`)),
		event('message_delta', {delta: {stop_reason: stop, stop_sequence: null}, usage: {output_tokens: 7}}),
		event('message_stop', {}),
	];
}

const streamHeaders = {'content-type': 'text/event-stream; charset=utf-8'};

function reply(fields: Partial<Reply>): Reply {
	return {status: 200, headers: streamHeaders, pieces: () => [], ending: 'end', ...fields};
}

export const text = (value: string): FakeBlock => ({type: 'text', text: value});
export const thought = (value: string): FakeBlock => ({type: 'thinking', thinking: value});
export const call = (name: string, input: unknown): FakeBlock => ({type: 'tool_use', name, json: JSON.stringify(input)});

/** A whole answer of any blocks; it stops for its tools when there are some. */
export function answers(blocks: readonly FakeBlock[], {stop}: Stop = {}): Reply {
	const reason = stop ?? (blocks.some(block => block.type === 'tool_use') ? 'tool_use' : 'end_turn');
	return reply({pieces: exchange => messageEvents(blocks, reason, exchange)});
}

export const says = (value: string): Reply => answers([text(value)]);

/** Tool calls, each as its name and input: `calls(['read', {path: 'a.ts'}])`. */
export const calls = (...list: readonly (readonly [name: string, input: unknown])[]): Reply =>
	answers(list.map(([name, input]) => call(name, input)));

export const thinks = (thinking: string, ...blocks: readonly FakeBlock[]): Reply => answers([thought(thinking), ...blocks]);

export const refuses = (value = ''): Reply => answers(value === '' ? [] : [text(value)], {stop: 'refusal'});

/** Reaches its length limit in a text. */
export const runsOut = (value: string): Reply => answers([text(value)], {stop: 'max_tokens'});

/** Reaches its length limit inside the input of a call. */
export const runsOutInCall = (name: string, json: string): Reply => answers([{type: 'tool_use', name, json}], {stop: 'max_tokens'});

export const pauses = (value: string): Reply => answers([text(value)], {stop: 'pause_turn'});

/** A call whose input is not valid JSON, as some local models send it. */
export const malformedCall = (name: string, json: string): Reply => answers([{type: 'tool_use', name, json}]);

/** An answer with a block, a delta, an event and a stop reason that nobody knows. */
export const unknownThings = (value: string, stop = 'gone_fishing'): Reply => {
	const known = answers(
		[
			text(value),
			{type: 'raw', block: {type: 'hologram', data: 'x'}, deltas: [{type: 'hologram_delta', data: 'y'}]},
			call('write', {path: 'never'}),
		],
		{stop},
	);
	return {
		...known,
		pieces: exchange => known.pieces(exchange).flatMap((piece, index) => (index === 3 ? [event('weather', {sun: true}), piece] : [piece])),
	};
};

/** Breaks a reply off after so many pieces: 4 are `message_start`, a ping, the start of the first block and its first delta. */
export const cutsOffAfter = (count: number, whole: Reply, ending: 'reset' | 'end' = 'reset'): Reply => ({
	...whole,
	pieces: exchange => whole.pieces(exchange).slice(0, count),
	ending,
});

/** Goes silent after so many pieces, and keeps the connection open. */
export const stallsAfter = (count: number, whole: Reply): Reply => ({...cutsOffAfter(count, whole), ending: 'silence'});

/** Sends an error event after so many pieces. */
export const failsAfter = (count: number, whole: Reply, type = 'overloaded_error'): Reply => ({
	...whole,
	pieces: exchange => [...whole.pieces(exchange).slice(0, count), event('error', {error: {type, message: type}})],
});

/** Begins an answer, then only pings, for ever. */
export const pingsForEver = (): Reply =>
	reply({pieces: exchange => [...messageEvents([text('x')], 'end_turn', exchange).slice(0, 4), ping], ending: 'repeat-last'});

/** Begins an answer, then only empty deltas, for ever. */
export const emptyDeltasForEver = (): Reply =>
	reply({
		pieces: exchange => [
			...messageEvents([text('x')], 'end_turn', exchange).slice(0, 4),
			event('content_block_delta', {index: 0, delta: {type: 'text_delta', text: ''}}),
		],
		ending: 'repeat-last',
	});

/** Begins an answer, then only comments, for ever. */
export const commentsForEver = (): Reply => ({
	...pingsForEver(),
	pieces: exchange => [...pingsForEver().pieces(exchange), ': keep-alive\n\n'],
});

/** Takes the request and never answers. */
export const hangs = (): Reply => reply({isMute: true, ending: 'silence'});

export const status = (
	code: number,
	type = 'invalid_request_error',
	message = type,
	headers: Readonly<Record<string, string>> = {},
): Reply =>
	reply({
		status: code,
		headers: {'content-type': 'application/json', 'request-id': 'req_fake', ...headers},
		pieces: () => [JSON.stringify({type: 'error', error: {type, message}})],
	});

export const overloaded = (): Reply => status(529, 'overloaded_error');

export const rateLimited = (seconds: number): Reply => status(429, 'rate_limit_error', 'slow down', {'retry-after': String(seconds)});

export const html = (code = 200): Reply =>
	reply({status: code, headers: {'content-type': 'text/html'}, pieces: () => ['<html><body>Please log in to the network</body></html>']});

export const noContent = (): Reply => reply({status: 204, headers: {}});

export const emptyStream = (): Reply => reply({});

export const redirects = (to: string): Reply => reply({status: 307, headers: {location: to}});

export const split = (whole: Reply, bytesPerWrite = 1): Reply => ({...whole, bytesPerWrite});

export const forever = (whole: Reply): Reply => ({...whole, isForever: true});
