import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {compared, failureFromStack, plain, shortened} from './failure.ts';
import {isJson, type Json, jsonLines, nameIn, numberAs, textOf} from './report-lines.ts';
import {type FoundTest, standsFor} from './runner.ts';

/** Failures that arise while a test's own function runs; others are its hooks', its parent's or its subtests'. */
const ownFailures: ReadonlySet<string> = new Set([
	'testCodeFailure',
	'testTimeoutFailure',
	'uncaughtException',
	'unhandledRejection',
	'multipleCallbackInvocations',
]);

function natureOf(failure: Json, text: string): Pick<TestFailure, 'kind' | 'inBody'> {
	const type = textOf(failure.type);
	const isPending = type === 'cancelledByParent' && text.includes('still pending');
	const {kind, inBody} = natureOfError(text, textOf(failure.cause));
	const isOwn = ownFailures.has(type) || isPending;
	if (type === 'testTimeoutFailure') {
		return {kind: 'timeout', inBody: true};
	}

	// A class of its own that extends AssertionError is told by its code.
	return {kind: failure.code === 'ERR_ASSERTION' ? 'assertion' : kind, inBody: isOwn && (inBody || failure.code === 'ERR_ASSERTION')};
}

function failureOf(event: Json): TestFailure {
	const failure: Json = isJson(event.failure) ? event.failure : {};
	const stack = textOf(failure.stack);
	const text = stack.includes('\n') ? stack : textOf(failure.message);
	return {
		...(typeof event.file === 'string' && {file: event.file}),
		...numberAs('line', event.line),
		...failureFromStack(text, natureOf(failure, text), textOf(failure.cause)),
		...(failure.type === 'subtestsFailed' && {isOfSubtest: true}),
		...compared(failure.expected, failure.actual),
	};
}

/** Node counts a file as a test of its own when no test in it got to run, or when it ended badly after them. */
function isFile({name, file, nesting}: Json): boolean {
	const path = textOf(file);
	return nesting === 0 && typeof name === 'string' && name !== '' && (path === name || path.endsWith(`/${name}`));
}

function brokenFile(event: Json, stderr: string, isLoaded: boolean): FoundTest {
	const file = textOf(event.file);
	const text = plain(stderr).replace(/\n+Node\.js v\S+\s*$/, '');
	const error = text.split('\n').find(line => /^(?:\w*Error\b|Uncaught)/.test(line));
	const at = text.indexOf(`${file}:`);
	const [, line] = at === -1 ? [] : (/^:(\d+)/.exec(text.slice(at + file.length)) ?? []);
	const told = isJson(event.failure) ? textOf(event.failure.message) : '';
	return {
		file,
		name: isLoaded ? standsFor.fileEnds : standsFor.fileLoads,
		status: 'failed',
		failure: {
			message: error ?? (told === '' ? 'The file ended with an error' : told),
			kind: isLoaded ? 'error' : 'not-collected',
			inBody: false,
			file,
			...(line !== undefined && {line: Number(line)}),
			...(text !== '' && {detail: shortened(text)}),
		},
	};
}

function testOf(event: Json, suites: readonly string[]): FoundTest {
	const isFailed = event.type === 'test:fail' && event.isSkipped !== true;
	return {
		file: textOf(event.file),
		name: nameIn(suites, textOf(event.name)),
		...(suites.length > 0 && {suites}),
		...numberAs('line', event.line),
		status: event.isSkipped === true ? 'skipped' : isFailed ? 'failed' : 'passed',
		...numberAs('durationMs', event.ms),
		...(isFailed && {failure: failureOf(event)}),
	};
}

/** A suite is only told when it failed by itself, in a hook; its tests speak for the rest. */
function isWorthTelling(event: Json): boolean {
	const isOwn = !isJson(event.failure) || event.failure.type !== 'subtestsFailed';
	return event.isSuite !== true || (event.type === 'test:fail' && isOwn && event.isSkipped !== true);
}

/** Reads the events in their order: names of the suites that are open, and what the file at hand printed on stderr. */
function createEventReader() {
	const names: string[] = [];
	const tests: FoundTest[] = [];
	const loaded = new Set<string>();
	let stderr: {readonly file: string; readonly parts: string[]} = {file: '', parts: []};

	function finished(event: Json, nesting: number) {
		const file = textOf(event.file);
		if (!isFile(event)) {
			loaded.add(file);
			tests.push(...(isWorthTelling(event) ? [testOf(event, names.slice(0, nesting))] : []));
			return;
		}

		// An empty file that passes is no test.
		if (event.type === 'test:fail') {
			tests.push(brokenFile(event, file.endsWith(stderr.file) ? stderr.parts.join('') : '', loaded.has(file)));
		}
	}

	return {
		tests,
		read(event: Json) {
			const {nesting: depth} = numberAs('nesting', event.nesting);
			const nesting = Math.max(0, depth ?? 0);
			if (event.type === 'test:stderr') {
				const file = textOf(event.file);
				stderr = stderr.file === file ? stderr : {file, parts: []};
				stderr.parts.push(textOf(event.text));
			} else if (event.type === 'test:start') {
				names.splice(nesting, names.length, textOf(event.name));
			} else if (event.type === 'test:pass' || event.type === 'test:fail') {
				finished(event, nesting);
			}
		},
	};
}

/** Reads the lines that the reporter of node-reporter.ts writes. */
export function parseNodeEvents(report: string): readonly FoundTest[] | undefined {
	const events = jsonLines(report);
	const reader = createEventReader();
	for (const event of events) {
		reader.read(event);
	}

	return events.length === 0 && report.trim() !== '' ? undefined : reader.tests;
}
