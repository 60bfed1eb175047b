import {shellWord, without} from './command-line.ts';
import {plain, shortened} from './failure.ts';
import type {FoundTest, NamedTest, Runner} from './runner.ts';

/** One binary of tests: `Running unittests src/lib.rs (target/debug/deps/calc-1a2b)` or `Doc-tests calc`. */
type Suite = {readonly file: string; readonly crate: string};

const suiteLine = /^\s+Running (?:unittests )?(\S+) \((?:.*[/\\])?([\w-]+?)-[0-9a-f]{16}(?:\.exe)?\)$/;
const docLine = /^\s+Doc-tests (\S+)$/;
const testLine = /^test (.+?)(?: - should panic)?(?: - compile(?: fail)?)? \.\.\. (ok|FAILED|ignored)(?:, .*)?(?: <([\d.]+)s>)?$/;

function suiteOf(line: string): Suite | undefined {
	const [, file = '', crate = ''] = suiteLine.exec(line) ?? [];
	const [, documented] = docLine.exec(line) ?? [];
	if (documented !== undefined) {
		return {file: '', crate: `${documented} doc`};
	}

	return file === '' ? undefined : {file, crate};
}

/** `src/lib.rs - add (line 3)` names a line that any edit above it moves. */
function nameOf(suite: Suite, printed: string): string {
	return `${suite.crate}::${printed.replace(/ \(line \d+\)$/, '')}`;
}

function failureOf(output: string): NonNullable<FoundTest['failure']> {
	const text = plain(output).split(/\n(?:stack backtrace:|note: run with `RUST_BACKTRACE)/)[0] ?? '';
	const [, file, line, said = ''] = /panicked at (\S+?):(\d+):\d+:\n([\s\S]*)$/.exec(text) ?? [];
	const message = said.trim() === '' ? text.trim() : said.trim();
	return {
		message: message === '' ? 'It failed without a message' : (message.split('\n\n')[0] ?? message),
		kind: /^(?:assertion\b|Test failed: |note: test did not panic as expected)/.test(message) ? 'assertion' : 'error',
		// A test that panics does so alone: libtest catches it.
		inBody: true,
		...(file !== undefined && {file, line: Number(line)}),
		...(text.trim() !== '' && {detail: shortened(text)}),
	};
}

/** What each failed test of one binary printed, by its printed name. */
function outputsIn(block: string): ReadonlyMap<string, string> {
	const outputs = new Map<string, string>();
	for (const [, name = '', text = ''] of block.matchAll(
		/^---- (.+?) stdout ----\n([\s\S]*?)(?=^---- .+? stdout ----$|^failures:$|$(?![\s\S]))/gm,
	)) {
		outputs.set(name, text);
	}

	return outputs;
}

function modulesOf(suite: Suite, printed: string): {readonly suites?: readonly string[]} {
	const modules = suite.crate.endsWith(' doc') ? [] : printed.split('::').slice(0, -1);
	return modules.length > 0 ? {suites: modules} : {};
}

function testsOfSuite(suite: Suite, block: string): readonly FoundTest[] {
	const outputs = outputsIn(block);
	return block.split('\n').flatMap(line => {
		const [, printed, result, seconds] = testLine.exec(line) ?? [];
		if (printed === undefined) {
			return [];
		}

		const status = result === 'ok' ? 'passed' : result === 'ignored' ? 'skipped' : 'failed';
		return [
			{
				file: suite.file === '' ? (printed.split(' - ')[0] ?? '') : suite.file,
				name: nameOf(suite, printed),
				...modulesOf(suite, printed),
				status,
				...(seconds !== undefined && {durationMs: Number(seconds) * 1000}),
				...(status === 'failed' && {failure: failureOf(outputs.get(printed) ?? '')}),
			} as const,
		];
	});
}

function compileError(report: string): readonly FoundTest[] {
	if (!/^error: could not compile /m.test(report)) {
		return [];
	}

	const [whole, message = 'It does not compile', file, line] =
		/^error(?:\[E\d+\])?: (?!could not compile)(.+)\n\s+--> (\S+?):(\d+):\d+[\s\S]*?(?=\n\n|$(?![\s\S]))/m.exec(report) ?? [];
	const detail = shortened(whole ?? report.slice(report.indexOf('error')));
	return [
		{
			file: file ?? '',
			name: 'the crate compiles',
			status: 'failed',
			failure: {message, kind: 'not-collected', inBody: false, ...(file !== undefined && {file, line: Number(line)}), detail},
		},
	];
}

/** A test that aborts, or overflows its stack, ends its whole program, and libtest tells of no test in it. */
function endedPrograms(report: string): readonly FoundTest[] {
	const ends = [
		...report.matchAll(/^ +process didn't exit successfully: `(?:[^`\n]*[/\\])?([\w-]+?)-[0-9a-f]{16}[^`\n]*` \((signal: .*)\)$/gm),
	];
	return ends.map(([, crate = '', signal = '']) => ({
		file: '',
		name: `${crate} ends without an error`,
		status: 'failed',
		failure: {message: `The test program ended with ${signal}`, kind: 'error', inBody: false},
	}));
}

function parseOutput(report: string): readonly FoundTest[] | undefined {
	const lines = plain(report).split('\n');
	const starts = lines.flatMap((line, index) => {
		const suite = suiteOf(line);
		return suite === undefined ? [] : [{suite, index}];
	});
	const tests = starts.flatMap(({suite, index}, order) => testsOfSuite(suite, lines.slice(index + 1, starts[order + 1]?.index).join('\n')));
	const broken = compileError(lines.join('\n'));
	return starts.length === 0 && broken.length === 0 ? undefined : [...tests, ...broken, ...endedPrograms(lines.join('\n'))];
}

/** Tests by the name that libtest knows: without their crate, which is ours. A doc test's name has lost its line, so it is a part of one. */
function filtersFor(forTests: readonly string[], names: readonly NamedTest[]): readonly string[] {
	if (names.length === 0) {
		return forTests;
	}

	const isWhole = names.every(({name}) => !/^\S+ doc::/.test(name));
	const known = names.map(({name}) => shellWord(name.replace(/^[^:]*::/, '')));
	return ['--', ...forTests.filter(word => word.startsWith('-') && word !== '--'), ...(isWhole ? ['--exact'] : []), ...new Set(known)];
}

const integrationTest = /(?:^|\/)tests\/([^/]+?)(?:\.rs|\/main\.rs)$/;

/** `cargo test` with libtest's own lines, which are the only stable form of its results. */
export const cargoTest: Runner = {
	id: 'cargo-test',
	programWords: ([program = '', command = '']) => (/(?:^|\/)cargo$/.test(program) && (command === 'test' || command === 't') ? 2 : 0),
	// Only integration tests are programs of their own.
	runsFile: path => integrationTest.test(path),
	argumentsFor(args, {files, names}) {
		const split = args.indexOf('--');
		const [own, forTests] = split === -1 ? [args, []] : [args.slice(0, split), args.slice(split)];
		// A name may be a program of several members; each that has it runs it.
		const isBelow = files.some(file => !file.startsWith('tests/')) && !own.includes('--workspace');
		const targets = files.flatMap(file => ['--test', shellWord(integrationTest.exec(file)?.[1] ?? '')]);
		return [
			'--no-fail-fast',
			...without(own, {flags: ['--no-fail-fast', '-q', '--quiet']}),
			...(isBelow ? ['--workspace'] : []),
			...targets,
			...filtersFor(without(forTests, {flags: ['-q', '--quiet', '--nocapture', '--no-capture'], valued: ['--format']}), names),
		];
	},
	printsReport: true,
	parse: parseOutput,
};
