const {add} = require('../src/add.js');

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
