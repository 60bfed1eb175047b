it('never runs', () => {
