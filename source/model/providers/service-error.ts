import {ModelError, type ModelErrorKind} from '../model.ts';
import {type Fields, textOf} from './json-fields.ts';

/** What a service said about its refusal. */
type Said = {readonly type: string; readonly message: string};

type Explained = {readonly kind: ModelErrorKind; readonly message: string; readonly nextStep: string};

const explanations: Readonly<
	Record<'auth' | 'billing' | 'forbidden' | 'too-long' | 'too-large' | 'rate-limit' | 'overloaded' | 'unavailable', Explained>
> = {
	auth: {
		kind: 'auth',
		message: 'The model service does not accept the key',
		nextStep: 'Check ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, or log in again, then start again',
	},
	billing: {
		kind: 'billing',
		message: 'The model service refuses for lack of credit',
		nextStep: 'Look at the billing page of the account that the key belongs to',
	},
	forbidden: {
		kind: 'forbidden',
		message: 'The key is not allowed to use this model or service',
		nextStep: 'Choose another model with /model, or use another key',
	},
	'too-long': {
		kind: 'too-long',
		message: 'The conversation has become longer than the model can read',
		nextStep: 'Begin a new one with /repin: the documents are pinned there too, and what is on disk is kept',
	},
	'too-large': {
		kind: 'too-large',
		message: 'The request is larger than the model service takes',
		nextStep: 'Begin a new conversation with /repin, and keep very large files out of it',
	},
	'rate-limit': {
		kind: 'rate-limit',
		message: 'The model service takes no more requests for now (rate limit)',
		nextStep: 'Send the message again in a while, or choose another model with /model',
	},
	overloaded: {
		kind: 'overloaded',
		message: 'The model service is overloaded',
		nextStep: 'Send the message again in a while, or choose another model with /model',
	},
	unavailable: {
		kind: 'unavailable',
		message: 'The model service has a problem of its own',
		nextStep: 'Send the message again in a while; status.anthropic.com tells of outages at Anthropic',
	},
};

const byStatus: Readonly<Record<number, Explained>> = {
	401: explanations.auth,
	402: explanations.billing,
	403: explanations.forbidden,
	408: explanations.unavailable,
	409: explanations.unavailable,
	413: explanations['too-large'],
	429: explanations['rate-limit'],
	529: explanations.overloaded,
};

// An error in the middle of a stream has no status, only one of these types.
const byType: Readonly<Record<string, Explained>> = {
	authentication_error: explanations.auth,
	billing_error: explanations.billing,
	permission_error: explanations.forbidden,
	request_too_large: explanations['too-large'],
	rate_limit_error: explanations['rate-limit'],
	overloaded_error: explanations.overloaded,
	api_error: explanations.unavailable,
	timeout_error: explanations.unavailable,
};

const saysTooLong =
	/prompt is too long|context (?:window|length|size)|maximum context|too many (?:input )?tokens|exceeds? the (?:available )?context/i;
const saysNoCredit = /credit balance/i;

/** One line, without control characters, short enough for the screen. */
function quoted(text: string): string {
	const line = text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, ' ').trim();
	return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function explainRefusal({message}: Said, status: number | undefined): Explained {
	if (saysTooLong.test(message)) {
		return explanations['too-long'];
	}

	if (saysNoCredit.test(message)) {
		return explanations.billing;
	}

	if (status === 404) {
		return {
			kind: 'not-found',
			message: message === '' ? 'There is no model service at this address' : `The model service does not know this: ${quoted(message)}`,
			nextStep: 'Choose a model with /model, and check ANTHROPIC_BASE_URL if it is set',
		};
	}

	return {
		kind: 'bad-request',
		message:
			message === ''
				? `The model service refused the request (status ${status ?? 'unknown'})`
				: `The model service refused the request: ${quoted(message)}`,
		nextStep: 'Begin a new conversation with /repin; if it happens again there, please report it',
	};
}

function explain(said: Said, status: number | undefined): Explained {
	const known = (status === undefined ? undefined : byStatus[status]) ?? byType[said.type];
	if (known !== undefined) {
		return known;
	}

	return status !== undefined && status >= 500 ? explanations.unavailable : explainRefusal(said, status);
}

/** Milliseconds to wait by `retry-after-ms`, or by `retry-after` in seconds or as a date (RFC 9110, 10.2.3). */
function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
	const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
	if (Number.isFinite(exact)) {
		return Math.max(0, exact);
	}

	const text = headers?.get('retry-after') ?? '';
	const seconds = Number(text === '' ? Number.NaN : text);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The error of a response that is not a success. `body` is its JSON, if it was JSON. */
export function errorFromStatus(
	{status, error, headers}: {readonly status: number; readonly error: Fields; readonly headers: Headers | undefined},
	{now, cause}: {readonly now: number; readonly cause: unknown},
): ModelError {
	const {kind, message, nextStep} = explain({type: textOf(error.type), message: textOf(error.message)}, status);
	const after = retryAfterMs(headers, now);
	return new ModelError(kind, message, {
		nextStep,
		cause,
		...(after !== undefined && {retryAfterMs: after}),
		...(headers?.get('x-should-retry') === 'false' && {shouldRetry: false}),
	});
}

/** The error that a service sends as an event in the middle of its answer. */
export function errorFromEvent(error: Fields): ModelError {
	const {kind, message, nextStep} = explain({type: textOf(error.type), message: textOf(error.message)}, undefined);
	return new ModelError(kind, message, {nextStep});
}
