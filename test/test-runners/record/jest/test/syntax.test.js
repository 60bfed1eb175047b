test('never runs', () => {
