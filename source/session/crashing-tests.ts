import type {TestCase} from '../protocol/test-report.ts';
import {changedLines} from '../spec/changed-lines.ts';
import {testInventory} from '../syntax/index.ts';
import {isTestFile} from '../test-runners/index.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {isBesideCode, textBefore} from './taken-back.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {findTest} from './test-source.ts';

/**
 * Whether a test ended in an error that the project's code throws, and not a line of a test or of a file that only tests use: such an error is
 * the test's own fault.
 */
export function isThrownByCode({status, failure}: TestCase): boolean {
	const {kind, inBody = false, file} = failure ?? {};
	return status === 'failed' && kind === 'error' && inBody && file !== undefined && !isTestFile(file) && !isBesideCode(file);
}

/**
 * Those of these tests that ended in an error of a line which the attempt has not changed: the code as it was cannot cope with what they ask
 * of it, and may be what a criterion wants mended. A stub that throws is a changed line, and shows nothing. A test without an assertion of its
 * own would pass whatever came instead of the error, so it does not count.
 */
export async function crashingTests(
	services: Services,
	attempt: Pick<TaskAttempt, 'checkpoints'>,
	tests: readonly TestCase[],
	changed: readonly string[],
): Promise<readonly TestCase[]> {
	const files = projectFiles(services, new AbortController().signal);
	const isUntouched = async (file: string, line: number) => {
		if (!changed.includes(file)) {
			return true;
		}

		const [before, text] = [await textBefore(services, attempt, file), await files.read(file)];
		return before !== undefined && text !== undefined && !changedLines(before, text).includes(line);
	};
	const crashing: TestCase[] = [];
	for (const test of tests.filter(isThrownByCode)) {
		const {file, line} = test.failure ?? {};
		const source = await files.read(test.file);
		const inventory = source === undefined ? [] : testInventory(test.file, source);
		const own = findTest(test, inventory);
		// Which of them made a case of a table is not always told.
		const candidates = own === undefined ? inventory : [own];
		const asserts = candidates.length > 0 && candidates.every(({assertions}) => assertions > 0);
		if (asserts && file !== undefined && line !== undefined && (await isUntouched(file, line))) {
			crashing.push(test);
		}
	}

	return crashing;
}
