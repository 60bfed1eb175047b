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

function isPanicOfCode({failure, ...test}: TestCase): boolean {
	return failure !== undefined && hasStarted(failure) && isThrownByCode({...test, failure: {...failure, inBody: true}});
}

/** What V8, JavaScriptCore, Python, Go and Rust say of an operation on nothing. */
const ofNothing =
	/^(?:TypeError: )?Cannot (?:read|set) propert(?:y|ies) (?:'.*' )?of (?:undefined|null)\b|^(?:TypeError: )?Cannot (?:destructure|convert) .*(?:undefined|null)|^(?:TypeError: )?.{1,200} is not iterable\b|^(?:TypeError: )?(?:undefined|null) is not an object\b|^(?:TypeError|AttributeError): .*\bNoneType\b|^panic: runtime error: invalid memory address or nil pointer|^called `(?:Option::unwrap\(\)` on a `None`|Result::unwrap\(\)` on an `Err`) value/;

/** The test itself ran; a panic of Go is told as one of the whole program. */
function hasStarted(failure: TestCase['failure']): boolean {
	return failure?.inBody === true || failure?.message.startsWith('panic: runtime error: ') === true;
}

/** Whether a test ended in a line of its own, since what the code gave it is nothing: the stub of a function that gives an object or a list. */
function endsOnNothing({status, failure, file}: TestCase): boolean {
	const {kind, message = '', file: place} = failure ?? {};
	return status === 'failed' && kind === 'error' && hasStarted(failure) && place === file && ofNothing.test(message);
}

type Files = ReturnType<typeof projectFiles>;

/** A test without an assertion would pass whatever came in the place of the error. */
async function asserts(files: Files, test: TestCase): Promise<boolean> {
	const source = await files.read(test.file);
	const inventory = source === undefined ? [] : testInventory(test.file, source);
	const own = findTest(test, inventory);
	// Which of them made a case of a table is not always told.
	const candidates = own === undefined ? inventory : [own];
	return candidates.length > 0 && candidates.every(({assertions}) => assertions > 0);
}

/** Those of these tests that assert something, and ended before that since the code gave them nothing. */
export async function endingOnNothing(
	services: Pick<Services, 'root' | 'childEnv'>,
	tests: readonly TestCase[],
): Promise<readonly TestCase[]> {
	const files = projectFiles(services, new AbortController().signal);
	const ending: TestCase[] = [];
	for (const test of tests.filter(endsOnNothing)) {
		if (await asserts(files, test)) {
			ending.push(test);
		}
	}

	return ending;
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
	for (const test of tests.filter(one => isThrownByCode(one) || isPanicOfCode(one))) {
		const {file, line} = test.failure ?? {};
		if (file !== undefined && line !== undefined && (await asserts(files, test)) && (await isUntouched(file, line))) {
			crashing.push(test);
		}
	}

	return crashing;
}
