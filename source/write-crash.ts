import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {printable} from './protocol/printable.ts';
import {ownSecretsIn, redactText} from './session/redact.ts';

export type Crash = {
	/** Where the trace goes: the user's state directory. */
	readonly folder: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly version: string;
	readonly nodeVersion: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
};

/** Tells an error that nobody expected: one sentence on standard error, the whole trace in a file, and no key in either. Synchronous. */
export function writeCrash(error: unknown, {folder, env, version, nodeVersion, at}: Crash): void {
	const trace = redactText(error instanceof Error ? (error.stack ?? error.message) : String(error), ownSecretsIn(env));
	const file = join(folder, `crash-${at}.log`);
	let place = `. The trace is in ${file}`;
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		writeFileSync(file, `kiro-tui ${version}, Node ${nodeVersion}\n${trace}\n`, {mode: 0o600});
	} catch {
		place = `: ${trace}`;
	}

	process.stderr.write(
		`kiro-tui stopped on an error of its own${printable(place)}\nYour files and conversations are kept; go on with: kiro-tui -c\n`,
	);
}
