export {type Cart, type Line, addTo, cartTotal, emptyCart, withVoucher} from './cart.ts';
export {printCart} from './print-cart.ts';
