export {type Price, priceOf, totalOf} from './price.ts';
export {discounted, checkVoucher, type Voucher} from "./voucher.ts";
