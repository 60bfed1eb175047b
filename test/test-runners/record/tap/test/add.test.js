import t from 'tap';
import {add} from '../src/add.js';

t.test('[1.1] adds two numbers', t => {
	t.equal(add(1, 2), 3);
	t.end();
});
t.test('[1.2] adds negatives', t => {
	t.equal(add(1, -2), 1, 'the sum');
	t.end();
});
t.test('outer', t => {
	t.test('inner', t => {
		t.match({a: 1}, {a: 2});
		t.end();
	});
	t.test('ünïcödé 日本語 🎉', t => t.end());
	t.test('regex (a|b)* $1? # \\d+ [2.2]', async t => t.pass());
	t.end();
});
t.test('throws inside', () => {
	null.foo;
});
t.test('later', {skip: 'later'}, t => t.end());
t.test('one day', {todo: true}, t => {
	t.fail('not yet');
	t.end();
});
t.test('times out', {timeout: 50}, () => new Promise(resolve => setTimeout(resolve, 5000)));
t.test('same name', async t => t.pass());
t.test('same name', async t => t.pass());
t.test('prints much', async t => {
	for (let line = 0; line < 300; line++) t.comment(`line ${line} of a test that prints much`);
});
