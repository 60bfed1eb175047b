const {expect} = require('chai');
const sinon = require('sinon');
const add = require('../src/add.js');

describe('outer > odd', () => {
	describe('inner', () => {
		it('nested [2.1]', () => expect({a: 1, b: [1]}).to.deep.equal({a: 1, b: [2]}));
		it('regex (a|b)* $1? \\d+ [2.2]', () => {});
		it('ünïcödé 日本語 🎉', () => {});
	});
});
describe('hooked', () => {
	beforeEach(() => {
		expect('the database').to.equal('up');
	});
	it('fails before its body', () => {});
	it('does not come to its turn', () => {});
});
describe('hooked later', () => {
	before(async () => {
		await new Promise(resolve => setTimeout(resolve, 1));
		throw new Error('no database');
	});
	it('fails before its body too', () => {});
});
describe('hooked at its end', () => {
	after(() => {
		throw new Error('cannot clean up');
	});
	it('passes before it', () => {});
});
it('a spy that was not called', () => sinon.assert.calledOnce(sinon.spy()));
it('a missing export', () => add.missing());
it('is not written yet', () => {
	throw new Error('not implemented');
});
it('times out', () => new Promise(() => {})).timeout(20);
it('a text is thrown', () => {
	throw 'just text';
});
it('fails after it passed', done => {
	done();
	done();
});
it('rejects', async () => {
	await new Promise(resolve => setTimeout(resolve, 1));
	expect(1).to.equal(2);
});
it('prints much', () => {
	for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
});
