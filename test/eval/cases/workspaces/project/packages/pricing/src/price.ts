/** An amount in cents, with the part of it that is tax. */
export type Price = {readonly gross: number; readonly tax: number};

/** The price of `count` pieces at `unit` cents each, tax of `rate` percent included. Rounds the tax once, half up. */
export function priceOf(unit: number, count: number, rate: number): Price {
	const gross = unit * count;
	return {gross, tax: Math.round((gross * rate) / (100 + rate))};
}

/** The sum of prices. */
export function totalOf(prices: readonly Price[]): Price {
	return prices.reduce((sum, {gross, tax}) => ({gross: sum.gross + gross, tax: sum.tax + tax}), {gross: 0, tax: 0});
}
