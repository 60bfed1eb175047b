import type {TestFailure} from '../protocol/test-report.ts';
import {fileWords, isInFoldersOf, positionals, shellWord, without, withoutPositionals} from './command-line.ts';
import {natureOfError} from './error-nature.ts';
import {compared, failureFromStack, plain, shortened} from './failure.ts';
import {mochaReporter} from './mocha-reporter.ts';
import {anyOf} from './name-pattern.ts';
import {isJson, type Json, jsonLines, nameIn, numberAs, textOf, texts} from './report-lines.ts';
import {type FoundTest, type Runner, standsFor} from './runner.ts';

const valueFlags: readonly string[] = [
	...['-r', '--require', '--import', '--loader', '--experimental-loader', '-n', '--node-option', '-C', '--conditions'],
	...['-u', '--ui', '-t', '--timeout', '--timeouts', '-s', '--slow', '--retries', '-j', '--jobs', '--global', '--globals'],
	...['--extension', '--ext', '--file', '--ignore', '--exclude', '--config', '--package', '-p', '--project'],
	...['-g', '--grep', '-f', '--fgrep'],
];

function failureOf({error, file, type}: Json): TestFailure {
	const told: Json = isJson(error) ? error : {};
	const stack = textOf(told.stack);
	const message = textOf(told.message);
	const text = stack === '' ? message : stack;
	const nature = natureOfError(text, textOf(told.cause));
	const isTimeout = told.code === 'ERR_MOCHA_TIMEOUT';
	const kind = isTimeout ? 'timeout' : told.code === 'ERR_ASSERTION' ? 'assertion' : nature.kind;
	const isInBody = isTimeout || kind === 'assertion' || nature.inBody;
	return {
		...(typeof file === 'string' && {file}),
		...failureFromStack(text, {kind, inBody: isInBody && type !== 'hook'}),
		...compared(told.expected, told.actual),
	};
}

function testOf(line: Json): FoundTest {
	const suites = texts(line.suites);
	const status = line.status === 'passed' || line.status === 'failed' ? line.status : 'skipped';
	return {
		file: textOf(line.file),
		name: nameIn(suites, line.type === 'hook' ? standsFor.hooksPass : textOf(line.name)),
		...(suites.length > 0 && {suites}),
		status,
		...numberAs('durationMs', line.ms),
		...(status === 'failed' && {failure: failureOf(line)}),
	};
}

/** The file that could not be loaded, by what mocha printed: it names none by itself, and the error is often that of a file it imports. */
function brokenFile(said: string): FoundTest {
	const text = plain(said)
		.replaceAll(/^ *Exception during run: /gm, '')
		.trim();
	const [message = 'A file could not be loaded'] = text.split('\n').filter(line => /^\w*(?:Error|Exception)\b/.test(line));
	const [, importer] = /imported from (?:file:\/\/)?(\/\S+)/.exec(text) ?? /^Require stack:\n- (\/\S+)/m.exec(text) ?? [];
	const [, place, line] = /((?:file:\/\/)?\/(?:(?!node_modules)[^\s:()])+\.\w+):(\d+)/.exec(text) ?? [];
	const file = importer ?? place ?? '';
	return {
		file,
		name: standsFor.fileLoads,
		status: 'failed',
		failure: {
			message,
			kind: 'not-collected',
			inBody: false,
			...(file !== '' && {file}),
			...(importer === undefined && line !== undefined && {line: Number(line)}),
			detail: shortened(text),
		},
	};
}

function parseMochaLines(report: string): readonly FoundTest[] | undefined {
	const lines = jsonLines(report);
	const load = lines.find(({type}) => type === 'load');
	if (load !== undefined) {
		return /No test files? found/.test(textOf(load.text)) ? [] : [brokenFile(textOf(load.text))];
	}

	const tests = lines.filter(({type}) => type === 'test' || type === 'hook').map(testOf);
	if (lines.some(({type}) => type === 'end')) {
		return tests;
	}

	const failure = {message: 'The test program ended before all tests were run', kind: 'error', inBody: false} as const;
	return lines.length === 0 ? undefined : [...tests, {file: '', name: standsFor.runEnds, status: 'failed', failure}];
}

/** mocha 8 and later, by a reporter of ours; flags from `mocha --help`. */
export const mocha: Runner = {
	id: 'mocha',
	programWords: ([program = '']) => (/(?:^|\/)(?:_?mocha(?:\.js)?|ts-mocha)$/.test(program) ? 1 : 0),
	runsFile: (path, args) => /\.[cm]?[jt]sx?$/.test(path) && isInFoldersOf(positionals(args, valueFlags), path),
	writes: {suffix: '.cjs', text: mochaReporter},
	argumentsFor(args, {files, names, reportFile}) {
		const isNamed = names.length > 0;
		const own = without(args, {
			flags: ['-w', '--watch', '-b', '--bail', '--inspect', '--inspect-brk', ...(isNamed ? ['-i', '--invert'] : [])],
			valued: [
				...['-R', '--reporter', '-O', '--reporter-option', '--reporter-options', '--watch-files', '--watch-ignore'],
				...(isNamed ? ['-g', '--grep', '-f', '--fgrep'] : []),
				...(files.length > 0 ? ['--spec'] : []),
			],
		});
		return [
			...(files.length === 0 ? own : withoutPositionals(own, valueFlags)),
			...(isNamed ? ['--grep', shellWord(anyOf(names))] : []),
			'--no-bail',
			'--reporter',
			shellWord(`${reportFile}.cjs`),
			...fileWords(files),
		];
	},
	parse: parseMochaLines,
};
