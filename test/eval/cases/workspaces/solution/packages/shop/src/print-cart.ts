import {totalOf} from '../../pricing/src/index.ts';
import {type Cart, cartPrices, cartTotal} from './cart.ts';

const euros = (cents: number) => (cents / 100).toFixed(2);

/** One line an article and one for the total, without a line break at the end. */
export function printCart(cart: Cart): string {
	const total = cartTotal(cart);
	const off = totalOf(cartPrices(cart)).gross - total.gross;
	return [
		...cart.lines.map(({name, unit, count}) => `${count} x ${name}  ${euros(unit * count)}`),
		...(off > 0 ? [`Voucher  -${euros(off)}`] : []),
		off > 0 && total.gross === 0 ? 'Total  0.00 (free)' : `Total  ${euros(total.gross)} (tax ${euros(total.tax)})`,
	].join('\n');
}
