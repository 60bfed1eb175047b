import {existsSync} from 'node:fs';
import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCases} from './case.ts';
import {runHiddenTests} from './hidden-tests.ts';
import {makeScratch, missingPrograms} from './scratch.ts';

const cases = await readCases();

describe.each(cases)('the case $name', evalCase => {
	const missing = missingPrograms(evalCase);

	test.skipIf(missing.length > 0)(
		`has hidden tests that its idea needs and its solution passes${missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} is not installed)`}`,
		async () => {
			const before = await makeScratch(evalCase);
			const after = await makeScratch(evalCase);
			try {
				const without = await runHiddenTests(evalCase, before);
				expect(without.passed).toBeLessThan(Math.max(without.total, 1));
				await cp(join(evalCase.folder, 'solution'), after.root, {recursive: true});
				const solved = await runHiddenTests(evalCase, after);
				expect(solved).toMatchObject({failed: []});
				expect(solved.problem).toBeUndefined();
				expect(solved.total).toBeGreaterThan(3);
			} finally {
				await Promise.all([before.remove(), after.remove()]);
			}
		},
		120_000,
	);

	test('changes by hand only what is there', () => {
		for (const edit of evalCase.edits) {
			expect('criterion' in edit || existsSync(join(evalCase.folder, 'project', edit.file))).toBe(true);
		}
	});
});
