import type {Problem} from './problem.ts';
import {parseYaml} from './yaml.ts';

type Inclusion = 'always' | 'fileMatch' | 'manual' | 'auto';

/** One steering file: when it goes to the model, and what it says. */
export type Steering = {
	readonly inclusion: Inclusion;
	/** Globs relative to the workspace root; for *fileMatch* at least one. */
	readonly patterns: readonly string[];
	readonly name?: string;
	readonly description?: string;
	/** The text without the front matter. */
	readonly body: string;
	readonly problems: readonly Problem[];
};

const inclusions: readonly Inclusion[] = ['always', 'fileMatch', 'manual', 'auto'];
const maxFrontMatter = 10_000;

type Split = {readonly kind: 'none'} | {readonly kind: 'open'} | {readonly kind: 'found'; readonly head: string; readonly body: string};

function splitFrontMatter(text: string): Split {
	const start = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text);
	if (start === null) {
		return {kind: 'none'};
	}

	const rest = text.slice(start[0].length);
	const end = /^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|$)/m.exec(rest);
	return end === null || end.index > maxFrontMatter
		? {kind: 'open'}
		: {kind: 'found', head: rest.slice(0, end.index), body: rest.slice(end.index + end[0].length)};
}

/** An unquoted pattern that starts with a star is an alias in YAML and a pattern for whoever wrote it. */
function quoteStars(head: string): string {
	return head.replace(
		/^(\s*(?:-\s+|[\w-]+:\s+))(\*[^#\r\n]*?)([ \t]*)$/gm,
		(_, key: string, value: string, space: string) => `${key}'${value.replaceAll("'", "''")}'${space}`,
	);
}

function texts(value: unknown): readonly string[] {
	const list = Array.isArray(value) ? value : [value];
	return list
		.filter(item => typeof item === 'string')
		.map(item => item.trim())
		.filter(item => item !== '');
}

function always(body: string, line: number, message: string): Steering {
	return {inclusion: 'always', patterns: [], body, problems: [{line, code: 'front-matter', message, severity: 'warning'}]};
}

function fromFields(fields: Readonly<Record<string, unknown>>, body: string): Steering {
	const written = fields.inclusion ?? 'always';
	const inclusion = inclusions.find(known => typeof written === 'string' && known.toLowerCase() === written.trim().toLowerCase());
	if (inclusion === undefined) {
		return always(body, 1, `inclusion is none of ${inclusions.join(', ')}, so the file is always included`);
	}

	const patterns = texts(fields.fileMatchPattern);
	if (inclusion === 'fileMatch' && patterns.length === 0) {
		return always(body, 1, 'inclusion: fileMatch needs a fileMatchPattern, so the file is always included');
	}

	const [name] = texts(fields.name);
	const [description] = texts(fields.description);
	return {
		inclusion,
		patterns,
		...(name !== undefined && {name}),
		...(description !== undefined && {description}),
		body,
		problems: [],
	};
}

/** Reads one steering file (formats.md). Broken front matter is a problem, and the file is included always: a person wrote it to be read. */
export async function parseSteering(text: string): Promise<Steering> {
	const plain = text.replace(/^\uFEFF/, '');
	const split = splitFrontMatter(plain);
	switch (split.kind) {
		case 'none': {
			return {inclusion: 'always', patterns: [], body: plain, problems: []};
		}

		case 'open': {
			return always(plain, 1, 'The front matter is never closed with ---, so the file is always included');
		}

		case 'found': {
			const parsed = await parseYaml(quoteStars(split.head));
			if (!parsed.ok) {
				return always(split.body, parsed.line + 1, 'The front matter is not valid YAML, so the file is always included');
			}

			// The door: what YAML gives is looked at key by key, and only texts are taken.
			const isMap = typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value);
			return isMap || parsed.value === null
				? fromFields({...(parsed.value as Readonly<Record<string, unknown>> | null)}, split.body)
				: always(split.body, 2, 'The front matter holds no keys, so the file is always included');
		}

		default: {
			return split satisfies never;
		}
	}
}
