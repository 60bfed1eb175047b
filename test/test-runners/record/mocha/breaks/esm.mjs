import {gone} from '../src/gone.js';
it('never runs', () => gone());
