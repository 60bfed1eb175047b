import test from 'tape';
import {add} from '../src/add.js';

test('[1.1] adds two numbers', t => {
	t.equal(add(1, 2), 3);
	t.ok(true, 'and is true');
	t.end();
});
test('[1.2] adds negatives', t => {
	t.equal(add(1, -2), 1, 'the sum');
	t.deepEqual({a: [1]}, {a: [2]});
	t.end();
});
test('regex (a|b)* $1? \\d+ [2.2]', t => t.end());
test('ünïcödé 日本語 🎉 # not a directive', t => {
	t.pass('fine');
	t.end();
});
test('same name', t => {
	t.pass();
	t.end();
});
test('same name', t => {
	t.pass();
	t.end();
});
test('outer', t => {
	t.test('inner', s => {
		s.equal('a', 'b');
		s.end();
	});
	t.end();
});
test.skip('later', t => t.fail());
test('one day', {todo: true}, t => {
	t.fail('not yet');
	t.end();
});
test('times out', {timeout: 20}, () => {});
test('an error', t => {
	t.error(new Error('no database'));
	t.end();
});
test('prints much', t => {
	for (let line = 0; line < 300; line++) console.log(`line ${line} of a test that prints much`);
	t.pass();
	t.end();
});
