import {test} from 'node:test';
import {missing} from '../src/add.js';
test('never runs', () => missing());
