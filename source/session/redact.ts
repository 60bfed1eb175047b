import type {Model, ModelRequest} from '../model/model.ts';
import type {Event} from '../protocol/event.ts';

/** Shorter ones are words that local servers take for a key, and stand everywhere. */
const minSecretLength = 16;
const ownSecrets = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'];

/** Our own keys to the model service, as the environment holds them. */
export function ownSecretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
	return ownSecrets.flatMap(name => {
		const value = env[name]?.trim() ?? '';
		return value.length >= minSecretLength ? [value] : [];
	});
}

/** A text without our own keys. */
export function redactText(text: string, secrets: readonly string[]): string {
	return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '[key]'), text);
}

function redactValue(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') {
		return redactText(value, secrets);
	}

	if (Array.isArray(value)) {
		return value.map(item => redactValue(item, secrets));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item, secrets)]))
		: value;
}

/**
 * Takes our own key out of a fact, wherever a model, a file, a command or a person repeated it: then it reaches no journal, no log, no
 * screen and no later request. The text of a document stays as it is on disk, where its hash was taken.
 */
export function redactEvent(event: Event, secrets: readonly string[]): Event {
	if (secrets.length === 0 || event.type === 'artifact.changed') {
		return event;
	}

	const text = JSON.stringify(event);
	// The shape is kept: only texts inside it change.
	return secrets.some(secret => text.includes(secret)) ? (redactValue(event, secrets) as Event) : event;
}

/** A model that is never sent our own key, whatever a turn has gathered meanwhile. */
export function withoutSecrets(model: Model, secrets: readonly string[]): Model {
	if (secrets.length === 0) {
		return model;
	}

	return {
		...model,
		stream(request, signal) {
			const text = JSON.stringify([request.system, request.pinned, request.messages]);
			const isClean = !secrets.some(secret => text.includes(secret));
			return model.stream(isClean ? request : (redactValue(request, secrets) as ModelRequest), signal);
		},
	};
}
