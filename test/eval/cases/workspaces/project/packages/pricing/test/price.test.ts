import assert from 'node:assert/strict';
import {test} from 'node:test';
import {priceOf, totalOf} from '../src/index.ts';

test('tax is inside the price', () => {
	assert.deepEqual(priceOf(1190, 1, 19), {gross: 1190, tax: 190});
});

test('adds up', () => {
	assert.deepEqual(totalOf([priceOf(107, 2, 7), priceOf(119, 1, 19)]), {gross: 333, tax: 33});
});
