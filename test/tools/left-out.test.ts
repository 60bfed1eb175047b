import {expect, test} from 'vitest';
import {explainLeftOut} from '../../source/tools/left-out.ts';

test.each([
	'// ... existing code ...',
	'	// …rest of the file unchanged',
	'# ... (rest of the code remains the same)',
	'# remaining methods unchanged',
	'/* ... other functions ... */',
	'<!-- rest of the document unchanged -->',
	'{/* existing content ... */}',
	'[... unchanged ...]',
	'(rest of the file as before)',
	'-- Other tests stay the same',
])('a line that stands for others is seen: %s', line => {
	expect(explainLeftOut('', `one\n${line}\n`, 'content')).toContain(`Line 2 of content, ${JSON.stringify(line.trim())}, stands for lines`);
});

test.each([
	'	...rest,',
	'const {a, ...existing} = previous;',
	'f(...other)',
	'    ...',
	'# The rest is silence',
	'// All other settings stay as they are',
	'// Reads the remaining lines',
	'// the same queue, but here',
	'# Existing behaviour',
	'- [ ] 2. Remaining tests',
	'(existing users keep their list)',
])('a line that means itself is left alone: %s', line => {
	expect(explainLeftOut('', `one\n${line}\n`, 'content')).toBeUndefined();
});

test('a line that stands in the file already may stay', () => {
	expect(explainLeftOut('// ... existing code ...\n', 'x\n  // ... existing code ...\n', 'content')).toBeUndefined();
});
