import t from 'tap';
t.test('never runs', () => {
