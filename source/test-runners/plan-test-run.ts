import type {TestCommandFact} from '../protocol/event.ts';
import {fileWords, shellWord, splitFolder} from './command-line.ts';
import {findInvocation, type Invocation} from './invocation.ts';
import {junitVariable} from './junit.ts';
import type {RunWish} from './runner.ts';

type TestScope = {readonly kind: 'all'} | {readonly kind: 'files'; readonly files: readonly string[]};

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
};

export type PlanRequest = {
	readonly fact: Pick<TestCommandFact, 'command' | 'runner' | 'resolvesTo'>;
	readonly scope: TestScope;
	/** Absolute path where the runner may write its report. */
	readonly reportFile: string;
};

const maxShown = 4;

function filesFor({runner}: Invocation, scope: TestScope, folder: string | undefined): readonly string[] {
	const files = scope.kind === 'all' ? [] : scope.files;
	const inside =
		folder === undefined ? files : files.filter(file => file.startsWith(`${folder}/`)).map(file => file.slice(folder.length + 1));
	return inside.filter(file => runner.runsFile(file));
}

function stepFor({runner, lead, program, args}: Invocation, wish: RunWish): string {
	const step = [...lead, ...program, ...runner.argumentsFor(args, wish)].join(' ');
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

function shownFor(command: string, files: readonly string[], isScript: boolean): string {
	if (files.length === 0) {
		return command;
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
		const readsJunit = fact.runner === 'junit';
		return {
			command: rest,
			shown: fact.command,
			...place,
			env: {CI: 'true', [junitVariable]: reportFile},
			reads: readsJunit ? 'report-file' : 'output',
		};
	}

	const files = filesFor(found, scope, folder);
	const command = [...found.before, stepFor(found, {files, reportFile}), ...found.after].join(' && ');
	const isScript = text !== rest;
	return {
		command: isScript ? withScriptPath(command, folder) : command,
		shown: shownFor(fact.command, files, isScript),
		...place,
		env: {CI: 'true', CARGO_TERM_COLOR: 'never', RUST_BACKTRACE: '0'},
		reads: 'report-file',
	};
}
