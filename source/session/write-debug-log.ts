import {appendFileSync} from 'node:fs';
import type {Store} from '../protocol/store.ts';

const secretName = /(?:key|token|secret|password|credential)/i;
const minSecretLength = 8;

/** The values that must not be written: those of environment variables whose name speaks of a secret. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
	return Object.entries(env).flatMap(([name, value]) =>
		secretName.test(name) && value !== undefined && value.length >= minSecretLength ? [value] : [],
	);
}

/** Writes every event to a file as one line of JSON, with known secrets taken out; returns how to stop. Synchronous, so a crash loses nothing. */
export function writeDebugLog(store: Store, file: string, secrets: readonly string[]): () => void {
	return store.subscribe(event => {
		const line = secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), JSON.stringify(event));
		appendFileSync(file, `${line}\n`, {mode: 0o600});
	});
}
