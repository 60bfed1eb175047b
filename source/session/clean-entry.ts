import type {LedgerEntry} from '../protocol/ledger-entry.ts';
import {ownSecretsIn, redactText} from './redact.ts';
import type {Services} from './services.ts';

type Place = Pick<Services, 'root'> & {readonly options: Pick<Services['options'], 'env' | 'home'>};

function mapTexts(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') {
		return change(value);
	}

	if (Array.isArray(value)) {
		return value.map(each => mapTexts(each, change));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]))
		: value;
}

/** An entry as it may stand in a repository: without our own keys, and without the paths of this machine. */
export function cleanEntry<Entry extends LedgerEntry>({root, options}: Place, entry: Entry): Entry {
	const secrets = ownSecretsIn(options.env);
	const clean = (text: string) =>
		redactText(text, secrets).replaceAll(`${root}/`, '').replaceAll(root, '.').replaceAll(`${options.home}/`, '~/');
	// Only texts were changed.
	return mapTexts(entry, clean) as Entry;
}
