import type {z} from 'zod';
import {fieldMeant} from './other-names.ts';

const maxKeys = 5;
const maxKeyLength = 60;

function nameOf(path: readonly PropertyKey[]): string {
	return path.length === 0 ? 'the input' : JSON.stringify(path.map(String).join('.'));
}

function isMissing(raw: unknown, path: readonly PropertyKey[]): boolean {
	let at: unknown = raw;
	for (const key of path) {
		at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
	}

	return at === undefined;
}

/** The keys that are not known at the top, each with the absent field that it stands for. */
function renamed(raw: unknown, issues: readonly z.core.$ZodIssue[], fields: readonly string[]): ReadonlyMap<string, string> {
	const absent = fields.filter(field => isMissing(raw, [field]));
	const names = new Map<string, string>();
	for (const key of issues.flatMap(issue => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []))) {
		const field = fieldMeant(
			key,
			absent.filter(name => ![...names.values()].includes(name)),
		);
		if (field !== undefined) {
			names.set(key, field);
		}
	}

	return names;
}

function quoted(keys: readonly string[]): string {
	const shown = keys.slice(0, maxKeys).map(key => JSON.stringify(key.slice(0, maxKeyLength)));
	return [...shown, ...(keys.length > maxKeys ? [`${keys.length - maxKeys} more`] : [])].join(', ');
}

function sentence(raw: unknown, issue: z.core.$ZodIssue): string {
	const name = nameOf(issue.path);
	if (isMissing(raw, issue.path)) {
		return `${name} is missing`;
	}

	switch (issue.code) {
		case 'invalid_type': {
			return `${name} must be of type ${issue.expected}`;
		}

		case 'invalid_value': {
			return `${name} must be one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`;
		}

		case 'too_small': {
			return issue.origin === 'string' ? `${name} must not be empty` : `${name} must not be under ${issue.minimum}`;
		}

		case 'too_big': {
			return `${name} must not be over ${issue.maximum}${issue.origin === 'array' ? ' entries' : ''}`;
		}

		default: {
			return `${name} ${issue.message}`;
		}
	}
}

/** What is wrong with an input, in words for the model; a field under another program's name is told its name here. */
export function explainInput(raw: unknown, issues: readonly z.core.$ZodIssue[], fields: readonly string[]): string {
	const names = renamed(raw, issues, fields);
	const isRenamed = ({path}: z.core.$ZodIssue) => path.length === 1 && [...names.values()].includes(String(path[0]));
	const told = issues.flatMap((issue): readonly string[] => {
		if (issue.code !== 'unrecognized_keys') {
			return isRenamed(issue) ? [] : [sentence(raw, issue)];
		}

		const calls = issue.keys.filter(key => names.has(key)).map(key => `${quoted([key])} is called ${JSON.stringify(names.get(key))} here`);
		const unknown = issue.keys.filter(key => !names.has(key));
		return unknown.length === 0 ? calls : [...calls, `${quoted(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not known here`];
	});
	return told.join('; ');
}
