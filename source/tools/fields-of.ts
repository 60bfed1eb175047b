import type {ToolDefinition} from '../protocol/tool.ts';

/** The names in a JSON Schema's `properties`. */
export function fieldNames({inputSchema}: Pick<ToolDefinition, 'inputSchema'>): readonly string[] {
	const {properties} = inputSchema;
	return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

/** What a tool takes, in words for the model: `path, offset (optional)`. */
export function fieldsOf(tool: Pick<ToolDefinition, 'inputSchema'>): string {
	const {required} = tool.inputSchema;
	const needed = new Set(Array.isArray(required) ? required : []);
	return fieldNames(tool)
		.map(name => (needed.has(name) ? name : `${name} (optional)`))
		.join(', ');
}
