const {gone} = require('../src/gone.js');
test('never runs', () => gone());
