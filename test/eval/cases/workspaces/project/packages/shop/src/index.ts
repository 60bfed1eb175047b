export {type Cart, type Line, addTo, cartTotal, emptyCart} from './cart.ts';
export {printCart} from './print-cart.ts';
