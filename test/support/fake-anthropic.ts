import {once} from 'node:events';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {type CheckedBody, checkRequest, usageFor} from './fake-checks.ts';
import {type Reply, status} from './fake-replies.ts';

export * from './fake-replies.ts';

type FakeRequest = {
	readonly number: number;
	readonly headers: http.IncomingHttpHeaders;
	readonly body: CheckedBody;
	/** The body as it was sent. */
	readonly text: string;
	readonly at: number;
};

/** A reply, or a function that makes one for the request at hand. */
export type Scripted = Reply | ((request: FakeRequest) => Reply);

export type FakeAnthropic = AsyncDisposable & {
	readonly url: string;
	/** The credential that every request must carry, and that no body may hold. */
	readonly key: string;
	/** Every request to /v1/messages, accepted or not. */
	readonly requests: readonly FakeRequest[];
	/** What was wrong with requests; each was answered with a 400. */
	readonly violations: readonly string[];
	/** Adds to the end of the script. */
	readonly script: (...replies: readonly Scripted[]) => void;
	/** Resolves when so many requests have arrived. */
	readonly received: (count: number) => Promise<void>;
	/** How many requests are answered at this moment. */
	readonly openRequests: () => number;
	/** Throws when a request was refused or came without a reply in the script, and when replies are left over. */
	readonly assertDone: () => void;
	readonly close: () => Promise<void>;
};

export type FakeOptions = {
	/** `compatible` refuses what older gateways refuse, and wants the older version header. */
	readonly profile?: 'anthropic' | 'compatible';
	readonly models?: readonly {readonly id: string; readonly display_name: string; readonly max_input_tokens?: number}[];
	/** Milliseconds between the pieces that `repeat-last` sends. */
	readonly repeatMs?: number;
};

const largestBody = 32 * 1024 * 1024;

async function write(response: http.ServerResponse, piece: string, bytesPerWrite: number | undefined) {
	const bytes = Buffer.from(piece);
	const step = bytesPerWrite ?? Math.max(1, bytes.length);
	for (let at = 0; at < bytes.length && !response.destroyed; at += step) {
		// Flushed one by one, so that the other side sees every boundary.
		await new Promise(resolve => response.write(bytes.subarray(at, at + step), resolve));
	}
}

async function finish(response: http.ServerResponse, ending: Reply['ending'], last: string, repeatMs: number) {
	switch (ending) {
		case 'end': {
			response.end();
			return;
		}

		case 'reset': {
			response.socket?.resetAndDestroy();
			return;
		}

		case 'silence': {
			return;
		}

		case 'repeat-last': {
			const timer = setInterval(() => response.write(last), repeatMs);
			response.on('close', () => clearInterval(timer));
			return;
		}

		default: {
			ending satisfies never;
		}
	}
}

async function readText(request: http.IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
	}

	return Buffer.concat(chunks).toString('utf8');
}

/**
 * A real server on 127.0.0.1 that speaks the streaming Messages API from a script, and refuses whatever the real service would refuse. A
 * process under test reaches it with ANTHROPIC_BASE_URL=url, ANTHROPIC_API_KEY=key and KIRO_TUI_PROFILE=anthropic.
 */
export async function startFakeAnthropic(script: readonly Scripted[] = [], options: FakeOptions = {}): Promise<FakeAnthropic> {
	const {
		profile = 'anthropic',
		repeatMs = 5,
		models = [{id: 'claude-sonnet-5-5', display_name: 'Claude Sonnet 5.5', max_input_tokens: 1_000_000}],
	} = options;
	const key = `sk-canary-${Math.random().toString(36).slice(2)}`;
	const replies = [...script];
	const requests: FakeRequest[] = [];
	const accepted: CheckedBody[] = [];
	const violations: string[] = [];
	const waiters: {count: number; resolve: () => void}[] = [];
	let open = 0;

	const nextReply = (request: FakeRequest): Reply => {
		const scripted = replies[0];
		if (scripted === undefined) {
			violations.push(`request ${request.number}: there is no reply left in the script`);
			return status(400, 'invalid_request_error', 'the script has ended');
		}

		const reply = typeof scripted === 'function' ? scripted(request) : scripted;
		if (reply.isForever !== true) {
			replies.shift();
		}

		return reply;
	};

	const headerProblems = (headers: http.IncomingHttpHeaders) => {
		const credential = headers.authorization ?? '';
		const version = profile === 'compatible' ? '2023-06-01' : '2026-10-21';
		return [
			...(credential === `Bearer ${key}` || credential === 'Bearer local' ? [] : ['authorization: wrong or missing']),
			...(headers['anthropic-version'] === version ? [] : [`anthropic-version: ${headers['anthropic-version']} is not ${version}`]),
			...(profile === 'compatible' && headers['x-api-key'] === undefined ? ['x-api-key: missing'] : []),
		];
	};

	const judge = (request: FakeRequest): Reply => {
		if (Buffer.byteLength(request.text) > largestBody) {
			return status(413, 'request_too_large', 'Request exceeds the maximum size');
		}

		const problems = [...headerProblems(request.headers), ...checkRequest({body: request.body, earlier: accepted, canary: key, profile})];
		if (problems.length > 0) {
			violations.push(...problems.map(problem => `request ${request.number}: ${problem}`));
			return status(400, 'invalid_request_error', problems.join('; '));
		}

		return nextReply(request);
	};

	const answer = async (incoming: http.IncomingMessage, response: http.ServerResponse) => {
		const sent = await readText(incoming);
		const request: FakeRequest = {
			number: requests.length + 1,
			headers: incoming.headers,
			body: JSON.parse(sent) as CheckedBody,
			text: sent,
			at: Date.now(),
		};
		requests.push(request);
		const reply = judge(request);
		const pieces = reply.pieces({number: request.number, body: request.body, usage: usageFor(request.body, accepted)});
		accepted.push(request.body);
		for (const waiter of waiters.filter(({count}) => count <= requests.length)) {
			waiter.resolve();
		}

		if (reply.isMute === true) {
			return;
		}

		response.writeHead(reply.status, {'request-id': `req_${request.number}`, ...reply.headers});
		response.flushHeaders();
		for (const piece of pieces) {
			await write(response, piece, reply.bytesPerWrite);
		}

		await finish(response, reply.ending, pieces.at(-1) ?? '', repeatMs);
	};

	const server = http.createServer((incoming, response) => {
		const {pathname} = new URL(incoming.url ?? '/', 'http://fake');
		if (incoming.method === 'POST' && pathname === '/v1/messages') {
			open += 1;
			response.on('close', () => {
				open -= 1;
			});
			answer(incoming, response).catch(error => {
				violations.push(`the fake itself failed: ${error}`);
				response.destroy();
			});
			return;
		}

		const found = incoming.method === 'GET' && pathname === '/v1/models';
		response.writeHead(found ? 200 : 404, {'content-type': 'application/json'});
		response.end(
			JSON.stringify(found ? {data: models, has_more: false} : {type: 'error', error: {type: 'not_found_error', message: pathname}}),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const close = async () => {
		server.closeAllConnections();
		if (server.listening) {
			server.close();
			await once(server, 'close');
		}
	};

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		key,
		requests,
		violations,
		script: (...more) => {
			replies.push(...more);
		},
		received: count =>
			new Promise(resolve => {
				waiters.push({count, resolve});
				if (requests.length >= count) {
					resolve();
				}
			}),
		openRequests: () => open,
		assertDone() {
			const left = replies.filter(reply => typeof reply === 'function' || reply.isForever !== true).length;
			const problems = [...violations, ...(left > 0 ? [`${left} replies of the script were never asked for`] : [])];
			if (problems.length > 0) {
				throw new Error(problems.join('\n'));
			}
		},
		close,
		[Symbol.asyncDispose]: close,
	};
}
