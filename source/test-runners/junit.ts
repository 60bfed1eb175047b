import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {shortened} from './failure.ts';
import {type JunitCase, type JunitNote, readJunit} from './junit-xml.ts';
import type {FoundTest, Runner} from './runner.ts';

/** The format calls an assertion that does not hold a failure and all else an error; many writers call everything a failure. */
function natureOf({type, text}: JunitNote, message: string, {failure, name}: JunitCase): Pick<TestFailure, 'kind' | 'inBody'> {
	const isHook = /^"(?:before|after)(?: each| all)?" hook\b/.test(name);
	const said = `${type} ${message}`;
	const {kind, inBody} = natureOfError(message.startsWith(type) ? message : `${type}: ${message}`);
	const isAssertion =
		failure !== undefined && (/assert|expect|comparison/i.test(said) || !/(?:Error|Exception)\b/.test(`${said} ${text.split('\n')[0]}`));
	if (/time(?:d |-)?out\b/i.test(said) && !isAssertion) {
		return {kind: 'timeout', inBody: !isHook};
	}

	return {kind: isAssertion ? 'assertion' : kind === 'assertion' ? 'error' : kind, inBody: inBody && !isHook};
}

function failureOf(note: JunitNote, test: JunitCase): TestFailure {
	const {file, line} = test;
	const [first = ''] = note.text.split('\n');
	const message = note.message === '' ? first : note.message;
	return {
		message: message === '' ? 'It failed without a message' : message,
		...natureOf(note, message, test),
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

/** The variable that holds the path of the report, for a command of a person's own. */
export const junitVariable = 'KIRO_TUI_JUNIT';

/** Any command that writes JUnit XML to `$KIRO_TUI_JUNIT`: `mocha --reporter xunit --reporter-option output=$KIRO_TUI_JUNIT`. */
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
