import {fileWords, shellWord, without, withoutPositionals} from './command-line.ts';
import {plain, shortened} from './failure.ts';
import {type JunitCase, readJunit} from './junit.ts';
import {type FoundTest, fileLoads, type Runner} from './runner.ts';

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

function nameOf({name, classname, file}: JunitCase): string {
	const module = file.replace(/\.py$/, '').replaceAll('/', '.');
	const classes = classname.startsWith(`${module}.`) ? classname.slice(module.length + 1).split('.') : [];
	return [...classes, name].join('::');
}

function kindOf(message: string): 'assertion' | 'load' | 'other' {
	if (/^(?:assert\b|AssertionError\b|Failed: )/.test(message)) {
		return 'assertion';
	}

	return /^(?:ModuleNotFoundError|ImportError|SyntaxError|IndentationError)\b/.test(message) ? 'load' : 'other';
}

/** Where it failed: the last `tests/test_x.py:12: AssertionError` of the traceback. */
function placeOf({file, line}: JunitCase, text: string): {readonly file: string; readonly line?: number} {
	const places = [...text.matchAll(/^([^\s:][^:\n]*\.py):(\d+): /gm)].filter(([, path = '']) => !path.includes('site-packages'));
	const [, path, number] = places.at(-1) ?? [];
	if (path !== undefined && number !== undefined) {
		return {file: path, line: Number(number)};
	}

	// pytest counts the lines of a test from 0.
	return {file, ...(line !== undefined && {line: line + 1})};
}

function brokenFile({file, error}: JunitCase): FoundTest {
	const text = error?.text ?? '';
	const [, message] = [...text.matchAll(/^E\s+((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit)\b.*)$/gm)].at(-1) ?? [];
	const [, line] = [...text.matchAll(/(?:\.py"?, line |\.py:)(\d+)/g)].at(-1) ?? [];
	return {
		file,
		name: fileLoads,
		status: 'failed',
		failure: {
			message: message ?? text.split('\n')[0] ?? 'The file could not be collected',
			kind: 'load',
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
	const isFailed = note !== undefined && skipped === undefined;
	return {
		file,
		name: nameOf(test),
		status: skipped === undefined ? (isFailed ? 'failed' : 'passed') : 'skipped',
		...(durationMs !== undefined && {durationMs}),
		...(isFailed && {
			failure: {
				message: note.message === '' ? 'It failed without a message' : note.message,
				// An error of a fixture is none of the test's body.
				kind: failure === undefined ? 'other' : kindOf(note.message),
				...placeOf(test, note.text),
				...(note.text !== '' && {detail: shortened(plain(note.text))}),
			},
		}),
	};
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
	argumentsFor(args, {files, reportFile}) {
		const own = without(args, {
			flags: ['-x', '--exitfirst', '--lf', '--last-failed', '--sw', '--stepwise'],
			valued: ['--maxfail', '--junitxml', '--junit-xml'],
		});
		const isTalkative = own.some(word => /^-[qv]+$|^--(?:quiet|verbose)$/.test(word));
		return [
			...(files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...fileWords(files)]),
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
