import test from 'tape';
test('never runs', () => {
