import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addTo, cartTotal, emptyCart, printCart, withVoucher} from '../src/index.ts';

const tea = {name: 'tea', unit: 535, count: 1, rate: 7};
const cart = addTo(emptyCart, tea);

test('takes it off', () => {
	assert.deepEqual(cartTotal(withVoucher(cart, {cents: 107})), {gross: 428, tax: 28});
});
test('replaces an older one', () => {
	assert.equal(cartTotal(withVoucher(withVoucher(cart, {percent: 50}), {cents: 35})).gross, 500);
});
test('[trap] addTo keeps it', () => {
	assert.equal(cartTotal(addTo(withVoucher(cart, {percent: 100}), tea)).gross, 0);
	assert.equal(cartTotal(addTo(withVoucher(emptyCart, {percent: 100}), tea)).gross, 0);
});
test('prints it', () => {
	assert.equal(printCart(withVoucher(cart, {cents: 107})), '1 x tea  5.35\nVoucher  -1.07\nTotal  4.28 (tax 0.28)');
});
test('prints no line for nothing', () => {
	assert.equal(printCart(withVoucher(cart, {cents: 0})), '1 x tea  5.35\nTotal  5.35 (tax 0.35)');
});
test('the cart as it was is not changed', () => {
	withVoucher(cart, {percent: 50});
	assert.equal(cartTotal(cart).gross, 535);
});
test('refuses at once', () => {
	assert.throws(() => withVoucher(cart, {percent: 120}), RangeError);
});
test('[edit] free', () => {
	assert.equal(printCart(withVoucher(cart, {percent: 100})).split('\n').at(-1), 'Total  0.00 (free)');
});
