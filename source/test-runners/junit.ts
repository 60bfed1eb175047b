import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {shortened} from './failure.ts';
import {type JunitCase, type JunitNote, readJunit} from './junit-xml.ts';
import type {FoundTest, Runner} from './runner.ts';

/** The line of a report's text that names the error: many writers have no other place for its class. */
function errorLine({type, message, text}: JunitNote): string {
	const [named] = /^(?:\w+\.)*\w*(?:Error|Exception|Failure)\b.*$/m.exec(text) ?? [];
	return named ?? (type === '' || message.startsWith(type) ? message : `${type}: ${message}`);
}

/** The format calls an assertion that does not hold a failure and all else an error; many writers call everything a failure. */
function natureOf(note: JunitNote, {failure, name}: JunitCase): Pick<TestFailure, 'kind' | 'inBody'> {
	const isHook = /^"(?:before|after)(?: each| all)?" hook\b/.test(name);
	const line = errorLine(note);
	const {kind, inBody} = natureOfError(line);
	if (kind === 'timeout' || /\btime(?:d |-)?out\b/i.test(`${note.type} ${note.message}`)) {
		return {kind: 'timeout', inBody: inBody && !isHook};
	}

	const isNamed = /^(?:\w+\.)*\w*(?:Error|Exception)\b/.test(line);
	const isAssertion = failure !== undefined && (!isNamed || /assert|expect|comparison|mismatch/i.test(line));
	return {kind: isAssertion ? 'assertion' : 'error', inBody: (inBody || isAssertion) && !isHook};
}

function failureOf(note: JunitNote, test: JunitCase): TestFailure {
	const {file, line} = test;
	const [first = ''] = note.text.split('\n');
	const message = note.message === '' ? first : note.message;
	return {
		message: message === '' ? 'It failed without a message' : message,
		...natureOf(note, test),
		...(file !== '' && {file, ...(line !== undefined && {line})}),
		...(note.text !== '' && {detail: shortened(note.text)}),
	};
}

function found(test: JunitCase): FoundTest {
	const {name, classname, file, line, durationMs, skipped} = test;
	const note = skipped === undefined ? (test.failure ?? test.error) : undefined;
	const isInside = classname !== '' && !name.startsWith(classname);
	return {
		file,
		name: isInside ? `${classname} > ${name}` : name,
		...(isInside && {suites: [classname]}),
		...(file !== '' && line !== undefined && {line}),
		status: skipped === undefined ? (note === undefined ? 'passed' : 'failed') : 'skipped',
		...(durationMs !== undefined && {durationMs}),
		...(note && {failure: failureOf(note, test)}),
	};
}

/**
 * Any command that writes JUnit XML: to `$KIRO_TUI_JUNIT`, as in `mocha --reporter xunit --reporter-option output=$KIRO_TUI_JUNIT`, or to a file
 * of its own that it names.
 */
export const junit: Runner = {
	id: 'junit',
	programWords: () => 0,
	runsFile: () => false,
	argumentsFor: args => args,
	async parse(report) {
		const cases = await readJunit(report);
		return cases?.map(found);
	},
};
