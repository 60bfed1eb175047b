const {gone} = require('../src/gone.js');
it('never runs', () => gone());
