import '../src/gone.js';
