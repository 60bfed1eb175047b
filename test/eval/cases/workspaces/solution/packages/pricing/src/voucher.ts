import type {Price} from './price.ts';
export type Voucher = {readonly percent: number} | {readonly cents: number};
export function checkVoucher(voucher: Voucher): void {
	const ok = 'percent' in voucher ? voucher.percent >= 0 && voucher.percent <= 100 : Number.isInteger(voucher.cents) && voucher.cents >= 0;
	if (!ok) throw new RangeError('voucher out of range');
}
function cents(prices: readonly Price[], voucher: Voucher): number[] {
	if ('percent' in voucher) return prices.map(({gross}) => Math.round((gross * voucher.percent) / 100));
	const total = prices.reduce((sum, {gross}) => sum + gross, 0);
	const off = Math.min(voucher.cents, total);
	if (total === 0) return prices.map(() => 0);
	const parts = prices.map(({gross}, i) => ({i, whole: Math.floor((gross * off) / total), rest: (gross * off) % total}));
	let left = off - parts.reduce((sum, {whole}) => sum + whole, 0);
	const result = parts.map(({whole}) => whole);
	for (const {i} of [...parts].sort((a, b) => b.rest - a.rest || a.i - b.i)) { if (left-- > 0) result[i]! += 1; else break; }
	return result;
}
export function discounted(prices: readonly Price[], voucher: Voucher): Price[] {
	checkVoucher(voucher);
	const off = cents(prices, voucher);
	return prices.map(({gross, tax}, i) => {
		const now = gross - off[i]!;
		return {gross: now, tax: gross === 0 ? 0 : Math.round((tax * now) / gross)};
	});
}
