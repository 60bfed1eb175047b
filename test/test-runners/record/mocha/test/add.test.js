const assert = require('node:assert');
const {add} = require('../src/add.js');

describe('add', () => {
	it('[1.1] adds two numbers', () => {
		assert.equal(add(1, 2), 3);
	});
	it('[1.2] adds negatives', () => {
		assert.equal(add(1, -2), 1);
	});
	it('throws inside', () => {
		null.foo;
	});
	for (const time of [1, 2]) it('twice', () => assert(time));
	it.skip('later', () => {});
	it('one day');
	it('skips itself', function () {
		this.skip();
	});
});
