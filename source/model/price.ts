import {inputTokens, type Usage} from '../protocol/message.ts';
import table from './prices.json' with {type: 'json'};

/** US dollars for a million tokens. What a person's own price leaves out is taken as the input price. */
type Price = {
	readonly input: number;
	readonly output: number;
	readonly cacheRead?: number;
	readonly cacheWrite5m?: number;
	readonly cacheWrite1h?: number;
};

export type Prices = Readonly<Record<string, Price>>;

type Row = Price & {
	readonly models: readonly string[];
	/** The price of the whole request when more tokens than this go in. */
	readonly above?: Price & {readonly tokens: number};
	readonly asOf: string;
	readonly source: string;
};

const rows: readonly Row[] = table.rows;

function priceIn(row: Row, usage: Usage): Price {
	return row.above !== undefined && inputTokens(usage) > row.above.tokens ? row.above : row;
}

/** Model ids may carry a date: `claude-opus-4-5-20251101`. */
function withoutDate(model: string): string {
	return model.replace(/-\d{8}$/, '');
}

function priceOf(usage: Usage, model: string, overrides: Prices | undefined): Price | undefined {
	const own = overrides?.[model] ?? overrides?.[withoutDate(model)];
	if (own !== undefined) {
		return own;
	}

	const row = rows.find(known => known.models.includes(withoutDate(model)));
	return row === undefined ? undefined : priceIn(row, usage);
}

/** What an answer cost in US dollars, by the price table or a person's own prices; undefined when the model's price is not known. */
export function costOf(usage: Usage, model: string, overrides?: Prices): number | undefined {
	const price = priceOf(usage, model, overrides);
	if (price === undefined) {
		return undefined;
	}

	const {input, output, cacheRead = input, cacheWrite5m = input, cacheWrite1h = input} = price;
	const dollars =
		usage.input * input +
		usage.output * output +
		usage.cacheRead * cacheRead +
		usage.cacheWrite5m * cacheWrite5m +
		usage.cacheWrite1h * cacheWrite1h;
	return dollars / 1_000_000;
}
