import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {compared, failureFromStack, shortened} from './failure.ts';
import {isJson, type Json, jsonLines, nameIn, numberAs, textOf, texts} from './report-lines.ts';
import {type FoundTest, standsFor} from './runner.ts';

/** The error's own words above its frames: vitest 3 puts a placeholder there for a test that ran out of time. */
function stackOf(error: Json): string {
	const stack = textOf(error.stack);
	const message = textOf(error.message);
	if (stack.includes(message) && stack !== '') {
		return stack;
	}

	const frames = stack.split('\n').filter(line => /^\s+at /.test(line));
	return [`${textOf(error.name) || 'Error'}: ${message}`, ...frames].join('\n');
}

function failureOf(error: unknown, file: string): TestFailure {
	const told: Json = isJson(error) ? error : {};
	const stack = stackOf(told);
	// Vitest's own picture has put that before the name already.
	const cause = textOf(told.cause).replace(/^Caused by: /, '');
	const diff = textOf(told.diff);
	return {
		...(file !== '' && {file}),
		...failureFromStack(stack, natureOfError(stack, cause), diff === '' ? cause : diff),
		...(diff !== '' && compared(told.expected, told.actual)),
	};
}

function statusOf(state: unknown): FoundTest['status'] {
	switch (state) {
		case 'pass': {
			return 'passed';
		}

		case 'fail': {
			return 'failed';
		}

		// Also what never came to its end: `run`, `queued`.
		default: {
			return 'skipped';
		}
	}
}

function testOf(line: Json, file: string): FoundTest {
	const suites = texts(line.suites);
	const status = statusOf(line.state);
	const place = numberAs('line', line.line);
	const failure = status === 'failed' ? {...place, ...failureOf(line.error, file)} : undefined;
	return {
		file,
		name: nameIn(suites, textOf(line.name)),
		...(suites.length > 0 && {suites}),
		...place,
		status,
		...numberAs('durationMs', line.ms),
		...(failure && {failure: line.hook === true ? {...failure, inBody: false} : failure}),
	};
}

/** A file that has no test to speak for it: it did not load, has no tests, or the process that ran it broke down. */
function brokenFile(line: Json, file: string): readonly FoundTest[] {
	if (line.error === undefined && ['pass', 'fail', 'skip', 'todo'].includes(textOf(line.state))) {
		return [];
	}

	const {message, detail, ...place} = failureOf(line.error ?? {message: 'It did not come to its end'}, file);
	const bare = message.replace(/^Error: /, '').replace(/ imported from .*$/s, '');
	const failure: TestFailure = {
		...place,
		message: bare,
		kind: 'not-collected',
		inBody: false,
		...(detail !== undefined && {detail: shortened(detail)}),
	};
	return [{file, name: standsFor.fileLoads, status: 'failed', failure}];
}

function testsOf(line: Json): readonly FoundTest[] {
	const file = textOf(line.file);
	switch (line.type) {
		case 'test': {
			return [testOf(line, file)];
		}

		case 'file': {
			return brokenFile(line, file);
		}

		// A hook around its tests failed; they are told as skipped.
		case 'suite': {
			const name = nameIn(texts(line.suites), textOf(line.name));
			return [{file, name, status: 'failed', failure: {...failureOf(line.error, file), inBody: false}}];
		}

		case 'unhandled': {
			return [{file: '', name: standsFor.noneUnhandled, status: 'failed', failure: {...failureOf(line.error, ''), inBody: false}}];
		}

		default: {
			return [];
		}
	}
}

/** Reads the lines that the reporter of vitest-reporter.ts writes. */
export function parseVitestLines(report: string): readonly FoundTest[] | undefined {
	const lines = jsonLines(report);
	return lines.length === 0 && report.trim() !== '' ? undefined : lines.flatMap(testsOf);
}
