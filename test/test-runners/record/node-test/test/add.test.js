import {describe, it, test, before} from 'node:test';
import assert from 'node:assert/strict';
import {add} from '../src/add.js';

test('top level', () => {});
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
	it('twice', () => {});
	it('twice', () => {});
	it.skip('later', () => {});
	it.todo('one day');
	it('todo that fails', {todo: true}, () => assert.equal(1, 2));
	describe('inner', () => {
		it('deep & <odd> "name"', () => {});
	});
});
describe('hooks', () => {
	before(() => {
		throw new Error('no database');
	});
	it('in a suite whose hook fails', () => {});
});
test('parent with subtests', async t => {
	await t.test('sub passes', () => {});
	await t.test('sub fails', () => assert.ok(false, 'custom message'));
});
