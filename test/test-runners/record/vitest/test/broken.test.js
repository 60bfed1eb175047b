import {test} from 'vitest';
import {gone} from '../src/gone.js';
test('never runs', () => gone());
