import type {TestFailure} from '../protocol/test-report.ts';
import {shellWord, without, withoutPositionals} from './command-line.ts';
import {natureOfError} from './error-nature.ts';
import {compared, failureFromStack, plain, shortened} from './failure.ts';
import {exactly} from './name-pattern.ts';
import {type FoundTest, type NamedTest, type Runner, standsFor} from './runner.ts';

const valueFlags: readonly string[] = [
	...['--timeout', '-t', '--test-name-pattern', '--preload', '-r', '--coverage-dir', '--coverage-reporter', '--rerun-each', '--seed'],
	...['--env-file', '--config', '-c', '--cwd', '--tsconfig-override', '--conditions', '--max-concurrency'],
];
const resultLine = /^(?:\((pass|fail|skip|todo)\)|(✓|✗|»|✎)) (.*?)(?: \[[\d.]+ ?m?s\])?$/;
const statuses: Readonly<Record<string, FoundTest['status']>> = {pass: 'passed', '✓': 'passed', fail: 'failed', '✗': 'failed'};
/** Around an error between tests. */
const isRule = /^-{10,}$/;
/** `t/a.test.ts:`, above the results of a file. */
const fileLine = /^(\S.*\.[cm]?[jt]sx?):$/;

/** What stood above a failed test: a picture of the code, then the error with its stack. */
function failureOf(lines: readonly string[], isTimeout: boolean): TestFailure {
	if (isTimeout) {
		return {message: 'It took longer than its limit', kind: 'timeout', inBody: true};
	}

	const first = lines.findIndex(line => /^(?:error|\w*Error)\b.*?: |^(?:error|\w*Error)$/.test(line));
	const text = lines
		.slice(Math.max(0, first))
		.join('\n')
		.replace(/^error: /, 'Error: ')
		.trim();
	const [, expected] = /^Expected: (.*)$/m.exec(text) ?? [];
	const [, received] = /^Received: (.*)$/m.exec(text) ?? [];
	return {...failureFromStack(text === '' ? 'It failed without a message' : text, natureOfError(text)), ...compared(expected, received)};
}

/** A file that threw outside of its tests: most often it could not be loaded. */
function brokenFile(file: string, lines: readonly string[]): FoundTest {
	const message = lines.find(line => /^(?:error|\w*Error): /.test(line)) ?? 'The file threw outside of its tests';
	const failure = {message, kind: 'not-collected', inBody: false, ...(file !== '' && {file}), detail: shortened(lines.join('\n'))} as const;
	return {file, name: standsFor.fileLoads, status: 'failed', failure};
}

function resultOf(line: string, next: string, {file, above}: Reading): FoundTest | undefined {
	const [, word, glyph, name = ''] = resultLine.exec(line) ?? [];
	const sign = word ?? glyph;
	if (sign === undefined) {
		return undefined;
	}

	const status = statuses[sign] ?? 'skipped';
	const failure = status === 'failed' ? failureOf(above, /^\s+\^ this test timed out/.test(next)) : undefined;
	// A hook before all tests fails in a place that has no name; one before each cannot be told from the body.
	const isHook = /(?:^|> )\(unnamed\)$/.test(name);
	return {
		file,
		name: isHook ? name.replace('(unnamed)', standsFor.hooksPass) : name,
		status,
		...(failure !== undefined && {failure: isHook ? {...failure, inBody: false} : failure}),
	};
}

type Reading = {readonly file: string; readonly above: readonly string[]; readonly isBroken: boolean};

/** What stands above a result belongs to it; an error between tests stands between two rules of dashes. */
function afterLine(line: string, reading: Reading): Reading {
	const [, file] = fileLine.exec(line) ?? [];
	if (file !== undefined) {
		return {file, above: [], isBroken: false};
	}

	if (/^# Unhandled error between tests/.test(line)) {
		return {...reading, above: [], isBroken: true};
	}

	return isRule.test(line) ? reading : {...reading, above: [...reading.above, line]};
}

/** Reads what `bun test` prints; its JUnit report has neither messages nor what did not load. Undefined for anything else. */
function parseBunOutput(output: string): readonly FoundTest[] | undefined {
	const lines = plain(output).split('\n');
	if (!lines.some(line => /^bun test v\d/.test(line))) {
		return undefined;
	}

	const tests: FoundTest[] = [];
	let reading: Reading = {file: '', above: [], isBroken: false};
	for (const [index, line] of lines.entries()) {
		const isEnd = reading.isBroken && isRule.test(line) && reading.above.length > 0;
		const found = isEnd ? brokenFile(reading.file, reading.above) : resultOf(line, lines[index + 1] ?? '', reading);
		tests.push(...(found === undefined ? [] : [found]));
		reading = found === undefined ? afterLine(line, reading) : {...reading, above: [], isBroken: false};
	}

	const hasEnd = lines.some(line => /^Ran \d+ tests? across|^note: Tests need/.test(line));
	return hasEnd ? tests : [...tests, brokeOff];
}

const brokeOff: FoundTest = {
	file: '',
	name: standsFor.runEnds,
	status: 'failed',
	failure: {message: 'Bun ended before the tests did', kind: 'error', inBody: false},
};

/** Suites are joined by ` > ` where they are printed, and by a space where a pattern is matched. */
function patternOf(names: readonly NamedTest[]): string {
	return [...new Set(names.map(({name}) => exactly(name).replaceAll(String.raw`\s+>\s+`, '(?: > | )')))].join('|');
}

/** `bun test`, Bun 1.2 and later, by what it prints; flags from bun.com/docs/cli/test. */
export const bunTest: Runner = {
	id: 'bun-test',
	programWords: ([program = '', command]) => (/(?:^|\/)bun$/.test(program) && command === 'test' ? 2 : 0),
	runsFile: path => /\.[cm]?[jt]sx?$/.test(path),
	argumentsFor(args, {files, names}) {
		const own = without(args, {
			flags: ['--watch', '--hot', '--bail', '--dots', '--only-failures'],
			valued: ['--reporter', '--reporter-outfile', ...(names.length > 0 ? ['-t', '--test-name-pattern'] : [])],
		});
		return [
			...(files.length === 0 ? own : withoutPositionals(own, valueFlags)),
			...(names.length === 0 ? [] : ['-t', shellWord(patternOf(names))]),
			// A word without a folder is a part of a name.
			...files.map(file => shellWord(`./${file}`)),
		];
	},
	printsReport: true,
	parse: parseBunOutput,
};
