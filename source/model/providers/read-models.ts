import type {OfferedModel} from '../model.ts';
import {fieldsOf, numberOf, textOf} from './json-fields.ts';

/**
 * The models in an answer of `GET /v1/models`: Anthropic's list, or the `{data: [{id}]}` that local servers give, or Ollama's
 * `{models: [{name}]}` of `GET /api/tags`. Anything else is an empty list.
 */
export function readModels(page: unknown): readonly OfferedModel[] {
	const {data, models} = fieldsOf(page);
	const rows: readonly unknown[] = Array.isArray(data) ? data : Array.isArray(models) ? models : [];
	return rows.flatMap(row => {
		const fields = fieldsOf(row);
		const id = textOf(fields.id) || textOf(fields.name);
		const contextTokens = numberOf(fields.max_input_tokens);
		return id === '' ? [] : [{id, name: textOf(fields.display_name) || id, ...(contextTokens !== undefined && {contextTokens})}];
	});
}
