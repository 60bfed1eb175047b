import {test} from 'bun:test';

test('passes', () => {});
test('ends the program', () => process.exit(3));
test('never runs', () => {});
