const assert = require('node:assert/strict');
const add = require('../src/add.js');

describe('add', () => {
	it('[1.1] adds two numbers', () => assert.equal(add.add(1, 2), 3));
	it('[1.2] adds negatives', () => assert.equal(add.add(1, -2), 1));
	it('throws inside', () => null.foo);
	it('is not written yet', () => {
		throw new Error('not implemented');
	});
	it('a missing export', () => (0, add.missing)());
	it('regex (a|b)* $1? \\d+ [2.2]', () => {});
	it('ünïcödé 日本語 🎉 & <odd>', () => {});
	it('same name', () => {});
	it('same name', () => {});
	it.skip('later', () => {});
	it('one day');
	it('times out', done => setTimeout(done, 5000).unref()).timeout(20);
	it('prints much', () => {
		for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
	});
	describe('hooked', () => {
		beforeEach(() => assert.equal('the database', 'up'));
		it('fails before its body', () => {});
	});
});
