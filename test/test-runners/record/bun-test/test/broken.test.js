import {test} from 'bun:test';
import {gone} from '../src/gone';

test('never runs', () => gone());
