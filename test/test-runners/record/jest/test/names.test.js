const assert = require('node:assert');
const add = require('../src/add.js');

describe('outer > odd', () => {
	describe('inner', () => {
		test('nested [2.1]', () => expect({a: 1, b: [1]}).toEqual({a: 1, b: [2]}));
		test('regex (a|b)* $1? \\d+ [2.2]', () => {});
		test('ünïcödé 日本語 🎉', () => {});
	});
});
describe('hooked', () => {
	beforeEach(() => {
		expect('the database').toBe('up');
	});
	test('fails before its body', () => {});
});
describe('hooked later', () => {
	beforeAll(async () => {
		await new Promise(resolve => setTimeout(resolve, 1));
		throw new Error('no database');
	});
	test('fails before its body too', () => {});
});
test('node assert', () => assert.equal(1 + 1, 3));
test('a missing export', () => (0, add.missing)());
test('is not written yet', () => {
	throw new Error('not implemented');
});
test('times out', () => new Promise(() => {}), 20);
test('prints much', () => {
	for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
});
