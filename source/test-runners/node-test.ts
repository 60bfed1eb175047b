import {fileWords, isInFoldersOf, positionals, shellWord, without} from './command-line.ts';
import {exactly} from './name-pattern.ts';
import {parseNodeEvents} from './node-events.ts';
import {nodeReporter} from './node-reporter.ts';
import type {NamedTest, Runner} from './runner.ts';

const valueFlags: readonly string[] = [
	'--import',
	'--require',
	'-r',
	'--loader',
	'--experimental-loader',
	'--conditions',
	'-C',
	'--env-file',
	'--test-name-pattern',
	'--test-skip-pattern',
	'--test-concurrency',
	'--test-timeout',
	'--test-shard',
];

/** The words after `--test` without reporters, watching and, when files are named, without the script's own patterns. */
function ownArguments(after: readonly string[], hasFiles: boolean): readonly string[] {
	const own = without(after, {flags: ['--watch'], valued: ['--test-reporter', '--test-reporter-destination']});
	const first = own.findIndex((word, index) => !word.startsWith('-') && !valueFlags.includes(own[index - 1] ?? ''));
	return hasFiles && first !== -1 ? own.slice(0, first) : own;
}

/**
 * A subtest runs only when the test that calls it does, and then everything in that one runs: so a test is asked for by the outermost name
 * around it.
 */
function patternsFor(names: readonly NamedTest[]): readonly string[] {
	const outermost = new Set(names.map(({name, suites}) => suites[0] ?? name));
	return [...outermost].map(name => shellWord(`--test-name-pattern=^${exactly(name)}$`));
}

/** `node --test`, Node 20 and later; flags from nodejs.org/api/cli.html. Everything after the first file is a file, so flags go first. */
export const nodeTest: Runner = {
	id: 'node-test',
	programWords: words => (/(?:^|\/)(?:node|tsx)$/.test(words[0] ?? '') && words.includes('--test') ? 1 : 0),
	runsFile: (path, args) =>
		/\.[cm]?[jt]sx?$/.test(path) && isInFoldersOf(positionals(args.slice(args.indexOf('--test') + 1), valueFlags), path),
	argumentsFor(args, {files, names, reportFile}) {
		const at = args.indexOf('--test');
		return [
			...args.slice(0, at).filter(word => word !== '--watch'),
			'--test',
			...patternsFor(names),
			'--test-reporter=spec',
			'--test-reporter-destination=stdout',
			`--test-reporter=${shellWord(`data:text/javascript,${encodeURIComponent(nodeReporter)}`)}`,
			`--test-reporter-destination=${shellWord(reportFile)}`,
			...ownArguments(args.slice(at + 1), files.length > 0),
			...fileWords(files),
		];
	},
	parse: parseNodeEvents,
};
