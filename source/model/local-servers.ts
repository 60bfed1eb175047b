import {readModels} from './providers/read-models.ts';

export type LocalServer = {readonly name: string; readonly baseUrl: string; readonly models: readonly string[]};

export type LocalPort = {readonly name: string; readonly port: number; readonly path: string};

/** Local servers that speak the Messages API, at their usual ports, and where each lists its models (model.md, providers). */
const knownPorts: readonly LocalPort[] = [
	{name: 'Ollama', port: 11434, path: '/api/tags'},
	{name: 'LM Studio', port: 1234, path: '/v1/models'},
	{name: 'llama.cpp', port: 8080, path: '/v1/models'},
	{name: 'vLLM', port: 8000, path: '/v1/models'},
];

async function ask({name, port, path}: LocalPort, timeoutMs: number, signal: AbortSignal): Promise<readonly LocalServer[]> {
	const baseUrl = `http://127.0.0.1:${port}`;
	try {
		const response = await fetch(baseUrl + path, {redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])});
		const models = response.ok ? readModels(await response.json()).map(({id}) => id) : [];
		return models.length > 0 ? [{name, baseUrl, models}] : [];
	} catch {
		// Nobody there, or something else: both mean that there is no such server.
		return [];
	}
}

/**
 * Looks for model servers on this machine: one GET for each known port, no redirects, and nothing of the project is sent. A server that
 * listens answers within a few milliseconds, so the whole look takes 250 ms at most.
 */
export async function findLocalServers(
	signal: AbortSignal,
	{ports = knownPorts, timeoutMs = 250}: {readonly ports?: readonly LocalPort[]; readonly timeoutMs?: number} = {},
): Promise<readonly LocalServer[]> {
	const found = await Promise.all(ports.map(port => ask(port, timeoutMs, signal)));
	return found.flat();
}
