import {once} from 'node:events';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {findLocalServers} from '../../source/model/local-servers.ts';

async function serve(respond: (response: http.ServerResponse) => void) {
	const seen: string[] = [];
	const server = http.createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		respond(response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		seen,
		port: (server.address() as AddressInfo).port,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			server.close();
		},
	};
}

test('local servers are found with one GET each; silent, redirecting, broken and absent ones are passed over', async () => {
	await using ollama = await serve(response => response.end(JSON.stringify({models: [{name: 'qwen3-coder'}, {name: 'glm'}]})));
	await using vllm = await serve(response => response.end(JSON.stringify({object: 'list', data: [{id: 'mistral'}]})));
	await using website = await serve(response => response.end('<html>'));
	await using silent = await serve(() => {});
	await using redirecting = await serve(response => response.writeHead(302, {location: `http://127.0.0.1:${vllm.port}/v1/models`}).end());
	const ports = [ollama, vllm, website, silent, redirecting].map(({port}, index) => ({name: `server ${index}`, port, path: '/v1/models'}));
	const all = [...ports, {name: 'absent', port: 1, path: '/'}];
	expect(await findLocalServers(new AbortController().signal, {ports: all, timeoutMs: 1500})).toEqual([
		{name: 'server 0', baseUrl: `http://127.0.0.1:${ollama.port}`, models: ['qwen3-coder', 'glm']},
		{name: 'server 1', baseUrl: `http://127.0.0.1:${vllm.port}`, models: ['mistral']},
	]);
	expect(vllm.seen).toEqual(['GET /v1/models']);
});
