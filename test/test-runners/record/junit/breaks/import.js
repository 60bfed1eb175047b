require('../src/gone.js');
