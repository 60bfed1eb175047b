import type {TestFailure} from '../protocol/test-report.ts';
import {plain} from './failure.ts';

type Nature = Pick<TestFailure, 'kind' | 'inBody'>;

const assertion =
	/^(?:\w*\.)?(?:Assert(?:ion)?|Expectation)Error\b|^(?:Error: )?expect\(|^(?:Error|JestAssertionError): (?:expect\(|Snapshot|\S*toMatch)|^Error: Snapshot /;
/** What libraries of queries and requests throw when the page or the answer is not as expected: Testing Library, Vue Test Utils, supertest. */
const expectation =
	/^TestingLibraryElementError\b|^Error: Unable to get [^\n]* within: |^Error: expected (?:\d{3} "|one of "\d|"[^"\n]*" (?:header field|matching |of ")|body [^\n]* to match |(?:[^\n]|\n(?!\s*at ))* response body, got )/;
const timeout =
	/^(?:\w*Error: )?(?:Test|Hook) timed out in \d|^(?:thrown: ")?(?:Error: )?(?:thrown: ")?Exceeded timeout of \d|timed out after \d+ms|^(?:Error: )?Timeout of \d+ms exceeded/;
const missingModule =
	/Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|Failed to (?:resolve import|load)|does not provide an export named|^TransformError\b/;
/** `(0 , add.missing) is not a function` is how a compiled import calls an export that is not there; nobody writes it by hand. */
const missingExport = /^TypeError: \(0 ?, ?[\w$]+\.[\w$]+\) is not a (?:function|constructor)/;
/** Text that is parsed while a test runs may be wrong as well: only a module that does not parse is no failure of the body. */
const brokenModule = /^SyntaxError\b(?!.*\bJSON\b)/;

/** fast-check throws an error of its own around the one that the property ended with, which it prints (3) or gives as the cause (4). */
const property = /^(?:Error: )?Property failed after \d+ tests?\n/;

function natureOfProperty(text: string, cause: string): Nature {
	const [, printed = ''] = /^Got (?:error: )?(.*)$/m.exec(text) ?? [];
	const inner = cause === '' ? printed : cause;
	// A predicate that is false is what an assertion is elsewhere.
	return /^(?:Error: )?Property failed by returning false/.test(inner) ? {kind: 'assertion', inBody: true} : natureOfError(inner);
}

/**
 * What a JavaScript error says about the test that threw it, told by its first line. An error that the code under test throws proves nothing
 * about an expectation, but for a property that fails on one; a module or an export that is missing proves nothing about the code at all, though it may be noticed in a body.
 */
export function natureOfError(text: string, cause = ''): Nature {
	const clean = plain(text);
	if (property.test(clean)) {
		return natureOfProperty(clean, plain(cause));
	}

	if (assertion.test(clean) || expectation.test(clean)) {
		return {kind: 'assertion', inBody: true};
	}

	if (timeout.test(clean)) {
		return {kind: 'timeout', inBody: !/^(?:\w*Error: )?Hook timed out|for a hook\b/.test(clean)};
	}

	return {kind: 'error', inBody: !missingModule.test(clean) && !missingExport.test(clean) && !brokenModule.test(clean)};
}
