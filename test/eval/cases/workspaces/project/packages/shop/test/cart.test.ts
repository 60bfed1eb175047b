import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addTo, cartTotal, emptyCart, printCart} from '../src/index.ts';

const tea = {name: 'tea', unit: 535, count: 1, rate: 7};

test('counts up the same article', () => {
	assert.deepEqual(addTo(addTo(emptyCart, tea), tea).lines, [{...tea, count: 2}]);
});

test('adds up a cart', () => {
	assert.deepEqual(cartTotal(addTo(emptyCart, tea)), {gross: 535, tax: 35});
});

test('prints a cart', () => {
	assert.equal(printCart(addTo(emptyCart, tea)), '1 x tea  5.35\nTotal  5.35 (tax 0.35)');
});
