it('passes', () => {});
it('ends the program', () => process.exit(3));
it('never runs', () => {});
