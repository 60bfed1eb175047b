import test from 'tape';

test('before', t => {
	t.pass();
	t.end();
});
test('throws inside', () => {
	null.foo;
});
test('never reached', t => t.end());
