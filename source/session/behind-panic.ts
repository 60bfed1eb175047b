import {dirname} from 'node:path';
import {countCollected, countTests, type TestCase, type TestReport} from '../protocol/test-report.ts';
import {testInventory} from '../syntax/index.ts';
import type {ProjectFiles} from '../test-runners/index.ts';

/** Each run may end in a panic of its own. */
const maxRuns = 5;

/** Whether a test ended in a panic of Go, which ends its whole test program. */
export function isPanic({status, failure}: TestCase): boolean {
	return status === 'failed' && failure?.kind === 'error' && failure.message.startsWith('panic: ');
}

/** `example.com/calc/mathx.TestAdd` of `example.com/calc/mathx.TestAdd/negatives [1.2]`. */
function functionOf({id}: Pick<TestCase, 'id'>): string {
	return /^\S*?\.(?:Test|Example|Fuzz)[^/\s]*/.exec(id)?.[0] ?? id;
}

/** The tests of these files that a report lacks, in packages that a panic ended. */
async function behind(report: TestReport, files: readonly string[], read: ProjectFiles['read']): Promise<readonly TestCase[]> {
	const known = new Set(report.tests.map(functionOf));
	const missing: TestCase[] = [];
	for (const file of files) {
		const panicked = report.tests.find(test => isPanic(test) && test.file !== '' && dirname(test.file) === dirname(file));
		const path = panicked === undefined ? undefined : functionOf(panicked).replace(/\.[^.]*$/, '');
		const text = path === undefined ? undefined : await read(file);
		for (const {name} of text === undefined ? [] : testInventory(file, text)) {
			const id = `${path}.${name}`;
			if (/^Test(?!Main$)\w*$/.test(name) && !known.has(id)) {
				missing.push({id, name: id, file, status: 'skipped'});
			}
		}
	}

	return missing;
}

/**
 * A panic ends a test program of Go, and the tests that stand behind it do not run. Runs those of these test files alone, so that each is seen,
 * and gives all in one report.
 */
export async function withTestsBehindPanic(
	first: TestReport,
	files: readonly string[],
	read: ProjectFiles['read'],
	run: (tests: readonly TestCase[]) => Promise<TestReport>,
): Promise<TestReport> {
	let report = first;
	for (let runs = 0; runs < maxRuns; runs++) {
		const missing = await behind(report, files, read);
		if (missing.length === 0) {
			break;
		}

		const again = await run(missing);
		const known = new Set(report.tests.map(test => test.id));
		const more = again.tests.filter(test => !known.has(test.id));
		if (more.length === 0) {
			break;
		}

		const tests = [...report.tests, ...more];
		report = {...report, tests, counts: countTests(tests), collected: countCollected(tests)};
	}

	return report;
}
