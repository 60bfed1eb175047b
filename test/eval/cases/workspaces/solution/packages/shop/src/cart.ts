import {type Price, type Voucher, checkVoucher, discounted, priceOf, totalOf} from '../../pricing/src/index.ts';

export type Line = {readonly name: string; readonly unit: number; readonly count: number; readonly rate: number};
export type Cart = {readonly lines: readonly Line[]; readonly voucher?: Voucher};

export const emptyCart: Cart = {lines: []};

/** The cart with a line more; the same article at the same price counts up its line. */
export function addTo(cart: Cart, line: Line): Cart {
	const at = cart.lines.findIndex(({name, unit}) => name === line.name && unit === line.unit);
	if (at === -1) {
		return {...cart, lines: [...cart.lines, line]};
	}

	return {...cart, lines: cart.lines.map((old, i) => (i === at ? {...old, count: old.count + line.count} : old))};
}

export function cartPrices(cart: Cart): Price[] {
	return cart.lines.map(({unit, count, rate}) => priceOf(unit, count, rate));
}
export function withVoucher(cart: Cart, voucher: Voucher): Cart {
	checkVoucher(voucher);
	return {...cart, voucher};
}
export function cartTotal(cart: Cart): Price {
	const prices = cartPrices(cart);
	return totalOf(cart.voucher === undefined ? prices : discounted(prices, cart.voucher));
}
