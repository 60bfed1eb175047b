import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {compared, failureFromStack, placesInStack, plain, shortened} from './failure.ts';
import {isJson, type Json, nameIn, numberAs, textOf, texts} from './report-lines.ts';
import {type FoundTest, standsFor} from './runner.ts';

function statusOf(status: unknown): FoundTest['status'] {
	return status === 'passed' || status === 'failed' ? status : 'skipped';
}

function records(value: unknown): readonly Json[] {
	return Array.isArray(value) ? value.filter(isJson) : [];
}

/** What jest's own matchers and node's assert compared; they keep it as values. */
function comparedBy(detail: Json | undefined): Pick<TestFailure, 'expected' | 'actual'> {
	const from = isJson(detail?.matcherResult) ? detail.matcherResult : detail?.code === 'ERR_ASSERTION' ? detail : {};
	const printed = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
	return compared(printed(from.expected), printed(from.actual));
}

/**
 * Jest does not tell a hook from a body. Its frames do while nothing was awaited; else a hook stands above its tests, so that a stack without
 * a line at or below the test's own is not the body's.
 */
function isHook(message: string, file: string, line: number | undefined): boolean {
	const places = placesInStack(message).filter(place => place.file === file);
	return /\b_callCircusHook\b/.test(message) || (line !== undefined && places.length > 0 && places.every(place => place.line < line));
}

function failureOf(result: Json, file: string, line: number | undefined): TestFailure {
	const [message = 'It failed without a message'] = texts(result.failureMessages);
	const [detail] = records(result.failureDetails);
	// Node's own assertions are told by jest in its own words.
	const isAssertion =
		isJson(detail?.matcherResult) || detail?.code === 'ERR_ASSERTION' || /^(?:Error: )?assert(?:\.\w+)?\(received/.test(message);
	const nature = isAssertion ? ({kind: 'assertion', inBody: true} as const) : natureOfError(message);
	const found = failureFromStack(message, nature);
	return {
		file,
		...(line !== undefined && {line}),
		...found,
		...comparedBy(detail),
		inBody: found.inBody && !isHook(message, file, line),
	};
}

function testOf(result: Json, file: string): FoundTest {
	const status = statusOf(result.status);
	const suites = texts(result.ancestorTitles);
	const {line} = numberAs('line', isJson(result.location) ? result.location.line : undefined);
	return {
		file,
		name: nameIn(suites, String(result.title ?? '')),
		...(suites.length > 0 && {suites}),
		...(line !== undefined && {line}),
		status,
		...numberAs('durationMs', result.duration),
		...(status === 'failed' && {failure: failureOf(result, file, line)}),
	};
}

function messageOfFile(message: string): string {
	const lines = plain(message)
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('●'));
	// Jest explains at length before it names the error.
	return lines.find(line => /^(?:\w*Error\b|Cannot )/.test(line)) ?? lines[0] ?? 'The file failed without a message';
}

function testsOfFile(entry: Json): readonly FoundTest[] {
	const file = textOf(entry.name);
	const tests = records(entry.assertionResults).map(result => testOf(result, file));
	const isBroken = entry.status === 'failed' && !tests.some(test => test.status === 'failed');
	if (!isBroken) {
		return tests;
	}

	const text = textOf(entry.message);
	const message = messageOfFile(text);
	const detail = shortened(plain(text));
	// With tests in it the file did load, but a hook around them failed, which this format tells only by the file's own status.
	const [name, kind] = tests.length > 0 ? ([standsFor.hooksPass, 'error'] as const) : ([standsFor.fileLoads, 'not-collected'] as const);
	const failure: TestFailure = {message, kind, inBody: false, file, ...(detail !== message && detail !== '' && {detail})};
	return [...tests, {file, name, status: 'failed', failure}];
}

/** Reads jest's JSON report, jest 27 and later. */
export function parseJestJson(report: string): readonly FoundTest[] | undefined {
	try {
		const parsed: unknown = JSON.parse(report);
		const files = isJson(parsed) ? parsed.testResults : undefined;
		return Array.isArray(files) ? records(files).flatMap(testsOfFile) : undefined;
	} catch {
		return undefined;
	}
}
