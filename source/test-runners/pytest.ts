import type {TestFailure} from '../protocol/test-report.ts';
import {fileWords, shellWord, without, withoutPositionals} from './command-line.ts';
import {compared, plain, shortened} from './failure.ts';
import {type JunitCase, readJunit} from './junit-xml.ts';
import {natureOfPython} from './python-nature.ts';
import {type FoundTest, type NamedTest, type Runner, standsFor} from './runner.ts';

const valueFlags = [
	'-k',
	'-m',
	'-p',
	'-c',
	'-n',
	'-o',
	'-W',
	'--rootdir',
	'--cov',
	'--cov-report',
	'--ignore',
	'--deselect',
	'--durations',
	'--tb',
	'--timeout',
];

const tracebackLines = 16;

function classesOf({classname, file}: JunitCase): readonly string[] {
	const module = file.replace(/\.py$/, '').replaceAll('/', '.');
	return classname.startsWith(`${module}.`) ? classname.slice(module.length + 1).split('.') : [];
}

/** The two sides of `assert 3 == 4`, when both stand on that one line. */
function sidesOf(message: string): Pick<TestFailure, 'expected' | 'actual'> {
	const [, actual, expected] = /^(?:AssertionError: )?assert (\S.*?) == (\S.*)$/.exec(message.split('\n')[0] ?? '') ?? [];
	return compared(expected, actual);
}

/** Where it failed: the last `tests/test_x.py:12: AssertionError` of the traceback that is no library's, which pytest names by a path out of the project. */
function placeOf({file, line}: JunitCase, text: string): {readonly file: string; readonly line?: number} {
	const places = [...text.matchAll(/^([^\s:][^:\n]*\.py):(\d+): /gm)].filter(
		([, path = '']) => !/^(?:\/|\.\.|[A-Za-z]:\\)|site-packages/.test(path),
	);
	const [, path, number] = places.at(-1) ?? [];
	if (path !== undefined && number !== undefined) {
		return {file: path, line: Number(number)};
	}

	return {file, ...(line !== undefined && {line: line + 1})};
}

function brokenFile({file, error}: JunitCase): FoundTest {
	const text = error?.text ?? '';
	const [, message] = [...text.matchAll(/^E\s+((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit)\b.*)$/gm)].at(-1) ?? [];
	const [, line] = [...text.matchAll(/(?:\.py"?, line |\.py:)(\d+)/g)].at(-1) ?? [];
	return {
		file,
		name: standsFor.fileLoads,
		status: 'failed',
		failure: {
			message: message ?? text.split('\n')[0] ?? 'The file could not be collected',
			kind: 'not-collected',
			inBody: false,
			file,
			...(line !== undefined && {line: Number(line)}),
			// The import machinery comes first, the project's own lines last.
			...(text !== '' && {detail: shortened(text.split('\n').slice(-tracebackLines).join('\n'))}),
		},
	};
}

function found(test: JunitCase): FoundTest {
	const {file, durationMs, skipped, failure, error} = test;
	if (error?.message === 'collection failure') {
		return brokenFile(test);
	}

	const note = failure ?? error;
	const classes = classesOf(test);
	const isFailed = note !== undefined && skipped === undefined;
	return {
		file,
		name: [...classes, test.name].join('::'),
		...(classes.length > 0 && {suites: classes}),
		// pytest counts the lines of a test from 0.
		...(test.line !== undefined && {line: test.line + 1}),
		status: skipped === undefined ? (isFailed ? 'failed' : 'passed') : 'skipped',
		...(durationMs !== undefined && {durationMs}),
		...(isFailed && {
			failure: {
				message: note.message === '' ? 'It failed without a message' : note.message,
				...natureOfPython(note.message),
				// An error of a fixture is none of the test's body.
				...(failure === undefined && {inBody: false}),
				...sidesOf(note.message),
				...placeOf(test, note.text),
				...(note.text !== '' && {detail: shortened(plain(note.text))}),
			},
		}),
	};
}

/** `tests/test_a.py::TestGroup::test_one`: with its parameters a test is named as a whole, since their printed form is not always accepted. */
function nodeIds(names: readonly NamedTest[]): readonly string[] {
	return [...new Set(names.map(({file, name}) => `${file}::${name.replace(/\[.*$/s, '')}`))];
}

/** pytest 6 and later: JUnit XML in its older family, which has file and line; flags from `pytest --help`. */
export const pytest: Runner = {
	id: 'pytest',
	programWords([program = '', flag = '', module = '']) {
		if (/(?:^|\/)(?:pytest|py\.test)$/.test(program)) {
			return 1;
		}

		return /(?:^|\/)python(?:3(?:\.\d+)?)?$/.test(program) && flag === '-m' && module === 'pytest' ? 3 : 0;
	},
	runsFile: path => path.endsWith('.py'),
	argumentsFor(args, {files, names, reportFile}) {
		const own = without(args, {
			flags: ['-x', '--exitfirst', '--lf', '--last-failed', '--sw', '--stepwise'],
			valued: ['--maxfail', '--junitxml', '--junit-xml'],
		});
		const isTalkative = own.some(word => /^-[qv]+$|^--(?:quiet|verbose)$/.test(word));
		return [
			...(files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...fileWords(names.length === 0 ? files : nodeIds(names))]),
			...(isTalkative ? [] : ['-q']),
			'--continue-on-collection-errors',
			`--junitxml=${shellWord(reportFile)}`,
			'-o',
			'junit_family=xunit1',
		];
	},
	async parse(report) {
		const cases = await readJunit(report);
		return cases?.map(found);
	},
};
