import {basename} from 'node:path';
import {fieldMeant, isRemark} from './other-names.ts';

/** What is looked at of a field's JSON Schema. */
type Field = {readonly type?: unknown; readonly enum?: unknown; readonly items?: {readonly required?: unknown}};

type InputSchema = Readonly<Record<string, unknown>>;

type Named = readonly [name: string, value: unknown];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedArray(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : text;
	} catch {
		return text;
	}
}

/** A list written as text is the list; of an entry with one field that must be there, that field alone is the entry. */
function listMeant(value: unknown, {items}: Field): unknown {
	const list = typeof value === 'string' ? parsedArray(value) : value;
	const [field, ...more] = Array.isArray(items?.required) ? items.required : [];
	return Array.isArray(list) && typeof field === 'string' && more.length === 0
		? list.map((entry: unknown) => (typeof entry === 'string' ? {[field]: entry} : entry))
		: list;
}

/** Words of a command that mean the same in one line, whatever the shell. */
const plainWord = /^[\w./:=@,+-]+$/;

function textMeant(name: string, value: unknown, field: Field): unknown {
	if (Array.isArray(value) && value.every(part => typeof part === 'string')) {
		return value.length === 1 || (name === 'command' && value.length > 1 && value.every(part => plainWord.test(part)))
			? value.join(' ')
			: value;
	}

	const short = typeof value === 'string' ? basename(value, '.md').toLowerCase() : undefined;
	return Array.isArray(field.enum) && short !== undefined && field.enum.includes(short) ? short : value;
}

function valueMeant(name: string, value: unknown, field: Field): unknown {
	switch (field.type) {
		case 'integer': {
			return typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
		}

		case 'boolean': {
			return value === 'true' || value === 'false' ? value === 'true' : value;
		}

		case 'array': {
			return listMeant(value, field);
		}

		case 'string': {
			return textMeant(name, value, field);
		}

		default: {
			return value;
		}
	}
}

/**
 * The input with its fields under the names of this schema. A field that must be there is known by what other programs call it; any other by
 * its own name in other letters alone, since `timeout` may count in another unit. What is told twice keeps its name and is refused.
 */
function renamed(entries: readonly Named[], fields: readonly string[], required: readonly string[]): readonly Named[] {
	const taken = new Set(entries.map(([name]) => name));
	return entries.map(([key, value]): Named => {
		const absent = fields.filter(name => !taken.has(name));
		const spelt = absent.find(name => name.replaceAll('_', '') === key.replaceAll(/[_-]/g, '').toLowerCase());
		const name = fields.includes(key)
			? key
			: (spelt ??
				fieldMeant(
					key,
					absent.filter(candidate => required.includes(candidate)),
				) ??
				key);
		taken.add(name);
		return [name, value];
	});
}

/**
 * The input as it is meant, where only one thing can be: fields by other names, a number or a list as text, an optional field without a value,
 * and what says nothing to this tool. To refuse any of it would cost a request. Anything but an object comes back as it is.
 */
export function mendInput(raw: unknown, {properties, required}: InputSchema): unknown {
	if (!isRecord(raw) || !isRecord(properties)) {
		return raw;
	}

	const fields = Object.keys(properties);
	const needed = Array.isArray(required) ? required.filter(name => typeof name === 'string') : [];
	const isEmpty = ([key, value]: Named) =>
		fields.includes(key) ? value === null && !needed.includes(key) : value === null || value === false || isRemark(key);
	const named = renamed(
		Object.entries(raw).filter(entry => !isEmpty(entry)),
		fields,
		needed,
	);
	return Object.fromEntries(
		named.map(([name, value]) => {
			const field = properties[name];
			return [name, isRecord(field) ? valueMeant(name, value, field) : value];
		}),
	);
}
