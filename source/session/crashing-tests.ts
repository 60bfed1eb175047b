import type {TestCase} from '../protocol/test-report.ts';
import {changedLines} from '../spec/changed-lines.ts';
import {testInventory} from '../syntax/index.ts';
import {isTestFile, type ProjectFiles} from '../test-runners/index.ts';
import {isPanic} from './behind-panic.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {isBesideCode, textBefore} from './taken-back.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {findTest} from './test-source.ts';

/** Whether a test ran and ended in an error, be it in a panic of Go, which is told as one of the whole test program. */
export function endedInError(test: TestCase): boolean {
	const {status, failure} = test;
	return isPanic(test) || (status === 'failed' && failure?.kind === 'error' && failure.inBody);
}

/** Whether what a test ended in stands in the project's code, and not in a test or a file that only tests use: that is the test's own fault. */
function isInCode({failure}: TestCase): boolean {
	const {file} = failure ?? {};
	return file !== undefined && !isTestFile(file) && !isBesideCode(file);
}

/** Whether a test ended in an error that the project's code throws. A panic of Go takes the other tests with it, so it does not count. */
export function isThrownByCode(test: TestCase): boolean {
	return endedInError(test) && !isPanic(test) && isInCode(test);
}

/** What V8, JavaScriptCore, Python, Go and Rust say of an operation on nothing. */
const ofNothing =
	/^(?:TypeError: )?Cannot (?:read|set) propert(?:y|ies) (?:'.*' )?of (?:undefined|null)\b|^(?:TypeError: )?Cannot (?:destructure|convert) .*(?:undefined|null)|^(?:TypeError: )?.{1,200} is not iterable\b|^(?:TypeError: )?(?:undefined|null) is not an object\b|^(?:TypeError|AttributeError): .*\bNoneType\b|^panic: runtime error: invalid memory address or nil pointer|^called `(?:Option::unwrap\(\)` on a `None`|Result::unwrap\(\)` on an `Err`) value/;

/** Whether a test ended in a line of its own, since what the code gave it is nothing: the stub of a function that gives an object or a list. */
function endsOnNothing(test: TestCase): boolean {
	return endedInError(test) && test.failure?.file === test.file && ofNothing.test(test.failure.message);
}

/** Those of these tests that assert something: another would pass whatever came in the place of the error. */
async function asserting(files: ProjectFiles, tests: readonly TestCase[]): Promise<readonly TestCase[]> {
	const found: TestCase[] = [];
	for (const test of tests) {
		const source = await files.read(test.file);
		const inventory = source === undefined ? [] : testInventory(test.file, source);
		const own = findTest(test, inventory);
		// Which of them made a case of a table is not always told.
		const candidates = own === undefined ? inventory : [own];
		if (candidates.length > 0 && candidates.every(({assertions}) => assertions > 0)) {
			found.push(test);
		}
	}

	return found;
}

/** Those of these tests that assert something, and ended before that since the code gave them nothing. */
export async function endingOnNothing(files: ProjectFiles, tests: readonly TestCase[]): Promise<readonly TestCase[]> {
	return asserting(files, tests.filter(endsOnNothing));
}

/**
 * Those of these tests that assert something, and ended before that in an error of a line which the attempt has not changed: the code as it was
 * cannot cope with what they ask of it, and may be what a criterion wants mended. A stub that throws is a changed line, and shows nothing.
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
	const thrown = tests.filter(test => endedInError(test) && isInCode(test));
	for (const test of await asserting(files, thrown)) {
		const {file, line} = test.failure ?? {};
		if (file !== undefined && line !== undefined && (await isUntouched(file, line))) {
			crashing.push(test);
		}
	}

	return crashing;
}
