import {z} from 'zod';
import type {Action} from '../protocol/permission.ts';
import type {Parsed, Tool, ToolContext, ToolOutcome} from '../protocol/tool.ts';

export type ToolParts<Input> = {
	readonly name: string;
	readonly description: string;
	readonly schema: z.ZodType<Input> & {readonly shape: Readonly<Record<string, z.ZodType>>};
	readonly action: (input: Input) => Action;
	readonly title: (input: Input) => string;
	readonly run: (input: Input, context: ToolContext) => Promise<ToolOutcome>;
};

/** A text from the model; NUL is refused, because no path, command or document holds one honestly. */
export function text(description: string) {
	return z
		.string()
		.refine(value => !value.includes('\0'), {message: 'holds a NUL character'})
		.describe(description);
}

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

function sentence(raw: unknown, issue: z.core.$ZodIssue): string {
	const name = nameOf(issue.path);
	if (issue.code === 'unrecognized_keys') {
		return `${issue.keys.map(key => JSON.stringify(key)).join(', ')} ${issue.keys.length === 1 ? 'is' : 'are'} not known here`;
	}

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

/** Makes a tool of its schema: strict parsing with sentences a model can act on, and the JSON Schema it is told. */
export function defineTool<Input>({name, description, schema, action, title, run}: ToolParts<Input>): Tool {
	const {$schema: _, ...inputSchema} = z.toJSONSchema(schema, {io: 'input'});
	const fields = Object.entries(schema.shape).map(([key, field]) => (field.safeParse(undefined).success ? `${key} (optional)` : key));
	return {
		name,
		description,
		inputSchema,
		parse(raw): Parsed<unknown> {
			const parsed = schema.safeParse(raw);
			return parsed.success
				? {ok: true, input: parsed.data}
				: {ok: false, message: `${parsed.error.issues.map(issue => sentence(raw, issue)).join('; ')}. It takes: ${fields.join(', ')}.`};
		},
		// A list of tools holds many kinds of input; each parses again what it is handed, so that none needs a cast.
		action: input => action(schema.parse(input)),
		title: input => title(schema.parse(input)),
		run: (input, context) => run(schema.parse(input), context),
	};
}
