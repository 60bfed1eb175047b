import assert from 'node:assert/strict';
import {test} from 'node:test';
import {discounted, priceOf, totalOf} from '../src/index.ts';

const p = (gross: number, tax = 0) => ({gross, tax});

test('percent off each line', () => {
	assert.deepEqual(discounted([p(1190, 190), p(1070, 70)], {percent: 10}), [p(1071, 171), p(963, 63)]);
});
test('percent rounds half up', () => {
	assert.deepEqual(discounted([p(5), p(15)], {percent: 50}).map(x => x.gross), [2, 7]);
});
test('cents in proportion', () => {
	assert.deepEqual(discounted([p(3000), p(1000)], {cents: 400}), [p(2700), p(900)]);
});
test('[trap] the largest remainder gets the cent left over', () => {
	assert.deepEqual(discounted([p(100), p(250), p(650)], {cents: 11}).map(x => x.gross), [99, 247, 643]);
});
test('[trap] the earlier one at a tie', () => {
	assert.deepEqual(discounted([p(100), p(100), p(100)], {cents: 100}).map(x => x.gross), [66, 67, 67]);
});
test('never more than the total', () => {
	assert.deepEqual(totalOf(discounted([p(100, 16), p(50, 8)], {cents: 1000})), p(0, 0));
});
test('[trap] nothing to spread over', () => {
	assert.deepEqual(discounted([], {cents: 100}), []);
	assert.deepEqual(discounted([p(0)], {cents: 100}), [p(0)]);
	assert.deepEqual(discounted([p(0), p(100)], {percent: 100}), [p(0), p(0)]);
});
test('tax keeps its share', () => {
	assert.deepEqual(discounted([priceOf(1190, 1, 19)], {cents: 595}), [p(595, 95)]);
});
for (const voucher of [{percent: -1}, {percent: 101}, {percent: Number.NaN}, {cents: -1}, {cents: 1.5}]) {
	test(`[trap] refuses ${JSON.stringify(voucher)} ${Object.values(voucher)}`, () => {
		assert.throws(() => discounted([p(100)], voucher), RangeError);
	});
}
