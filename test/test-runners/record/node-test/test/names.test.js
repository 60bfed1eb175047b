import {beforeEach, describe, it, test} from 'node:test';
import assert from 'node:assert/strict';

describe('outer > odd', () => {
	describe('inner', () => {
		it('nested [2.1]', () => assert.deepEqual({a: 1, b: [1]}, {a: 1, b: [2]}));
		it('regex (a|b)* $1? \\d+ [2.2]', () => {});
		it('ünïcödé 日本語 🎉', () => {});
	});
});
describe('hooked', () => {
	beforeEach(() => assert.equal('the database', 'up'));
	it('fails before its body', () => {});
});
test('imports what is not there', () => import('../src/never.js'));
test('is not written yet', () => {
	throw new Error('not implemented');
});
test('prints much', () => {
	for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
});
