import {expect, test} from 'vitest';
import {filesNamedIn} from '../../source/session/shown-files.ts';

const files = ['src/a.js', 'app/[id]/page.tsx', 'app/(shop)/page.tsx', 'Makefile', 'docs/end.'];

test.each([
	['In `src/a.js`, not src/b.js.', ['src/a.js']],
	['(see ./src/a.js)', ['src/a.js']],
	['Is it app/[id]/page.tsx? Or `app/(shop)/page.tsx`:', ['app/[id]/page.tsx', 'app/(shop)/page.tsx']],
	['docs/end. and "Makefile"!', ['docs/end.', 'Makefile']],
	['src/a.js twice, src/a.js', ['src/a.js']],
	['lib/src/a.js and src/a.json', []],
])('the files named in %j', (text, named) => {
	expect(filesNamedIn(text, files)).toEqual(named);
});
