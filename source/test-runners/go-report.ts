import type {TestFailure} from '../protocol/test-report.ts';
import {plain, shortened} from './failure.ts';
import {goNameOf} from './go-source.ts';
import {jsonLines, numberAs, textOf} from './report-lines.ts';
import type {FoundTest} from './runner.ts';

/** One line of `go test -json`, as `go doc test2json` describes it. Go 1.24 and later tell of a failed build in it too. */
type Line = {
	readonly Action: string;
	readonly Package: string;
	readonly Test?: string;
	readonly Output: string;
	readonly Elapsed?: number;
};

function lineOf(text: string): Line | undefined {
	const [parsed] = jsonLines(text);
	if (parsed === undefined || typeof parsed.Action !== 'string') {
		return undefined;
	}

	const {Action, Test} = parsed;
	const told = {Action, Package: textOf(parsed.Package), Output: textOf(parsed.Output)};
	return {...told, ...(typeof Test === 'string' && {Test}), ...numberAs('Elapsed', parsed.Elapsed)};
}

/** Lines the tests did not print themselves. */
const frameLine = /^\s*(?:=== |--- (?:PASS|FAIL|SKIP|BENCH): )/;

/** Go has no assertions: a test that fails by its own word is one. A panic is not, and takes every test of its package with it. */
function natureOf(panic: string | undefined): Pick<TestFailure, 'kind' | 'inBody'> {
	if (panic === undefined) {
		return {kind: 'assertion', inBody: true};
	}

	return {kind: /^panic: test timed out after /.test(panic) ? 'timeout' : 'error', inBody: false};
}

/** The innermost frame of a stack that is neither the language's own nor a module's that was fetched: `\t/work/cart/cart.go:32 +0x18`. */
function ownFrame(lines: readonly string[]): readonly string[] {
	// Each stack passes through the runtime, which tells where the language stands.
	const [root = '\n'] = lines.flatMap(line => /^\t.*\/src(?=\/(?:runtime|testing)\/\w+\.go:)/.exec(line)?.[0] ?? []);
	const isForeign = (line: string) => line.startsWith(`${root}/`) || /\/pkg\/mod\/|\/vendor\/|_testmain\.go:/.test(line);
	const frames = lines.flatMap(line => (isForeign(line) ? [] : [/^\t(\S+\.go):(\d+)(?: \+0x|$)/.exec(line) ?? []]));
	return frames.find(frame => frame.length > 0) ?? [];
}

function failureOf(output: string): NonNullable<FoundTest['failure']> {
	const lines = plain(output)
		.split('\n')
		.filter(line => line.trim() !== '' && !frameLine.test(line));
	const panic = lines.find(line => line.startsWith('panic: '));
	const told = lines.map(line => /^\s+([^\s:]+\.go):(\d+): (.*)$/.exec(line)).find(match => match !== null);
	const [, file, number] = told ?? (panic === undefined ? [] : ownFrame(lines));
	const [, , , message = ''] = told ?? [];
	return {
		message: panic ?? (message === '' ? (lines[0]?.trim() ?? 'It failed without a message') : message),
		...natureOf(panic),
		...(file !== undefined && {file, line: Number(number)}),
		...(lines.length > 1 && {detail: shortened(lines.join('\n'))}),
	};
}

function statusOf(action: string | undefined): FoundTest['status'] | undefined {
	switch (action) {
		case 'pass': {
			return 'passed';
		}

		case 'fail': {
			return 'failed';
		}

		case 'skip': {
			return 'skipped';
		}

		default: {
			return undefined;
		}
	}
}

/** A line of the report as it stands, with what it is when it is JSON. */
type Printed = {readonly text: string; readonly line: Line | undefined};

/** What the compiler said, line by line: `build-output` lines of the report, or stderr before Go 1.24. Anything else ends a block. */
function compilerLines(printed: readonly Printed[]): readonly string[] {
	return printed.map(({text, line}) => {
		if (line === undefined) {
			return /^(?:FAIL|ok|\?)\s/.test(text) ? '' : text;
		}

		return line.Action === 'build-output' ? line.Output.replace(/\n$/, '') : '';
	});
}

/** Compiler messages by package; each block begins with `# example.com/pkg`. */
function buildErrors(printed: readonly Printed[]): ReadonlyMap<string, string> {
	const errors = new Map<string, string>();
	let current: string | undefined;
	for (const text of compilerLines(printed)) {
		const header = /^# (\S+)/.exec(text)?.[1];
		if (header !== undefined || text === '') {
			current = header;
		}

		if (current !== undefined) {
			errors.set(current, header === undefined ? `${errors.get(current) ?? ''}${text}\n` : (errors.get(current) ?? ''));
		}
	}

	return errors;
}

function brokenPackage(name: string, text: string): FoundTest {
	const [, file, line, message] = /^(?:vet: )?([\w./-]+\.go):(\d+)(?::\d+)?: (.*)$/m.exec(text) ?? [];
	return {
		file: '',
		name: `${name} builds`,
		status: 'failed',
		failure: {
			message: message ?? text.trim().split('\n')[0] ?? 'The package does not build',
			kind: 'not-collected',
			inBody: false,
			...(file !== undefined && {file, line: Number(line)}),
			...(text.trim() !== '' && {detail: shortened(text)}),
		},
	};
}

/** What each package printed outside of its tests. */
function saidBy(lines: readonly Line[]): ReadonlyMap<string, string> {
	const said = new Map<string, string>();
	for (const {Package, Test, Output} of lines) {
		if (Test === undefined) {
			said.set(Package, (said.get(Package) ?? '') + Output);
		}
	}

	return said;
}

/** Packages that failed although none of their tests did: they do not build, or `init`, `TestMain` or the process itself failed. */
function brokenPackages(
	lines: readonly Line[],
	errors: ReadonlyMap<string, string>,
	tests: ReadonlyMap<string, FoundTest>,
): readonly FoundTest[] {
	const failedPackages = lines.filter(line => line.Action === 'fail' && line.Test === undefined).map(line => line.Package);
	const withFailedTest = new Set([...tests.values()].flatMap(({name, status}) => (status === 'failed' ? [goNameOf(name)?.path] : [])));
	const names = new Set([...errors.keys(), ...failedPackages.filter(name => !withFailedTest.has(name))]);
	const said = saidBy(lines);
	return [...names].map(name => {
		const error = errors.get(name);
		const broken = brokenPackage(name, error ?? said.get(name) ?? '');
		return error === undefined && broken.failure !== undefined
			? {...broken, name: `${name} ends without an error`, failure: {...broken.failure, kind: 'error'}}
			: broken;
	});
}

/** The tests around failed subtests; Go gives them no message of their own. */
function parentsOf(tests: ReadonlyMap<string, FoundTest>): ReadonlySet<string> {
	const failed = [...tests].filter(([name, {status}]) => status === 'failed' && name.includes('/'));
	return new Set(failed.map(([name]) => name.slice(0, name.lastIndexOf('/'))));
}

/** `t.Run` turns spaces into underscores; inside brackets, where a criterion may be named, they are turned back. */
function nameOf(printed: string): string {
	return printed.replaceAll(/\[[^\]]*\]/g, tag => tag.replaceAll('_', ' '));
}

/** What each test printed, by its name. */
function outputsOf(lines: readonly Line[]): ReadonlyMap<string, string> {
	const outputs = new Map<string, string>();
	for (const {Action, Package, Test, Output} of lines) {
		if (Test !== undefined && Action === 'output') {
			const name = `${Package}.${nameOf(Test)}`;
			outputs.set(name, (outputs.get(name) ?? '') + Output);
		}
	}

	return outputs;
}

/** The names of the tests around it: `TestAdd`, `negatives`. */
function suitesOf(name: string): {readonly suites?: readonly string[]} {
	const levels = goNameOf(name)?.levels ?? [];
	return levels.length > 1 ? {suites: levels.slice(0, -1)} : {};
}

function testsOf(lines: readonly Line[], outputs: ReadonlyMap<string, string>): ReadonlyMap<string, FoundTest> {
	const tests = new Map<string, FoundTest>();
	const started = new Set<string>();
	const failedPackages = new Set<string>();
	const add = (name: string, status: FoundTest['status'], elapsed?: number) => {
		const durationMs = elapsed === undefined ? {} : {durationMs: elapsed * 1000};
		const failure = status === 'failed' ? {failure: failureOf(outputs.get(name) ?? '')} : {};
		tests.set(name, {file: '', name, ...suitesOf(name), status, ...durationMs, ...failure});
	};
	for (const {Action, Package, Test, Elapsed} of lines) {
		const status = statusOf(Action);
		const name = `${Package}.${nameOf(Test ?? '')}`;
		if (Test === undefined) {
			failedPackages.add(Action === 'fail' ? Package : '');
		} else if (status !== undefined) {
			add(name, status, Elapsed);
		} else if (Action === 'run') {
			started.add(name);
		}
	}

	// A panic in time, such as the one at the limit, leaves those that ran without a result.
	for (const name of [...started].filter(one => !tests.has(one) && failedPackages.has(goNameOf(one)?.path ?? ''))) {
		add(name, 'failed');
		const {failure, ...test} = tests.get(name) ?? {file: '', name, status: 'failed'};
		const told =
			failure?.message.startsWith('panic: ') === true ? failure : {message: 'It did not come to its end', kind: 'error' as const};
		tests.set(name, {...test, failure: {...told, inBody: false}});
	}

	return tests;
}

/** Reads the output of `go test -json` with what came on stderr between its lines. */
export function parseGoReport(report: string): readonly FoundTest[] | undefined {
	const printed = report.split('\n').map((text): Printed => ({text, line: lineOf(text)}));
	const lines = printed.flatMap(({line}) => line ?? []);
	const outputs = outputsOf(lines);
	const tests = testsOf(lines, outputs);
	const errors = buildErrors(printed);
	if (lines.length === 0 && errors.size === 0) {
		return undefined;
	}

	const parents = parentsOf(tests);
	const told = [...tests].map(([name, test]): FoundTest => {
		const isSilent = test.status === 'failed' && parents.has(name) && outputs.get(name)?.includes('.go:') !== true;
		return isSilent ? {...test, failure: {message: 'A subtest failed', kind: 'error', inBody: false, isOfSubtest: true}} : test;
	});
	return [...told, ...brokenPackages(lines, errors, tests)];
}
