import {test} from 'node:test';

test('passes before the file ends', () => {});
test('ends the process', () => process.exit(3));
