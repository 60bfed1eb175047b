import {ModelError} from '../model.ts';
import {type Fields, fieldsOf, isFields, textOf} from './json-fields.ts';
import {errorFromStatus} from './service-error.ts';

export type FailureContext = {
	readonly now: number;
	/** Who the request went to, for the messages. */
	readonly host: string;
	readonly headerTimeoutMs: number;
	/** The key, which some gateways repeat in their refusals. */
	readonly secret: string | undefined;
};

/** The texts, names and codes of an error and of what caused it. */
function traitsOf(error: unknown): string {
	const traits: string[] = [];
	for (let at: unknown = error; at instanceof Error && traits.length < 30; at = at.cause) {
		traits.push(at.name, at.message, textOf(fieldsOf(at as unknown).code));
	}

	return traits.join(' ');
}

type Pattern = {readonly test: RegExp; readonly make: (context: FailureContext, cause: unknown) => ModelError};

// The SDK wraps undici, which calls a cut stream `terminated`: only the chain of causes tells what happened. The first match counts.
const patterns: readonly Pattern[] = [
	{
		test: /redirect/i,
		make: ({host}, cause) =>
			new ModelError('redirected', `A redirect of ${host} to another address is not followed`, {
				nextStep: 'Set ANTHROPIC_BASE_URL to the address of the model service itself',
				cause,
			}),
	},
	{
		test: /APIConnectionTimeoutError|UND_ERR_HEADERS_TIMEOUT/,
		make: ({host, headerTimeoutMs}, cause) =>
			new ModelError('unavailable', `No answer from ${host} within ${Math.round(headerTimeoutMs / 1000)} s`, {
				nextStep: 'Send the message again, or raise KIRO_TUI_HEADER_TIMEOUT_MS for a slow local model',
				cause,
			}),
	},
	{
		test: /CERT|SSL|TLS|self.signed/,
		make: ({host}, cause) =>
			new ModelError('redirected', `The connection to ${host} is not safe: its certificate cannot be trusted`, {
				nextStep: 'Check the address; behind a company proxy set NODE_EXTRA_CA_CERTS to its certificate',
				cause,
			}),
	},
	{
		test: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ECONNABORTED|EADDRNOTAVAIL/,
		make: ({host}, cause) =>
			new ModelError('unreachable', `There is no connection to ${host}`, {
				nextStep: 'Check the network, and that the server runs if it is a local one',
				cause,
			}),
	},
	{
		test: /Could not resolve authentication/,
		make: (_, cause) =>
			new ModelError('no-key', 'There is no key for the model service', {nextStep: 'Set ANTHROPIC_API_KEY and start again', cause}),
	},
	{
		test: /\bprofile\b|WorkloadIdentity|credentials file|config file/i,
		make: (_, cause) =>
			new ModelError('auth', 'The stored login of the model service cannot be used', {
				nextStep: 'Log in again, or set ANTHROPIC_API_KEY',
				cause,
			}),
	},
	{
		test: /terminated|ECONNRESET|EPIPE|UND_ERR|APIConnectionError|fetch failed|other side closed|Attempted to iterate over a response/,
		make: (_, cause) =>
			new ModelError('broken-off', 'The answer broke off: the connection was cut', {nextStep: 'Send the message again', cause}),
	},
];

function statusOf(error: unknown): {readonly status: number; readonly error: Fields; readonly headers: Headers | undefined} | undefined {
	if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') {
		return undefined;
	}

	const body = fieldsOf('error' in error ? error.error : undefined);
	return {
		status: error.status,
		error: isFields(body.error) ? body.error : body,
		headers: 'headers' in error && error.headers instanceof Headers ? error.headers : undefined,
	};
}

/** The same error when nothing in it holds the key; else one without the key, and without its cause. */
function withoutSecret(error: ModelError, secret: string | undefined): ModelError {
	if (secret === undefined || !traitsOf(error).includes(secret)) {
		return error;
	}

	const {kind, message, nextStep} = error;
	return new ModelError(kind, message.replaceAll(secret, '[key]'), {nextStep});
}

function explain(error: unknown, context: FailureContext): ModelError | undefined {
	if (error instanceof ModelError) {
		return error;
	}

	const refused = statusOf(error);
	if (refused !== undefined) {
		return errorFromStatus(refused, {now: context.now, cause: error});
	}

	const traits = traitsOf(error);
	return patterns.find(({test}) => test.test(traits))?.make(context, error);
}

/** Says in plain words why a request failed. What it does not know is a mistake of ours and comes back as it is. */
export function explainFailure(error: unknown, context: FailureContext): unknown {
	const explained = explain(error, context);
	return explained === undefined ? error : withoutSecret(explained, context.secret);
}
