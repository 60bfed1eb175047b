import {z} from 'zod';
import type {Action} from '../protocol/permission.ts';
import type {Parsed, Tool, ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {explainInput} from './explain-input.ts';
import {fieldsOf} from './fields-of.ts';
import {mendInput} from './mend-input.ts';

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

/** Makes a tool of its schema: strict parsing with sentences a model can act on, and the JSON Schema it is told. */
export function defineTool<Input>({name, description, schema, action, title, run}: ToolParts<Input>): Tool {
	const {$schema: _, ...inputSchema} = z.toJSONSchema(schema, {
		io: 'input',
		// Each request carries them: limits that a sensible input never meets are told where they are broken.
		override({jsonSchema}) {
			delete jsonSchema.minLength;
			delete jsonSchema.minimum;
			delete jsonSchema.maximum;
		},
	});
	const fields = Object.keys(schema.shape);
	return {
		name,
		description,
		inputSchema,
		parse(raw): Parsed<unknown> {
			const mended = mendInput(raw, inputSchema);
			const parsed = schema.safeParse(mended);
			return parsed.success
				? {ok: true, input: parsed.data}
				: {ok: false, message: `${explainInput(mended, parsed.error.issues, fields)}. It takes: ${fieldsOf({inputSchema})}.`};
		},
		// A list of tools holds many kinds of input; each parses again what it is handed, so that none needs a cast.
		action: input => action(schema.parse(input)),
		title: input => title(schema.parse(input)),
		run: (input, context) => run(schema.parse(input), context),
	};
}
