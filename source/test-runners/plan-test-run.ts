import {posix} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import type {TestCase} from '../protocol/test-report.ts';
import {fileWords, shellWord, splitFolder} from './command-line.ts';
import {findInvocation, type Invocation} from './invocation.ts';
import {junitFileOf, junitVariable, writesToVariable} from './junit-command.ts';
import {type NamedTest, type RunWish, standsFor} from './runner.ts';

/** What of a test has to be known to run it again. */
type KnownTest = Pick<TestCase, 'id' | 'file' | 'name' | 'suites' | 'failure'>;

type TestScope =
	| {readonly kind: 'all'}
	| {readonly kind: 'files'; readonly files: readonly string[]}
	/** At least these; what else ran is told by its id. */
	| {readonly kind: 'tests'; readonly tests: readonly KnownTest[]};

export type TestPlan = {
	/** A line for bash. */
	readonly command: string;
	/** The same as a person would type it. */
	readonly shown: string;
	/** The folder it starts in, relative to the root; absent for the root. */
	readonly folder?: string;
	/** To be added to the environment. */
	readonly env: Readonly<Record<string, string>>;
	readonly reads: 'report-file' | 'output';
	/** Where the command writes its report by itself, relative to the root; it may be that of an earlier run. Absent when it was told where. */
	readonly ownReport?: string;
};

export type PlanRequest = {
	readonly fact: Pick<TestCommandFact, 'command' | 'runner' | 'resolvesTo'>;
	readonly scope: TestScope;
	/** Absolute path where the runner may write its report. */
	readonly reportFile: string;
};

const maxShown = 4;
/** Characters of all names together; a command line holds 128 KB, and what is escaped grows. */
const maxNames = 20_000;

/** The files of a run, relative to the root; empty for all, also when a test's file is not known. */
function filesIn(scope: TestScope): readonly string[] {
	switch (scope.kind) {
		case 'all': {
			return [];
		}

		case 'files': {
			return scope.files;
		}

		case 'tests': {
			const files = scope.tests.map(test => test.file);
			return files.includes('') ? [] : [...new Set(files)];
		}

		default: {
			return scope satisfies never;
		}
	}
}

const standIns: ReadonlySet<string> = new Set(Object.values(standsFor));

/** The name that the runner gave: criterion ids from the source may stand behind it, but never in the id. */
function printedName({id, file, name}: KnownTest): string {
	const whole = file !== '' && id.startsWith(`${file} > `) ? id.slice(file.length + 3) : id;
	return name.startsWith(whole) ? whole : whole.replace(/ #\d+$/, '');
}

/** The tests to ask the runner for; none when one stands for something else that failed, or when they are too many for a command line. */
function namesFor(scope: TestScope, folder: string | undefined): readonly NamedTest[] {
	if (scope.kind !== 'tests' || scope.tests.some(({name, failure}) => failure?.kind === 'not-collected' || standIns.has(name))) {
		return [];
	}

	const names = scope.tests.map(test => ({
		file: folder === undefined ? test.file : test.file.replace(`${folder}/`, ''),
		name: printedName(test),
		suites: test.suites ?? [],
	}));
	return names.reduce((length, {name}) => length + name.length, 0) > maxNames ? [] : names;
}

function filesFor({runner, args}: Invocation, scope: TestScope, folder: string | undefined): readonly string[] {
	const files = filesIn(scope);
	const inside =
		folder === undefined ? files : files.filter(file => file.startsWith(`${folder}/`)).map(file => file.slice(folder.length + 1));
	const runnable = inside.filter(file => runner.runsFile(file, args));
	// Named tests outside of what can be run alone would be left out.
	return scope.kind === 'tests' && runnable.length < files.length ? [] : runnable;
}

function stepFor({runner, lead, program, args}: Invocation, wish: RunWish): string {
	const {writes} = runner;
	const written =
		writes === undefined ? '' : `printf %s ${shellWord(writes.text)} > ${shellWord(`${wish.reportFile}${writes.suffix}`)} && `;
	const step = `${written}${[...lead, ...program, ...runner.argumentsFor(args, wish, program[0] ?? '')].join(' ')}`;
	if (runner.printsReport !== true) {
		return step;
	}

	const live = runner.liveFilter === undefined ? '' : ` | awk ${shellWord(runner.liveFilter)}`;
	return `(set -o pipefail; ${step} 2>&1 | tee ${shellWord(wish.reportFile)}${live})`;
}

/** A script finds the programs of its package and of the packages around it, as under a package manager. */
function withScriptPath(command: string, folder: string | undefined): string {
	const depth = folder === undefined ? 0 : folder.split('/').length;
	const bins = Array.from({length: depth + 1}, (_, up) => `$PWD/${'../'.repeat(up)}node_modules/.bin`);
	return `export PATH="${bins.join(':')}:$PATH"; ${command}`;
}

function shownFor(command: string, files: readonly string[], isScript: boolean, {runner}: Invocation): string {
	if (files.length === 0) {
		return command;
	}

	if (runner.shownFor !== undefined) {
		return runner.shownFor(command, files);
	}

	const more = files.length > maxShown ? [`… ${files.length - maxShown} more`] : [];
	return [
		command,
		...(isScript && /^(?:cd \S+ && )?npm /.test(command) ? ['--'] : []),
		...fileWords(files.slice(0, maxShown)),
		...more,
	].join(' ');
}

/**
 * How to run the tests so that single results are known. Where the command comes down to one known runner, that is started itself, with a
 * package script's own search path, so that its flags can be placed; everything else runs untouched and only its exit code is known. Files the
 * runner cannot run alone are left out; when none is left, all tests run. Nothing watches, and nothing stops at the first failure.
 */
export function planTestRun({fact, scope, reportFile}: PlanRequest): TestPlan {
	const {folder, rest} = splitFolder(fact.command);
	const [text = ''] = fact.resolvesTo.split('\n');
	const found = findInvocation(text);
	const place = folder === undefined ? {} : {folder};
	if (found === undefined || found.runner.id !== fact.runner) {
		const own = fact.runner === 'junit' && !writesToVariable(text) ? junitFileOf(text) : undefined;
		return {
			command: rest,
			shown: fact.command,
			...place,
			env: {CI: 'true', [junitVariable]: reportFile},
			reads: fact.runner === 'junit' ? 'report-file' : 'output',
			...(own !== undefined && {ownReport: posix.join(folder ?? '', own)}),
		};
	}

	const files = filesFor(found, scope, folder);
	const names = namesFor(scope, folder);
	const command = [...found.before, stepFor(found, {files, names, reportFile}), ...found.after].join(' && ');
	const isScript = text !== rest;
	return {
		command: isScript ? withScriptPath(command, folder) : command,
		shown: shownFor(fact.command, files, isScript, found),
		...place,
		env: {CI: 'true', CARGO_TERM_COLOR: 'never', RUST_BACKTRACE: '0'},
		reads: 'report-file',
	};
}
