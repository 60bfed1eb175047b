export {type Price, priceOf, totalOf} from './price.ts';
