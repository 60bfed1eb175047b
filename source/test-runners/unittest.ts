import type {TestFailure} from '../protocol/test-report.ts';
import {shellWord} from './command-line.ts';
import {compared, plain, shortened} from './failure.ts';
import {natureOfPython} from './python-nature.ts';
import {isJson, type Json, jsonLines, numberAs, textOf, texts} from './report-lines.ts';
import {type FoundTest, type NamedTest, type Runner, standsFor} from './runner.ts';
import {unittestReporter} from './unittest-reporter.ts';

/** A Python, by its path. */
export const isPython = /(?:^|\/)python(?:3(?:\.\d+)?)?$/;
/** Options of `unittest` and of its `discover` that take a value. */
const valueFlags: ReadonlySet<string> = new Set(['-k', '-s', '--start-directory', '-p', '--pattern', '-t', '--top-level-directory']);
const ofDiscovery = /^(?:-s|--start-directory|-p|--pattern|-t|--top-level-directory)(?:=|$)/;

/** Where `-m unittest` stands among the words behind `python`: only flags of Python's own come before it. */
function moduleAt(words: readonly string[]): number {
	const at = words.findIndex((word, index) => word === '-m' && words[index + 1] === 'unittest');
	return words.slice(0, at).every(word => word.startsWith('-')) ? at : -1;
}

type Part = {readonly words: readonly string[]; readonly isFlag: boolean};

/** The arguments with the values of flags at their flags. */
function partsOf(args: readonly string[]): readonly Part[] {
	return args.flatMap((word, index): readonly Part[] => {
		if (valueFlags.has(args[index - 1] ?? '')) {
			return [];
		}

		return [{words: valueFlags.has(word) ? args.slice(index, index + 2) : [word], isFlag: word.startsWith('-')}];
	});
}

function valueAt(parts: readonly Part[], flag: RegExp): string | undefined {
	const [first = '', second] = parts.find(({words}) => flag.test(words[0] ?? ''))?.words ?? [];
	return second ?? first.split('=')[1];
}

/** The folder that discovery puts on the import path and names modules from; '' where it is the one it starts in. */
function importFolder(parts: readonly Part[]): string {
	const [, start] = parts.filter(({isFlag}) => !isFlag);
	const folder =
		valueAt(parts, /^(?:-t|--top-level-directory)\b/) ?? valueAt(parts, /^(?:-s|--start-directory)\b/) ?? start?.words[0] ?? '';
	return folder.replaceAll(/^['"]|['"]$|^\.\/|\/+$/g, '').replace(/^\.$/, '');
}

/** `tests/test_a.py` as `tests.test_a`, seen from the import folder. */
export function moduleOf(file: string, folder: string): string {
	const own = folder !== '' && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
	return own.replace(/\.py$/, '').replaceAll('/', '.');
}

/** Tests as labels that both unittest and Django take: `tests.test_a.ATest.test_b`. */
export function testNames(names: readonly NamedTest[], folder: string): readonly string[] {
	return [...new Set(names.map(({file, name}) => `${moduleOf(file, folder)}.${name.replaceAll('::', '.')}`))];
}

/** The two sides of `AssertionError: 3 != 4`, as of `assertEqual(actual, expected)`, when both stand on that one line. */
function sidesOf(message: string): Pick<TestFailure, 'expected' | 'actual'> {
	const [, actual, expected] = /^AssertionError: (\S.*?) != (\S.*?)(?: : .*)?$/.exec(message.split('\n')[0] ?? '') ?? [];
	return compared(expected, actual);
}

function failureOf(event: Json, standsInBody: boolean): TestFailure {
	const failure = isJson(event.failure) ? event.failure : {};
	const last = plain(textOf(failure.last)).trim();
	const part = textOf(event.part);
	const file = textOf(failure.file);
	const {kind, inBody} = failure.isAssertion === true ? natureOfPython('AssertionError') : natureOfPython(last);
	return {
		message: `${last === '' ? 'It passes, and it was expected to fail' : last}${part === '' ? '' : ` ${part}`}`,
		kind,
		inBody: standsInBody && failure.isInMethod === true && inBody,
		...sidesOf(last),
		...(file !== '' && {file, ...numberAs('line', failure.line)}),
		...(failure.text !== undefined && {detail: shortened(plain(textOf(failure.text)))}),
	};
}

/** A module that unittest could not import tells its traceback in the message, the error itself in its last line. */
function brokenFile(event: Json): FoundTest {
	const failure = isJson(event.failure) ? event.failure : {};
	const text = plain(textOf(failure.message)).trim();
	const [, line] = [...text.matchAll(/^ {2}File "[^"]*", line (\d+)/gm)].at(-1) ?? [];
	const file = textOf(event.file);
	return {
		file,
		name: standsFor.fileLoads,
		status: event.status === 'skipped' ? 'skipped' : 'failed',
		failure: {
			message: text.split('\n').at(-1) ?? text,
			kind: 'not-collected',
			inBody: false,
			...(file !== '' && {file, ...(line !== undefined && {line: Number(line)})}),
			detail: shortened(text.split('\n').slice(-16).join('\n')),
		},
	};
}

function found(event: Json): FoundTest {
	if (typeof event.broken === 'string') {
		return brokenFile(event);
	}

	const file = textOf(event.file);
	if (typeof event.hook === 'string') {
		return {file, name: `${standsFor.hooksPass}: ${event.hook}`, status: 'failed', failure: failureOf(event, false)};
	}

	const suites = texts(event.suites);
	const status = event.status === 'failed' || event.status === 'skipped' ? event.status : 'passed';
	return {
		file,
		name: [...suites, textOf(event.name)].join('::'),
		...(suites.length > 0 && {suites}),
		status,
		...numberAs('durationMs', event.ms),
		...(status === 'failed' && {failure: failureOf(event, true)}),
	};
}

const brokeOff: FoundTest = {
	file: '',
	name: standsFor.runEnds,
	status: 'failed',
	failure: {message: 'Python ended before the tests did', kind: 'error', inBody: false},
};

/** Reads the lines that the reporters of unittest-reporter.ts write. */
export function parseUnittestLines(report: string): readonly FoundTest[] | undefined {
	const events = jsonLines(report);
	const tests = events.filter(event => event.end !== true);
	return events.length === 0 ? undefined : [...tests.map(found), ...(tests.length === events.length ? [brokeOff] : [])];
}

/** `python -m unittest`, Python 3.7 and later: its own program with a reporter of ours; arguments from docs.python.org/3/library/unittest.html. */
export const unittest: Runner = {
	id: 'unittest',
	programWords: ([program = '', ...words]) => (isPython.test(program) && moduleAt(words) !== -1 ? 1 : 0),
	runsFile: path => path.endsWith('.py'),
	argumentsFor(args, {files, names, reportFile}) {
		const at = moduleAt(args);
		const own = args.slice(at + 2).filter(word => word !== '-f' && word !== '--failfast');
		const isDiscovery = own[0] === 'discover';
		const parts = partsOf(own);
		const folder = isDiscovery ? importFolder(parts) : '';
		const flags = parts.filter(({isFlag, words}) => isFlag && !ofDiscovery.test(words[0] ?? '')).flatMap(({words}) => words);
		const wanted = names.length === 0 ? files.map(file => moduleOf(file, folder)) : testNames(names, folder);
		return [
			...args.slice(0, at),
			'-c',
			shellWord(unittestReporter),
			shellWord(reportFile),
			shellWord(files.length === 0 ? '' : folder),
			...(files.length === 0 ? own : [...flags, ...wanted.map(shellWord)]),
		];
	},
	shownFor: (command, files) => [command.replace(/ discover\b.*$/, ''), ...files].join(' '),
	parse: parseUnittestLines,
};
