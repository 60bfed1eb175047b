import {describe, expect, test, beforeAll} from 'vitest';
import assert from 'node:assert';
import {add, missing} from '../src/add.js';

describe('add', () => {
	test('[1.1] adds two numbers', () => {
		expect(add(1, 2)).toBe(3);
	});
	test('[1.2] adds negatives', () => {
		expect(add(1, -2)).toBe(1);
	});
	test('node assert', () => {
		assert.equal(add(1, 1), 3);
	});
	test('throws inside', () => {
		missing(1);
	});
	test.each([1, 1])('twice', () => {});
	test.skip('later', () => {});
	test.todo('one day');
	test('times out', async () => {
		await new Promise(() => {});
	}, 20);
});
describe('hooks', () => {
	beforeAll(() => {
		throw new Error('no database');
	});
	test('in a suite whose hook fails', () => {});
});
