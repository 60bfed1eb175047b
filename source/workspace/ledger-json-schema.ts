import {z} from 'zod';
import {ledgerEntrySchema} from './ledger-schema.ts';

/** The JSON Schema of one line of `ledger.jsonl`, as the package brings it in `schemas/ledger.schema.json`. */
export function ledgerJsonSchema(): string {
	// Of what is read: keys that are not known are left for a newer version to know.
	const schema = z.toJSONSchema(ledgerEntrySchema, {io: 'input', target: 'draft-2020-12'});
	const whole = {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'A line of .kiro/specs/<name>/ledger.jsonl',
		...schema,
	};
	return `${JSON.stringify(whole, undefined, '\t')}\n`;
}
