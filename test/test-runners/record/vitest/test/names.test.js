import {beforeEach, describe, expect, test} from 'vitest';

describe('outer > odd', () => {
	describe('inner', () => {
		test('nested [2.1]', () => expect({a: 1, b: [1]}).toEqual({a: 1, b: [2]}));
		test('regex (a|b)* $1? \\d+ [2.2]', () => {});
		test('ünïcödé 日本語 🎉', () => {});
	});
	describe('twin', () => test('same name', () => {}));
});
describe('hooked', () => {
	beforeEach(() => {
		expect('the database').toBe('up');
	});
	test('fails before its body', () => {});
});
test('prints much', () => {
	for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
});
test('imports what is not there', () => import('../src/never.js'));
test('is not written yet', () => {
	throw new Error('not implemented');
});
