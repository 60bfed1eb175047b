import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import {type Parts, partsOfAll, type RequestBody} from '../support/request-parts.ts';

/** What went over the wire in one run, as the server counted it. */
export type Traffic = {
	readonly requests: number;
	readonly inputTokens: number;
	readonly cacheReadTokens: number;
	readonly outputTokens: number;
	/** Of the input from the second answer of each task conversation on: how much was read from the cache, 0 to 1. */
	readonly laterCachedShare: number | undefined;
	readonly parts: Parts;
};

type Usage = {input_tokens?: number; cache_read_input_tokens?: number; cache_creation_input_tokens?: number; output_tokens?: number};

/** The usage of an answer, streamed or whole; the newest number of a stream counts. */
function usageIn(answer: string): Usage {
	const usage: Usage = {};
	for (const [, json = '{}'] of answer.matchAll(/"usage":(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})/g)) {
		Object.assign(usage, JSON.parse(json));
	}

	return usage;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
	}

	return Buffer.concat(chunks);
}

type Seen = {readonly body: RequestBody; readonly usage: Usage};

function trafficOf(seen: readonly Seen[]): Traffic {
	const sum = (of: (one: Seen) => number) => seen.reduce((total, one) => total + of(one), 0);
	const inputOf = ({usage}: Seen) =>
		(usage.input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
	// The first request of a conversation has one message; from the third on the one before it could be read from the cache whole.
	const later = seen.filter(({body}) => body.messages.length >= 5);
	const laterInput = later.reduce((total, one) => total + inputOf(one), 0);
	return {
		requests: seen.length,
		inputTokens: sum(inputOf),
		cacheReadTokens: sum(({usage}) => usage.cache_read_input_tokens ?? 0),
		outputTokens: sum(({usage}) => usage.output_tokens ?? 0),
		laterCachedShare:
			laterInput === 0 ? undefined : later.reduce((total, {usage}) => total + (usage.cache_read_input_tokens ?? 0), 0) / laterInput,
		parts: partsOfAll(seen.map(({body}) => body)),
	};
}

export type Relay = AsyncDisposable & {readonly url: string; readonly traffic: () => Traffic};

/** A loopback server that passes everything on to the model server and counts it: one measure for the program and for the control. */
export async function startRelay(baseUrl: string): Promise<Relay> {
	const target = new URL(baseUrl);
	const seen: Seen[] = [];
	const pass = async (request: IncomingMessage, response: ServerResponse) => {
		const body = await bodyOf(request);
		const path = `${target.pathname.replace(/\/$/, '')}${request.url ?? '/'}`;
		const client = target.protocol === 'https:' ? https : http;
		const onward = client.request(
			{
				protocol: target.protocol,
				hostname: target.hostname,
				port: target.port,
				path,
				method: request.method,
				headers: {...request.headers, host: target.host, 'accept-encoding': 'identity'},
			},
			answer => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () => {
					if (path.endsWith('/messages') && answer.statusCode === 200) {
						seen.push({body: JSON.parse(body.toString()), usage: usageIn(Buffer.concat(chunks).toString())});
					}
				});
				answer.pipe(response);
			},
		);
		onward.on('error', () => response.destroy());
		response.on('close', () => onward.destroy());
		onward.end(body);
	};
	const server = http.createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
	server.requestTimeout = 0;
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		traffic: () => trafficOf(seen),
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}
