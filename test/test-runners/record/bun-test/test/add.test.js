import assert from 'node:assert/strict';
import {beforeAll, beforeEach, describe, expect, test} from 'bun:test';
import {add} from '../src/add';

describe('add', () => {
	test('[1.1] adds two numbers', () => {
		expect(add(1, 2)).toBe(3);
	});
	test('[1.2] adds negatives', () => {
		expect(add(1, -2)).toBe(1);
	});
	test('throws inside', () => {
		null.foo;
	});
	test.each([1, 1])('twice', () => {});
	test.skip('later', () => {});
	test.todo('one day');
});
describe('outer > odd', () => {
	describe('inner', () => {
		test('nested [2.1]', () => expect({a: 1, b: [1]}).toEqual({a: 1, b: [2]}));
		test('regex (a|b)* $1? \\d+ [2.2]', () => {});
		test('ünïcödé 日本語 🎉', () => {});
	});
});
describe('hooked', () => {
	beforeEach(() => {
		throw new Error('no database');
	});
	test('fails before its body', () => {});
});
describe('hooked later', () => {
	beforeAll(() => {
		throw new Error('no database at all');
	});
	test('fails before its body too', () => {});
});
test('node assert', () => assert.equal(1 + 1, 3));
test('is not written yet', () => {
	throw new Error('not implemented');
});
test('times out', () => new Promise(() => {}), 20);
test('rejects', async () => {
	await new Promise(resolve => setTimeout(resolve, 1));
	expect(1).toBe(2);
});
test('prints', () => {
	console.log('a line of a test');
	console.log('error: not one of the runner');
});
