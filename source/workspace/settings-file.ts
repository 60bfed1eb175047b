import {readTextFile} from './read-text-file.ts';
import type {Fields, ValuesOf} from './settings-schema.ts';

const maxBytes = 1_000_000;

type SettingsFile<Shape extends Fields> = {readonly values: ValuesOf<Shape>; readonly problems: readonly string[]};

type Parsed = {readonly value: Readonly<Record<string, unknown>>} | {readonly problem: string};

async function parseFile(path: string): Promise<Parsed> {
	const read = await readTextFile(path, {maxBytes});
	if (read.kind === 'missing') {
		return {value: {}};
	}

	if (read.kind !== 'text') {
		return {problem: read.kind === 'not-text' ? read.why : 'it is too large'};
	}

	try {
		const value: unknown = JSON.parse(read.text.replace(/^\uFEFF/, ''));
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? {value: {...value}} : {problem: 'it holds no JSON object'};
	} catch {
		return {problem: 'it is not JSON'};
	}
}

/** Reads a settings file key by key: a wrong or unknown key is told, and the others count. `name` is what a person is told the file is called. */
export async function readSettingsFile<Shape extends Fields>(path: string, name: string, fields: Shape): Promise<SettingsFile<Shape>> {
	const parsed = await parseFile(path);
	if ('problem' in parsed) {
		return {values: {}, problems: [`${name} is not used: ${parsed.problem}`]};
	}

	const values: Record<string, unknown> = {};
	const problems: string[] = [];
	for (const [key, value] of Object.entries(parsed.value)) {
		const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
		const checked = field?.safeParse(value);
		if (checked === undefined) {
			problems.push(`${name}: "${key}" cannot be set here and is ignored`);
		} else if (checked.success) {
			values[key] = checked.data;
		} else {
			const issue = checked.error.issues[0];
			problems.push(`${name}: "${[key, ...(issue?.path ?? [])].join('.')}" is ignored: ${issue?.message ?? 'it is not valid'}`);
		}
	}

	// Every value was checked by the field of its own key just above.
	return {values: values as ValuesOf<Shape>, problems};
}
