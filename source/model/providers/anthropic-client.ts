import type {Anthropic} from '@anthropic-ai/sdk';
import type {Credential} from '../credentials.ts';
import type {HostProfile} from '../host-profile.ts';

export type ClientOptions = {
	readonly credential: Credential;
	readonly baseUrl?: string;
	readonly profile: HostProfile;
};

function authOf(credential: Credential) {
	switch (credential.kind) {
		case 'api-key': {
			return {apiKey: credential.secret()};
		}

		case 'auth-token': {
			return {authToken: credential.secret()};
		}

		case 'profile': {
			return {profile: credential.name};
		}

		case 'federation': {
			// Null keeps the SDK from reading a key of the environment; then it finds the federation variables.
			return {apiKey: null, authToken: null};
		}

		case 'local': {
			// The SDK refuses to send without any credential; local servers take every one.
			return {apiKey: 'local'};
		}

		default: {
			return credential satisfies never;
		}
	}
}

/** Hosts that follow the older API know this version, and the key in its own header. */
function compatibleHeaders(credential: Credential) {
	return {
		'anthropic-version': '2023-06-01',
		...(credential.kind === 'api-key' && {'x-api-key': credential.secret()}),
		...(credential.kind === 'local' && {'x-api-key': 'local'}),
	};
}

async function load({credential, baseUrl, profile}: ClientOptions): Promise<Anthropic> {
	const {Anthropic: Client} = await import('@anthropic-ai/sdk');
	return new Client({
		...authOf(credential),
		...(baseUrl !== undefined && {baseURL: baseUrl}),
		...(profile === 'compatible' && {defaultHeaders: compatibleHeaders(credential)}),
		// Its own retries wait as long as `retry-after` says, up to 24 days, without a word.
		maxRetries: 0,
		// A redirect would send the whole conversation to another host.
		fetchOptions: {redirect: 'error'},
		// Its default logger writes to the screen.
		logLevel: 'off',
		openTelemetry: false,
	});
}

/** The SDK's client, made when it is first needed: it takes 200 ms to load, which the first frame must not wait for. */
export function createClient(options: ClientOptions): () => Promise<Anthropic> {
	let client: Promise<Anthropic> | undefined;
	return () => {
		client ??= load(options);
		return client;
	};
}
