import {type Cart, cartTotal} from './cart.ts';

const euros = (cents: number) => (cents / 100).toFixed(2);

/** One line an article and one for the total, without a line break at the end. */
export function printCart(cart: Cart): string {
	const total = cartTotal(cart);
	return [
		...cart.lines.map(({name, unit, count}) => `${count} x ${name}  ${euros(unit * count)}`),
		`Total  ${euros(total.gross)} (tax ${euros(total.tax)})`,
	].join('\n');
}
